package runner

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"
)

// number is a value that limits are compared with.
type number interface {
	// compare is -1, 0 or 1 where the value is below, at or above the limit.
	// A value that is not a number is none of it: ok is false.
	compare(*limit) (sign int, ok bool)

	// multipleOf tells whether the limit fits in without a rest.
	multipleOf(*limit) bool
}

// exact is a whole number, float any other.
type (
	exact struct{ n *big.Int }
	float float64
)

func (e exact) compare(l *limit) (int, bool) {
	return new(big.Rat).SetInt(e.n).Cmp(l.exact), true
}

func (e exact) multipleOf(l *limit) bool {
	if l.exact.Sign() == 0 {
		return true
	}
	return new(big.Rat).Quo(new(big.Rat).SetInt(e.n), l.exact).IsInt()
}

func (f float) compare(l *limit) (int, bool) {
	switch {
	case float64(f) < l.float:
		return -1, true
	case float64(f) > l.float:
		return 1, true
	}
	return 0, float64(f) == l.float
}

// multipleOf allows for the rounding of decimal fractions: 0.3 is a multiple of
// 0.1.
func (f float) multipleOf(l *limit) bool {
	rest := math.Abs(math.Remainder(float64(f), l.float))
	return l.float == 0 || rest <= math.Abs(float64(f))*1e-9
}

// checkNumber says which limit a number does not keep, or nothing.
func (p *parameter) checkNumber(n number) string {
	if p == nil {
		return ""
	}
	for _, rule := range []struct {
		limit *limit
		keeps func(sign int) bool
		words string
	}{
		{p.Minimum, func(sign int) bool { return sign >= 0 }, "at least"},
		{p.Maximum, func(sign int) bool { return sign <= 0 }, "at most"},
		{p.ExclusiveMinimum, func(sign int) bool { return sign > 0 }, "more than"},
		{p.ExclusiveMaximum, func(sign int) bool { return sign < 0 }, "less than"},
	} {
		if rule.limit == nil {
			continue
		}
		if sign, ok := n.compare(rule.limit); !ok || !rule.keeps(sign) {
			return "must be " + rule.words + " " + rule.limit.text
		}
	}
	if p.MultipleOf != nil && !n.multipleOf(p.MultipleOf) {
		return "must be a multiple of " + p.MultipleOf.text
	}
	return ""
}

// checkText says which limit a text does not keep, or nothing.
func (p *parameter) checkText(text string) string {
	if p == nil {
		return ""
	}
	switch n := utf8.RuneCountInString(text); {
	case p.MinLength != nil && n < *p.MinLength:
		return fmt.Sprintf("must have at least %s, has %d", count(*p.MinLength, "character"), n)
	case p.MaxLength != nil && n > *p.MaxLength:
		return fmt.Sprintf("must have at most %s, has %d", count(*p.MaxLength, "character"), n)
	case p.Pattern != nil && !p.Pattern.MatchString(text):
		return fmt.Sprintf("must match %s, not %s", p.Pattern, show(text))
	}
	return ""
}

// checkItems says which limit a list of n items does not keep, or nothing.
func (p *parameter) checkItems(n int) string {
	if p == nil {
		return checkCount(n, nil, nil, "item")
	}
	return checkCount(n, p.MinItems, p.MaxItems, "item")
}

// checkMembers says which limit a map of n members does not keep, or nothing.
func (p *parameter) checkMembers(n int) string {
	if p == nil {
		return checkCount(n, nil, nil, "member")
	}
	return checkCount(n, p.MinProperties, p.MaxProperties, "member")
}

func checkCount(n int, least, most *int, what string) string {
	switch {
	case least != nil && n < *least:
		return fmt.Sprintf("must have at least %s, has %d", count(*least, what), n)
	case most != nil && n > *most:
		return fmt.Sprintf("must have at most %s, has %d", count(*most, what), n)
	case n > maxListItems:
		return fmt.Sprintf("must have at most %s, has %d", count(maxListItems, what), n)
	}
	return ""
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// checkChoice says which values there are to choose from, or nothing where v is
// one of them.
func (p *parameter) checkChoice(v any) string {
	if p == nil {
		return ""
	}
	choices := p.Enum
	if p.Const != nil {
		choices = []any{p.Const}
	}
	if len(choices) == 0 {
		return ""
	}
	names := make([]string, len(choices))
	for i, choice := range choices {
		if same(v, choice) {
			return ""
		}
		names[i] = show(choice)
	}
	list := names[len(names)-1]
	if rest := names[:len(names)-1]; len(rest) > 0 {
		list = strings.Join(rest, ", ") + " or " + list
	}
	return fmt.Sprintf("must be %s, not %s", list, show(v))
}

// same tells whether two JSON values are the same. Numbers are, however they
// are written.
func same(a, b any) bool {
	x, xok := a.(json.Number)
	y, yok := b.(json.Number)
	if !xok || !yok {
		switch a.(type) {
		case string, bool:
			return a == b
		}
		return false
	}
	f, _ := floatOf(x)
	g, _ := floatOf(y)
	return x == y || f == g
}

// show writes a value into a message, shortened where it is long.
func show(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return strconv.Quote(shorten(v))
	case json.Number:
		return shorten(v.String())
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	}
	return fmt.Sprint(v)
}

// shorten cuts off a text that is too long for a message.
func shorten(text string) string {
	const most = 40
	if utf8.RuneCountInString(text) > most {
		return string([]rune(text)[:most]) + "…"
	}
	return text
}
