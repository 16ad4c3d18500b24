package runner

import (
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// bounds returns the lowest and the highest value of T.
func bounds[T Integer]() (lowest, highest T) {
	highest = 1
	for more := highest<<1 | 1; more > highest; more = highest<<1 | 1 {
		highest = more
	}
	return ^highest, highest
}

// whole returns n as a number of any size.
func whole[T Integer](n T) *big.Int {
	if n < 0 {
		return big.NewInt(int64(n))
	}
	return new(big.Int).SetUint64(uint64(n))
}

// wholeOf reads a whole number: a number without a fraction, true and false, or
// text with digits, which may be grouped by single underscores and end in ".0".
// It is nil where it is larger than any type can hold.
func wholeOf(v any) (n *big.Int, ok bool) {
	switch v := v.(type) {
	case bool:
		return big.NewInt(map[bool]int64{true: 1}[v]), true
	case json.Number:
		if n, ok := digits(v.String()); ok {
			return n, true
		}
		f, ok := floatOf(v)
		if !ok || f != math.Trunc(f) || math.IsInf(f, 0) {
			return nil, false
		}
		n, _ := big.NewFloat(f).Int(nil)
		return n, true
	case string:
		text := strings.TrimSpace(v)
		if before, after, point := strings.Cut(text, "."); point && after != "" && strings.Trim(after, "0") == "" {
			text = before
		}
		return digits(text)
	}
	return nil, false
}

// digits reads decimal digits with a sign, grouped by single underscores.
func digits(text string) (n *big.Int, ok bool) {
	sign := strings.TrimLeft(text, "+-")
	bare, ok := ungroup(sign)
	if !ok || len(text)-len(sign) > 1 || bare == "" || strings.Trim(bare, "0123456789") != "" {
		return nil, false
	}
	if bare = strings.TrimLeft(bare, "0"); len(bare) > 20 {
		return nil, true
	}
	n, _ = new(big.Int).SetString("0"+bare, 10)
	if text[0] == '-' {
		n.Neg(n)
	}
	return n, true
}

// ungroup takes out underscores, which may only stand between two digits.
func ungroup(text string) (string, bool) {
	for i := range len(text) {
		if text[i] == '_' && !(i > 0 && i+1 < len(text) && isDigit(text[i-1]) && isDigit(text[i+1])) {
			return "", false
		}
	}
	return strings.ReplaceAll(text, "_", ""), true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// floatOf reads a number, true and false, or text in decimal or exponential
// form, "inf" and "nan" among it. What is too large is infinite.
func floatOf(v any) (f float64, ok bool) {
	text := ""
	switch v := v.(type) {
	case bool:
		return map[bool]float64{true: 1}[v], true
	case json.Number:
		text = v.String()
	case string:
		text, ok = ungroup(strings.TrimSpace(v))
		if !ok || strings.ContainsAny(text, "xX") {
			return 0, false
		}
	default:
		return 0, false
	}
	f, err := strconv.ParseFloat(text, 64)
	return f, err == nil || math.IsInf(f, 0)
}

// boolOf reads true and false, 1 and 0, and the usual words for them.
func boolOf(v any) (b, ok bool) {
	switch v := v.(type) {
	case bool:
		return v, true
	case json.Number:
		f, _ := floatOf(v)
		return f == 1, f == 1 || f == 0
	case string:
		switch strings.ToLower(v) {
		case "1", "t", "true", "y", "yes", "on":
			return true, true
		case "0", "f", "false", "n", "no", "off":
			return false, true
		}
	}
	return false, false
}
