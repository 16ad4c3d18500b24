package config

import (
	"math"
	"strconv"
	"strings"
)

// The words of a call's arguments that are numbers. They are stricter than those
// of YAML: no octal, hexadecimal or base 60.
var (
	wordInt   = compiled(`^[+-]?(0|[1-9](_?[0-9])*)$`)
	wordFloat = compiled(`^[+-]?((0|[1-9](_?[0-9])*)?\.[0-9](_?[0-9])*|(0|[1-9](_?[0-9])*)\.?)([eE][+-]?[0-9](_?[0-9])*)?$`)
)

// typed returns the value of a word among the arguments of a call.
func typed(word string) any {
	digits := strings.ReplaceAll(word, "_", "")
	switch {
	case wordInt().MatchString(word):
		if i, err := strconv.ParseInt(digits, 10, 64); err == nil {
			return i
		}
		return word
	case wordFloat().MatchString(word):
		f, _ := strconv.ParseFloat(digits, 64) // out of range is infinite
		return f
	}
	switch strings.ToLower(word) {
	case "null":
		return nil
	case "true":
		return true
	case "false":
		return false
	case "inf", "+inf":
		return math.Inf(1)
	case "-inf":
		return math.Inf(-1)
	case "nan", "+nan", "-nan":
		return math.NaN()
	}
	return word
}

// written is a scalar as it stands in a text: True, False and None as in Python,
// for which the files of models are written too, and numbers in decimal.
func written(value any) string {
	switch v := value.(type) {
	case nil:
		return "None"
	case bool:
		if v {
			return "True"
		}
		return "False"
	case int64:
		return strconv.FormatInt(v, 10)
	case uint64:
		return strconv.FormatUint(v, 10)
	case float64:
		return writtenFloat(v)
	}
	return value.(string)
}

// writtenFloat is the shortest decimal that is read back as f, with a point or
// an exponent in it.
func writtenFloat(f float64) string {
	switch {
	case math.IsNaN(f):
		return "nan"
	case math.IsInf(f, 0):
		return strings.TrimPrefix(strings.ToLower(strconv.FormatFloat(f, 'f', -1, 64)), "+")
	case f != 0 && (math.Abs(f) < 1e-4 || math.Abs(f) >= 1e16):
		return strconv.FormatFloat(f, 'e', -1, 64)
	}
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

// scalarOf is the node of a value that was computed. Its text is what YAML reads
// as the same value.
func scalarOf(at place, value any) *node {
	n := &node{place: at, kind: scalar, value: value, final: true}
	switch v := value.(type) {
	case nil:
		n.text = "null"
	case bool:
		n.text = strconv.FormatBool(v)
	case float64:
		n.text = writtenFloat(v)
		if math.IsInf(v, 0) || math.IsNaN(v) {
			n.text = strings.Replace(strings.Replace(n.text, "inf", ".inf", 1), "nan", ".nan", 1)
		}
	default:
		n.text = written(value)
	}
	return n
}
