package scanner

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// limit reads the tag of a field into the form of its values, the default last: it has
// to keep to the others.
func (f *configField) limit(s *config.Schema) {
	s.Description = f.doc
	if e := f.get("description"); e != nil {
		s.Description = e.value
	}
	of := s // what the limits are of: the elements of a list, but for its length
	for of.Elem != nil {
		of = of.Elem
	}
	for i := range f.tag {
		e := &f.tag[i]
		switch e.key {
		case "min", "max", "exclusivemin", "exclusivemax", "multipleof":
			f.bound(of, e)
		case "minlen", "maxlen":
			f.length(s, e)
		case "pattern":
			f.pattern(of, e)
		case "enum":
			f.enum(of, e)
		}
	}
	f.contradictions(of, s)
	if e := f.get("default"); e != nil {
		f.defaultValue(s, e)
	}
}

// fits reports a limit of another type of values.
func (f *configField) fits(e *tagEntry, ok bool, what string) bool {
	if !ok {
		f.report(diag.LimitOnField(e.all, e.key, f.v.Name(), f.typeText(f.v.Type()), what).With(f.dropEntry(e)))
	}
	return ok
}

func isNumber(s *config.Schema) bool {
	return s.Kind == config.Int || s.Kind == config.Float || s.Kind == config.Duration
}

// bound reads a limit of numbers.
func (f *configField) bound(s *config.Schema, e *tagEntry) {
	if !f.fits(e, isNumber(s), "numbers and durations") {
		return
	}
	value, why := numberFor(s, e.value)
	if why == "" && e.key == "multipleof" && value <= 0 {
		why = "want more than 0"
	}
	if why != "" {
		f.report(diag.BadFieldLimit(e.valueRange, e.key, e.value, why))
		return
	}
	switch e.key {
	case "min":
		s.Min, s.ExclusiveMin = &value, false
	case "exclusivemin":
		s.Min, s.ExclusiveMin = &value, true
	case "max":
		s.Max, s.ExclusiveMax = &value, false
	case "exclusivemax":
		s.Max, s.ExclusiveMax = &value, true
	default:
		s.MultipleOf = &value
	}
}

// numberFor reads a limit for the kind of a value; why says what is wrong.
func numberFor(s *config.Schema, text string) (value float64, why string) {
	if s.Kind == config.Duration {
		span, err := time.ParseDuration(text)
		if err != nil {
			return 0, "want a duration such as 250ms or 1m30s"
		}
		return float64(span), ""
	}
	value, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil || math.IsInf(value, 0) || math.IsNaN(value):
		return 0, "want a number"
	case s.Kind == config.Int && value != math.Trunc(value):
		return 0, "want a whole number"
	case s.Kind == config.Int && (s.Min != nil && value < *s.Min && *s.Min <= 0 || s.Max != nil && value > *s.Max && isWidest(s)):
		return 0, "want a number that fits into " + s.GoType
	}
	return value, ""
}

// isWidest tells whether the limits of an integer are still those of its type.
func isWidest(s *config.Schema) bool { return s.Min != nil && s.Max != nil && *s.Min <= 0 }

// length reads a limit of lengths.
func (f *configField) length(s *config.Schema, e *tagEntry) {
	counted := s.Kind == config.String || s.Kind == config.List || s.Kind == config.Map
	if fixed := s.Kind == config.List && s.MinLen != nil && s.MaxLen != nil && strings.HasPrefix(s.GoType, "[") && s.GoType[1] != ']'; fixed {
		counted = false
	}
	if !f.fits(e, counted, "texts, lists and maps") {
		return
	}
	n, err := strconv.Atoi(e.value)
	if err != nil || n < 0 {
		f.report(diag.BadFieldLimit(e.valueRange, e.key, e.value, diag.NotLength))
		return
	}
	if e.key == "minlen" {
		s.MinLen = &n
	} else {
		s.MaxLen = &n
	}
}

func (f *configField) pattern(s *config.Schema, e *tagEntry) {
	if !f.fits(e, s.Kind == config.String, "texts") {
		return
	}
	if _, err := regexp.Compile(e.value); err != nil {
		f.report(diag.BadFieldLimit(e.valueRange, e.key, e.value, err.Error()))
		return
	}
	s.Pattern = e.value
}

// enum reads the only values: they take the place of the type's constants.
func (f *configField) enum(s *config.Schema, e *tagEntry) {
	if !f.fits(e, s.Kind == config.String || isNumber(s), "texts and numbers") {
		return
	}
	var values []string
	for item := range strings.SplitSeq(e.value, ",") {
		item = strings.TrimSpace(item)
		why := ""
		switch _, bad := numberFor(s, item); {
		case item == "":
			why = diag.NoEnumValues
		case isNumber(s) && bad != "":
			why = item + ": " + bad
		case slices.Contains(values, item):
			why = diag.TwiceInEnum(item)
		}
		if why != "" {
			f.report(diag.BadFieldLimit(e.valueRange, e.key, e.value, why))
			return
		}
		values = append(values, item)
	}
	s.Enum = values
}

// contradictions reports limits that leave no value.
func (f *configField) contradictions(of, s *config.Schema) {
	upper, lower := f.either("max", "exclusivemax"), f.either("min", "exclusivemin")
	if upper != nil && lower != nil && of.Min != nil && of.Max != nil &&
		(*of.Min > *of.Max || *of.Min == *of.Max && (of.ExclusiveMin || of.ExclusiveMax)) {
		f.report(diag.LimitsCross(upper.all, upper.key, upper.value, lower.all, lower.key, lower.value))
	}
	upper, lower = f.get("maxlen"), f.get("minlen")
	if upper != nil && lower != nil && s.MinLen != nil && s.MaxLen != nil && *s.MinLen > *s.MaxLen {
		f.report(diag.LimitsCross(upper.all, upper.key, upper.value, lower.all, lower.key, lower.value))
	}
}

// either is the entry of one of two keys, or nil.
func (f *configField) either(key, other string) *tagEntry {
	if e := f.get(key); e != nil {
		return e
	}
	return f.get(other)
}

// defaultValue reads the default and holds it to the type and all limits.
func (f *configField) defaultValue(s *config.Schema, e *tagEntry) {
	bad := s.SetDefault(e.value)
	if bad == nil {
		return
	}
	d := diag.BadFieldDefault(e.valueRange, f.v.Name(), e.value, bad.Message, bad.Meant)
	if bad.Meant != "" && e.exact {
		d = d.With(diag.WriteGuess(bad.Meant, []diag.Edit{replace(e.valueRange, bad.Meant)}))
	}
	f.report(d)
}

// dropEntry is the fix that takes a key with its value off a tag, and the tag with its
// last.
func (f *configField) dropEntry(e *tagEntry) diag.Fix {
	src := f.result.Sources.Get(e.all.File)
	if src == nil || e.keyRange.Start == e.valueRange.Start {
		return diag.Fix{}
	}
	start, end := e.all.Start, e.all.End
	switch text := src.Text; {
	case text[start-1] == ' ':
		start--
	case text[end] == ' ':
		end++
	default:
		start, end = start-1, end+1
		for start > 0 && isBlank(text[start-1]) {
			start--
		}
	}
	return diag.Drop(e.key, []diag.Edit{replace(src.Range(start, end), "")})
}
