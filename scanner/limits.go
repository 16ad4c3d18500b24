package scanner

import (
	"encoding/json"
	"go/types"
	"math"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/reactorgen/reactor/diag"
)

// limits reads a param directive onto a parameter.
type limits struct {
	*typed
	param     *Param
	basic     *types.Basic
	typ       string // as written
	directive *Directive
	src       *diag.Source

	min, max *big.Float
	pattern  *regexp.Regexp
}

// read reads all arguments, the default last: it has to keep to the others.
func (l *limits) read() {
	l.duplicateKeys(l.directive)
	for i := range l.directive.Args[1:] {
		l.argument(&l.directive.Args[i+1])
	}
	if l.min != nil && l.max != nil && l.min.Cmp(l.max) > 0 {
		l.contradiction("max", "min")
	}
	if l.param.MinLen >= 0 && l.param.MaxLen >= 0 && l.param.MinLen > l.param.MaxLen {
		l.contradiction("maxlen", "minlen")
	}
	if arg := l.directive.Get("default"); arg != nil {
		l.defaultValue(arg)
	}
}

func (l *limits) contradiction(upper, lower string) {
	u, low := l.directive.Get(upper), l.directive.Get(lower)
	l.report(diag.Contradiction(u.Range, upper, u.Value, low.Range, lower, low.Value).With(l.swap(u, low)))
}

// argument reads one argument.
func (l *limits) argument(arg *Arg) {
	number := l.param.Kind == KindInteger || l.param.Kind == KindNumber
	text := l.param.Kind == KindString
	switch arg.Key {
	case "description":
		l.param.Description = arg.Value
	case "default":
	case "min", "max":
		if l.fits(arg, number, "numbers") {
			l.bound(arg)
		}
	case "minlen", "maxlen":
		if l.fits(arg, text, "strings") {
			l.length(arg)
		}
	case "pattern":
		if l.fits(arg, text, "strings") {
			l.readPattern(arg)
		}
	case "enum":
		if l.fits(arg, text, "strings") {
			l.enum(arg)
		}
	default:
		l.badArgument("param", l.directive, arg)
	}
}

func (l *limits) fits(arg *Arg, ok bool, what string) bool {
	if !ok {
		l.report(diag.LimitOnType(arg.Range, arg.Key, l.param.Name, l.typ, what).With(l.dropArgument(arg)))
	}
	return ok
}

// bound reads min or max.
func (l *limits) bound(arg *Arg) {
	value, canonical, why := l.number(arg.Value)
	if why != "" {
		l.report(diag.BadLimit(arg.Range, arg.Key, arg.Value, why).With(l.clamped(arg)...))
		return
	}
	if arg.Key == "min" {
		l.min, l.param.Min = value, canonical
	} else {
		l.max, l.param.Max = value, canonical
	}
}

// number reads a number of the parameter's type and writes it as JSON does; why
// says what is wrong.
func (l *limits) number(text string) (value *big.Float, canonical, why string) {
	if l.param.Kind == KindInteger {
		n, ok := new(big.Int).SetString(text, 10)
		if !ok {
			return nil, "", diag.NotWhole
		}
		if low, high := integerRange(l.basic, l.pkg.TypesSizes); n.Cmp(low) < 0 || n.Cmp(high) > 0 {
			return nil, "", diag.OutOfType(l.basic.Name(), low.String(), high.String())
		}
		return new(big.Float).SetInt(n), n.String(), ""
	}
	bits := 64
	if l.basic.Kind() == types.Float32 {
		bits = 32
	}
	n, err := strconv.ParseFloat(text, bits)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return nil, "", diag.NotNumber(l.basic.Name())
	}
	canonical = text
	if !json.Valid([]byte(text)) {
		canonical = strconv.FormatFloat(n, 'g', -1, bits)
	}
	return big.NewFloat(n), canonical, ""
}

// integerRange returns the least and the greatest value of an integer type.
func integerRange(basic *types.Basic, sizes types.Sizes) (low, high *big.Int) {
	bits := uint(8 * sizes.Sizeof(basic))
	one := big.NewInt(1)
	if basic.Info()&types.IsUnsigned != 0 {
		return new(big.Int), new(big.Int).Sub(new(big.Int).Lsh(one, bits), one)
	}
	half := new(big.Int).Lsh(one, bits-1)
	return new(big.Int).Neg(half), new(big.Int).Sub(half, one)
}

// length reads minlen or maxlen.
func (l *limits) length(arg *Arg) {
	n, err := strconv.Atoi(arg.Value)
	if err != nil || n < 0 {
		l.report(diag.BadLimit(arg.Range, arg.Key, arg.Value, diag.NotLength).With(l.dropArgument(arg)))
		return
	}
	if arg.Key == "minlen" {
		l.param.MinLen = n
	} else {
		l.param.MaxLen = n
	}
}

func (l *limits) readPattern(arg *Arg) {
	re, err := regexp.Compile(arg.Value)
	if err != nil {
		l.report(diag.BadLimit(arg.ValueRange, "pattern", arg.Value, err.Error()).With(l.dropArgument(arg)))
		return
	}
	l.pattern, l.param.Pattern = re, arg.Value
}

// enum reads the only values: they take the place of the type's constants.
func (l *limits) enum(arg *Arg) {
	items := arg.Items(l.src)
	if len(items) == 0 {
		l.report(diag.BadLimit(arg.Range, "enum", arg.Value, diag.NoEnumValues).With(l.dropArgument(arg)))
		return
	}
	var values []string
	for _, item := range items {
		if slices.Contains(values, item.Text) {
			l.report(diag.BadLimit(item.Range, "enum", arg.Value, diag.TwiceInEnum(item.Text)).With(l.fewerValues(arg, item)))
			return
		}
		values = append(values, item.Text)
	}
	l.param.Enum = values
}

// defaultValue reads the default and checks it against the type and all limits.
func (l *limits) defaultValue(arg *Arg) {
	canonical, why := arg.Value, ""
	switch l.param.Kind {
	case KindString:
		canonical, why = jsonString(arg.Value), l.refuseText(arg.Value)
	case KindBoolean:
		if canonical != "true" && canonical != "false" {
			why = diag.NotBool
		}
	default:
		var value *big.Float
		if value, canonical, why = l.number(arg.Value); why == "" {
			why = l.refuseNumber(value)
		}
	}
	if why != "" {
		l.report(diag.BadDefault(arg.Range, arg.Value, l.param.Name, why).With(l.otherDefault(arg)...))
		return
	}
	l.param.Default = canonical
}

func (l *limits) refuseNumber(value *big.Float) string {
	switch {
	case l.min != nil && value.Cmp(l.min) < 0:
		return diag.Refused("is below", "min", l.param.Min)
	case l.max != nil && value.Cmp(l.max) > 0:
		return diag.Refused("is above", "max", l.param.Max)
	}
	return ""
}

func (l *limits) refuseText(text string) string {
	switch n := utf8.RuneCountInString(text); {
	case l.param.MinLen >= 0 && n < l.param.MinLen:
		return diag.Refused("is shorter than", "minlen", strconv.Itoa(l.param.MinLen))
	case l.param.MaxLen >= 0 && n > l.param.MaxLen:
		return diag.Refused("is longer than", "maxlen", strconv.Itoa(l.param.MaxLen))
	case l.pattern != nil && !l.pattern.MatchString(text):
		return diag.Refused("does not match", "pattern", l.param.Pattern)
	case len(l.param.Enum) > 0 && !slices.Contains(l.param.Enum, text):
		return diag.NotInEnum(l.param.Enum)
	}
	return ""
}
