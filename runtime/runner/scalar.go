package runner

import (
	"math"
	"time"
)

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

// longest is the longest time.Duration in seconds, rounded.
const longest = float64(math.MaxInt64) / float64(time.Second)

// Duration reads an argument that is a time: a number of seconds, or text such
// as "1m30s".
func Duration[T ~int64](a *Args, name string) T {
	v, p := a.value(name)
	if v == nil {
		return 0
	}
	seconds, ok := floatOf(v)
	if text, isText := v.(string); isText && !ok {
		d, err := time.ParseDuration(text)
		seconds, ok = d.Seconds(), err == nil
	}
	if !ok {
		a.refuse(name, "must be a number of seconds, not %s", show(v))
		return 0
	}
	if !(math.Abs(seconds) < longest) {
		a.refuse(name, "must be less than 292 years, not %s", show(v))
		return 0
	}
	if message := p.checkNumber(float(seconds)); message != "" {
		a.refuse(name, "%s seconds, not %s", message, show(v))
		return 0
	}
	return T(math.Round(seconds * float64(time.Second)))
}
