package config

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// bounds checks a number, or a duration in nanoseconds, against its limits.
func (c *checker) bounds(n *node, s *Schema, at path, value float64) {
	if want := s.bound(value); want != "" {
		c.refuse(n, s, at, want, n.is())
	}
	if len(s.Enum) > 0 && !slices.ContainsFunc(s.Enum, func(text string) bool { return s.valueOf(text) == value }) {
		c.notInEnum(n, s, at)
	}
}

// bound says which limit a number is beyond, or returns "".
func (s *Schema) bound(value float64) string {
	switch {
	case s.Min != nil && s.ExclusiveMin && !(value > *s.Min):
		return "more than " + s.shown(*s.Min)
	case s.Min != nil && !(value >= *s.Min):
		return "at least " + s.shown(*s.Min)
	case s.Max != nil && s.ExclusiveMax && !(value < *s.Max):
		return "less than " + s.shown(*s.Max)
	case s.Max != nil && !(value <= *s.Max):
		return "at most " + s.shown(*s.Max)
	case s.MultipleOf != nil && !isMultiple(value, *s.MultipleOf):
		return "a multiple of " + s.shown(*s.MultipleOf)
	}
	return ""
}

// isMultiple tells whether value is a whole number of steps, but for what is lost
// in writing both as binary fractions.
func isMultiple(value, step float64) bool {
	steps := value / step
	return math.Abs(steps-math.Round(steps)) <= 1e-9*max(1, math.Abs(steps))
}

// valueOf is the number that a value of an enum is, or not a number.
func (s *Schema) valueOf(text string) float64 {
	if s.Kind == Duration {
		span, err := time.ParseDuration(text)
		if err != nil {
			return math.NaN()
		}
		return float64(span)
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return math.NaN()
	}
	return value
}

// shown is a limit as it is written in a file.
func (s *Schema) shown(limit float64) string {
	switch {
	case s.Kind == Duration:
		return time.Duration(limit).String()
	case limit == math.Trunc(limit) && math.Abs(limit) < 1<<63:
		return strconv.FormatInt(int64(limit), 10)
	}
	return strconv.FormatFloat(limit, 'g', -1, 64)
}

// length checks how many things of a kind there are.
func (c *checker) length(n *node, s *Schema, at path, have int, thing string) {
	want := ""
	switch {
	case s.array() && have != *s.MinLen:
		want = counted(*s.MinLen, thing)
	case s.array():
	case s.MinLen != nil && have < *s.MinLen:
		want = "at least " + counted(*s.MinLen, thing)
	case s.MaxLen != nil && have > *s.MaxLen:
		want = "at most " + counted(*s.MaxLen, thing)
	}
	if want != "" {
		c.refuse(n, s, at, want, strconv.Itoa(have))
	}
}

// notInEnum reports a value that is none of the allowed ones.
func (c *checker) notInEnum(n *node, s *Schema, at path) {
	want := strings.Join(s.Enum, ", ")
	if last := len(s.Enum) - 1; last > 0 {
		want = strings.Join(s.Enum[:last], ", ") + " or " + s.Enum[last]
	}
	fault := c.refuse(n, s, at, want, n.is())
	if near := Nearest(n.text, s.Enum); near != "" && s.Kind == String {
		fault.Meant = near
		fault.Message += "; did you mean " + near + "?"
	}
}

// pattern is a regular expression of a schema; nil matches everything.
type pattern struct{ *regexp.Regexp }

// matches tells whether a pattern is found in a text. One that is none, which
// the schema's author is told, refuses nothing.
func (c *checker) matches(expression, text string) bool {
	p, known := c.patterns[expression]
	if !known {
		p.Regexp, _ = regexp.Compile(expression)
		c.patterns[expression] = p
	}
	return p.Regexp == nil || p.MatchString(text)
}

// counted is a number with the word for what there are.
func counted(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return strconv.Itoa(n) + " " + thing
}
