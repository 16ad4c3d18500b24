package config

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The forms of plain text that are numbers: those of YAML 1.1, with exponents
// that need neither point nor sign. Dates are text.
var (
	integer = compiled(`^[-+]?(0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(:[0-5]?[0-9])+)$`)
	float   = compiled(`^([-+]?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|[-+]?\.[0-9][0-9_]*([eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*)$`)
)

// words are the plain texts that stand for something else.
var words = map[string]any{
	"": nil, "~": nil, "null": nil, "Null": nil, "NULL": nil,
	"true": true, "True": true, "TRUE": true, "false": false, "False": false, "FALSE": false,
	"yes": true, "Yes": true, "YES": true, "no": false, "No": false, "NO": false,
	"on": true, "On": true, "ON": true, "off": false, "Off": false, "OFF": false,
	".inf": math.Inf(1), ".Inf": math.Inf(1), ".INF": math.Inf(1),
	"+.inf": math.Inf(1), "+.Inf": math.Inf(1), "+.INF": math.Inf(1),
	"-.inf": math.Inf(-1), "-.Inf": math.Inf(-1), "-.INF": math.Inf(-1),
	".nan": math.NaN(), ".NaN": math.NaN(), ".NAN": math.NaN(),
}

// plain returns the value of text that is not quoted: nil, bool, int64, uint64,
// float64 or string. The error says that a number is too large.
func plain(text string) (any, error) {
	if value, ok := words[text]; ok {
		return value, nil
	}
	digits := strings.ReplaceAll(text, "_", "")
	switch {
	case integer().MatchString(text):
		return wholeNumber(digits)
	case float().MatchString(text) && strings.ContainsAny(text, ".eE"):
		return fraction(digits)
	}
	return text, nil
}

var errRange = errors.New("a whole number must fit into 64 bits")

// wholeNumber reads digits with an optional sign in one of YAML's bases: 0b, 0x,
// 0 for octal, colons for base 60.
func wholeNumber(digits string) (any, error) {
	magnitude, negative := strings.CutPrefix(digits, "-")
	magnitude = strings.TrimPrefix(magnitude, "+")
	n, err := unsigned(magnitude)
	switch {
	case err != nil:
		return nil, err
	case negative && n > 1<<63:
		return nil, errRange
	case negative:
		return -int64(n), nil
	case n > math.MaxInt64:
		return n, nil
	}
	return int64(n), nil
}

func unsigned(digits string) (uint64, error) {
	if strings.Contains(digits, ":") {
		sum, err := sexagesimal(digits)
		if sum >= 1<<63 {
			return 0, errRange
		}
		return uint64(sum), err
	}
	base := 10
	if rest, ok := strings.CutPrefix(digits, "0b"); ok {
		base, digits = 2, rest
	} else if rest, ok := strings.CutPrefix(digits, "0x"); ok {
		base, digits = 16, rest
	} else if strings.HasPrefix(digits, "0") {
		base = 8
	}
	n, err := strconv.ParseUint(digits, base, 64)
	if errors.Is(err, strconv.ErrRange) {
		return 0, errRange
	} else if err != nil {
		return 0, fmt.Errorf("no digits in %q", digits)
	}
	return n, nil
}

// fraction reads a decimal number, or one in base 60.
func fraction(digits string) (any, error) {
	if magnitude, negative := strings.CutPrefix(digits, "-"); strings.Contains(digits, ":") {
		sum, err := sexagesimal(strings.TrimPrefix(magnitude, "+"))
		if negative {
			sum = -sum
		}
		return sum, err
	}
	value, err := strconv.ParseFloat(digits, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return nil, fmt.Errorf("not a number: %q", digits)
	}
	return value, nil
}

// sexagesimal reads places of base 60, the largest first: "1:30" is 90.
func sexagesimal(digits string) (sum float64, err error) {
	for part := range strings.SplitSeq(digits, ":") {
		n, err := strconv.ParseFloat(part, 64)
		if err != nil {
			return 0, fmt.Errorf("not a number: %q", digits)
		}
		sum = sum*60 + n
	}
	return sum, nil
}
