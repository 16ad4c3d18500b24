package runner

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Args are the arguments of one command. The functions that read them take the
// limits from the command's schema; the first argument that is missing or
// invalid is kept as a refusal, and what is read after it is zero.
//
// A client may be lax: text that reads as a number is one, a number without a
// fraction is a whole number, true is 1, and "yes" is true. But a number is not
// text, null is nothing, and a choice has to match exactly.
type Args struct {
	values  map[string]any
	schema  schema
	refusal *Refusal
}

// parseArgs reads the arguments from JSON. Numbers keep their digits.
func parseArgs(text json.RawMessage, s schema) (*Args, *Refusal) {
	a := &Args{schema: s}
	if len(text) == 0 {
		return a, nil
	}
	var value any
	if err := decode(text, &value); err != nil {
		return nil, &Refusal{Code: codeInvalid, Message: "the arguments are not JSON: " + err.Error()}
	}
	values, ok := value.(map[string]any)
	if !ok && value != nil {
		return nil, &Refusal{Code: codeInvalid, Message: "the arguments must be a JSON object, not " + show(value)}
	}
	a.values = values
	return a, nil
}

const codeInvalid = "invalid_parameter"

// Err is the first refusal, a [*Refusal], or nil.
func (a *Args) Err() error {
	if a.refusal == nil {
		return nil
	}
	return a.refusal
}

// refuse keeps the first refusal.
func (a *Args) refuse(name, format string, values ...any) {
	if a.refusal == nil {
		a.refusal = &Refusal{Code: codeInvalid, Param: name, Message: fmt.Sprintf(format, values...)}
	}
}

// value returns an argument, or nil where what is read is to be zero. The limits
// do not apply to a default: those are the author's own.
func (a *Args) value(name string) (v any, limits parameter) {
	if a.refusal != nil {
		return nil, parameter{}
	}
	p, described := a.schema[name]
	v, given := a.values[name]
	switch {
	case !given && p.Default != nil:
		return p.Default, parameter{}
	case !given && (p.Required || !described):
		a.refuse(name, "is required")
	case given && v == nil:
		a.refuse(name, "must have a value, not null")
	case given:
		if message := p.checkChoice(v); message != "" {
			a.refuse(name, "%s", message)
			return nil, parameter{}
		}
	}
	return v, p
}

// Text reads an argument that is text.
func Text[T ~string](a *Args, name string) T {
	v, p := a.value(name)
	if v == nil {
		return ""
	}
	text, ok := v.(string)
	if !ok {
		a.refuse(name, "must be text, not %s", show(v))
		return ""
	}
	if message := p.checkText(text); message != "" {
		a.refuse(name, "%s", message)
		return ""
	}
	return T(text)
}

// Integer is every type of whole numbers.
type Integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// Int reads an argument that is a whole number and fits T.
func Int[T Integer](a *Args, name string) T {
	v, p := a.value(name)
	if v == nil {
		return 0
	}
	n, ok := wholeOf(v)
	if !ok {
		a.refuse(name, "must be a whole number, not %s", show(v))
		return 0
	}
	lowest, highest := bounds[T]()
	if n == nil || n.Cmp(whole(lowest)) < 0 || n.Cmp(whole(highest)) > 0 {
		a.refuse(name, "must be a whole number from %d to %d, not %s", lowest, highest, show(v))
		return 0
	}
	if message := p.checkNumber(exact{n}); message != "" {
		a.refuse(name, "%s, not %s", message, show(v))
		return 0
	}
	if n.Sign() < 0 {
		return T(n.Int64())
	}
	return T(n.Uint64())
}

// Float reads an argument that is a number.
func Float[T ~float32 | ~float64](a *Args, name string) T {
	v, p := a.value(name)
	if v == nil {
		return 0
	}
	f, ok := floatOf(v)
	if !ok {
		a.refuse(name, "must be a number, not %s", show(v))
		return 0
	}
	if math.IsInf(float64(T(f)), 0) && !math.IsInf(f, 0) {
		a.refuse(name, "must be a number of at most 32 bits, not %s", show(v))
		return 0
	}
	if message := p.checkNumber(float(f)); message != "" {
		a.refuse(name, "%s, not %s", message, show(v))
		return 0
	}
	return T(f)
}

// Bool reads an argument that is true or false.
func Bool[T ~bool](a *Args, name string) T {
	v, _ := a.value(name)
	if v == nil {
		return false
	}
	b, ok := boolOf(v)
	if !ok {
		a.refuse(name, "must be true or false, not %s", show(v))
	}
	return T(b)
}

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
