package scanner

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reactorgen/reactor/diag"
)

// defaultValue reads the default and checks it against the type and all limits.
func (l *limits) defaultValue(arg *Arg) {
	canonical, why := l.defaultText(arg)
	if why == "" {
		var x any
		if err := decodeJSON(canonical, &x); err != nil {
			why = err.Error()
		} else {
			why = misfit(l.value, x, "it")
		}
	}
	if why != "" {
		l.fault(diag.BadDefault(arg.Range, arg.Value, l.what(), why), l.otherDefault(arg)...)
		return
	}
	l.value.Default = canonical
}

// defaultText writes a default as JSON.
func (l *limits) defaultText(arg *Arg) (canonical, why string) {
	text := arg.Value
	switch kind := l.value.Kind; {
	case kind == KindString:
		return jsonString(text), ""
	case l.value.Optional && text == "null":
		return text, ""
	case kind == KindBoolean:
		if text != "true" && text != "false" {
			return "", diag.NotBool
		}
		return text, ""
	case kind == KindInteger || kind == KindNumber || kind == KindDuration:
		_, canonical, why = l.number(text)
		return canonical, why
	case kind == KindFile:
		return "", diag.NoFile
	case kind == KindList && isScalar(l.value.Elem.Kind) && !strings.HasPrefix(text, "["):
		return l.listText(arg)
	case isJSON(text):
		var compact bytes.Buffer
		_ = json.Compact(&compact, []byte(text)) // it is JSON
		return compact.String(), ""
	}
	return "", diag.NotJSON
}

func isScalar(kind ParamKind) bool {
	return slices.Contains([]ParamKind{KindString, KindInteger, KindNumber, KindBoolean}, kind)
}

// listText writes a default that is a list without quotes, a,b, as JSON.
func (l *limits) listText(arg *Arg) (canonical, why string) {
	var texts []string
	for _, item := range arg.Items(l.src) {
		text := item.Text
		if l.value.Elem.Kind == KindString {
			text = jsonString(text)
		} else if !isJSON(text) {
			return "", diag.NotJSON
		}
		texts = append(texts, text)
	}
	return "[" + strings.Join(texts, ",") + "]", ""
}

// isJSON tells whether a text is one JSON value.
func isJSON(text string) bool { return json.Valid([]byte(text)) }

// decodeJSON reads one JSON value. Numbers keep their digits.
func decodeJSON(text string, into *any) error {
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(into); err != nil && err != io.EOF {
		return err
	}
	return nil
}

// misfit says why a JSON value is not of a form, or nothing. What names the value:
// "it", or a part of it.
func misfit(v *Value, x any, what string) string {
	if x == nil {
		if v.Optional || v.Kind == KindAny {
			return ""
		}
		return what + " must not be null"
	}
	switch v.Kind {
	case KindString:
		text, ok := x.(string)
		if !ok {
			return what + " must be a string"
		}
		return misfitText(v, text, what)
	case KindBoolean:
		if _, ok := x.(bool); !ok {
			return what + " must be true or false"
		}
	case KindInteger, KindNumber, KindDuration:
		n, ok := x.(json.Number)
		if !ok {
			return what + " must be a number"
		}
		return misfitNumber(v, n.String(), what)
	case KindList:
		items, ok := x.([]any)
		if !ok {
			return what + " must be a list"
		}
		return misfitItems(v, items, what)
	case KindMap, KindObject:
		members, ok := x.(map[string]any)
		if !ok {
			return what + " must be an object"
		}
		return misfitMembers(v, members, what)
	case KindFile:
		return what + " must be a file, which no default is"
	}
	return ""
}

func misfitText(v *Value, text, what string) string {
	switch n := utf8.RuneCountInString(text); {
	case v.MinLen >= 0 && n < v.MinLen:
		return diag.Refused(what+" is shorter than", "minlen", strconv.Itoa(v.MinLen))
	case v.MaxLen >= 0 && n > v.MaxLen:
		return diag.Refused(what+" is longer than", "maxlen", strconv.Itoa(v.MaxLen))
	case v.Pattern != "" && !regexp.MustCompile(v.Pattern).MatchString(text):
		return diag.Refused(what+" does not match", "pattern", v.Pattern)
	case len(v.Enum) > 0 && !slices.Contains(v.Enum, text):
		return diag.NotInEnum(what, v.Enum)
	}
	return ""
}

func misfitNumber(v *Value, text, what string) string {
	n := rational(text)
	switch compare := func(limit string) int { return n.Cmp(rational(limit)) }; {
	case v.Kind == KindInteger && !n.IsInt():
		return what + " must be a whole number"
	case v.Kind == KindInteger && !fitsType(n, v.GoType):
		return what + " does not fit " + v.GoType
	case v.Min != "" && compare(v.Min) < 0:
		return diag.Refused(what+" is below", "min", v.Min)
	case v.Max != "" && compare(v.Max) > 0:
		return diag.Refused(what+" is above", "max", v.Max)
	case v.ExclusiveMin != "" && compare(v.ExclusiveMin) <= 0:
		return diag.Refused(what+" is not above", "exclusivemin", v.ExclusiveMin)
	case v.ExclusiveMax != "" && compare(v.ExclusiveMax) >= 0:
		return diag.Refused(what+" is not below", "exclusivemax", v.ExclusiveMax)
	case v.MultipleOf != "" && !new(big.Rat).Quo(n, rational(v.MultipleOf)).IsInt():
		return diag.Refused(what+" is no multiple of", "multipleof", v.MultipleOf)
	case len(v.Enum) > 0 && !slices.ContainsFunc(v.Enum, func(value string) bool { return compare(value) == 0 }):
		return diag.NotInEnum(what, v.Enum)
	}
	return ""
}

// rational reads a JSON number that was checked before, or is of a sane size; zero
// otherwise.
func rational(text string) *big.Rat {
	if f, _, err := big.ParseFloat(text, 10, 64, big.ToNearestEven); err != nil || f.MantExp(nil) > 2000 || f.MantExp(nil) < -2000 {
		return new(big.Rat)
	}
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		return new(big.Rat)
	}
	return n
}

// fitsType tells whether a whole number fits a basic type, of which int and uint
// have 64 bits here.
func fitsType(n *big.Rat, goType string) bool {
	digits := strings.TrimLeft(goType, "uint")
	bits := 64
	if digits != "" {
		bits, _ = strconv.Atoi(digits)
	}
	if strings.HasPrefix(goType, "u") {
		return n.Sign() >= 0 && n.Num().BitLen() <= bits
	}
	if n.Sign() < 0 {
		return new(big.Int).Not(n.Num()).BitLen() < bits
	}
	return n.Num().BitLen() < bits
}

func misfitItems(v *Value, items []any, what string) string {
	switch n := len(items); {
	case v.Length > 0 && n != v.Length:
		return what + " must have " + diag.Count(v.Length, "item")
	case v.MinLen >= 0 && n < v.MinLen:
		return diag.Refused(what+" has less items than", "minitems", strconv.Itoa(v.MinLen))
	case v.MaxLen >= 0 && n > v.MaxLen:
		return diag.Refused(what+" has more items than", "maxitems", strconv.Itoa(v.MaxLen))
	}
	for i, item := range items {
		if why := misfit(v.Elem, item, partOf(what, "["+strconv.Itoa(i)+"]")); why != "" {
			return why
		}
	}
	return ""
}

func misfitMembers(v *Value, members map[string]any, what string) string {
	if v.Kind == KindMap {
		switch n := len(members); {
		case v.MinLen >= 0 && n < v.MinLen:
			return diag.Refused(what+" has less members than", "minitems", strconv.Itoa(v.MinLen))
		case v.MaxLen >= 0 && n > v.MaxLen:
			return diag.Refused(what+" has more members than", "maxitems", strconv.Itoa(v.MaxLen))
		}
		for _, key := range slices.Sorted(maps.Keys(members)) {
			if why := misfit(v.Elem, members[key], partOf(what, "."+key)); why != "" {
				return why
			}
		}
		return ""
	}
	for i := range v.Fields {
		f := &v.Fields[i]
		x, given := members[f.Key]
		switch {
		case !given && f.Required:
			return partOf(what, "."+f.Key) + " is missing"
		case given:
			if why := misfit(&f.Value, x, partOf(what, "."+f.Key)); why != "" {
				return why
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(members)) {
		if !slices.ContainsFunc(v.Fields, func(f Member) bool { return f.Key == key }) {
			return partOf(what, "."+key) + " is no field of " + v.Named.Name
		}
	}
	return ""
}

// partOf names a part of a value.
func partOf(what, part string) string {
	if what == "it" {
		return "its " + strings.TrimPrefix(part, ".")
	}
	return what + part
}
