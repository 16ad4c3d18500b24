package scanner

import (
	"go/types"
	"math"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reactorgen/reactor/diag"
)

// limits reads a param directive onto a parameter, or the tag of a field onto
// that field.
type limits struct {
	*typed
	name      string // of the parameter or the field
	value     *Value
	basic     *types.Basic // of a string, number or bool
	typ       string       // as written
	directive *Directive
	src       *diag.Source

	// tag tells that the arguments are keys of a struct tag: the places are those
	// of the tag, and there are no fixes.
	tag bool
}

// read reads all arguments, the default last: it has to keep to the others.
func (l *limits) read() {
	if !l.tag {
		l.duplicateKeys(l.directive)
	}
	for i := range l.directive.Args {
		if i > 0 || l.tag {
			l.argument(&l.directive.Args[i])
		}
	}
	l.bounds()
	if l.value.MinLen >= 0 && l.value.MaxLen >= 0 && l.value.MinLen > l.value.MaxLen {
		l.contradiction(l.lengthKey("max"), l.lengthKey("min"), diag.IsBelow)
	}
	if arg := l.directive.Get("default"); arg != nil {
		l.defaultValue(arg)
	}
}

// bounds reports limits of a number that leave none.
func (l *limits) bounds() {
	for _, lower := range []struct {
		key, limit string
		open       bool
	}{{"min", l.value.Min, false}, {"exclusivemin", l.value.ExclusiveMin, true}} {
		for _, upper := range []struct {
			key, limit string
			open       bool
		}{{"max", l.value.Max, false}, {"exclusivemax", l.value.ExclusiveMax, true}} {
			if lower.limit == "" || upper.limit == "" {
				continue
			}
			switch sign := rational(upper.limit).Cmp(rational(lower.limit)); {
			case sign < 0:
				l.contradiction(upper.key, lower.key, diag.IsBelow)
			case sign == 0 && (lower.open || upper.open):
				l.contradiction(upper.key, lower.key, diag.IsNotAbove)
			}
		}
	}
}

func (l *limits) contradiction(upper, lower, how string) {
	u, low := l.directive.Get(upper), l.directive.Get(lower)
	d := diag.Contradiction(u.Range, upper, u.Value, how, low.Range, lower, low.Value)
	if how == diag.IsBelow && !l.tag {
		d = d.With(l.swap(u, low))
	}
	l.report(d)
}

// lengthKey is the key that a limit of the length has: minlen or minitems.
func (l *limits) lengthKey(which string) string {
	if l.directive.Get(which+"items") != nil {
		return which + "items"
	}
	return which + "len"
}

// argument reads one argument.
func (l *limits) argument(arg *Arg) {
	kind := l.value.Kind
	number := kind == KindInteger || kind == KindNumber || kind == KindDuration
	text := kind == KindString
	several := kind == KindList && l.value.Length == 0 || kind == KindMap
	switch arg.Key {
	case "description":
		l.value.Description = arg.Value
	case "default":
	case "min", "max", "exclusivemin", "exclusivemax", "multipleof":
		if l.fits(arg, number, "numbers") {
			l.bound(arg)
		}
	case "minlen", "maxlen":
		if l.fits(arg, text || several, "strings, lists and maps") {
			l.length(arg, diag.NotLength)
		}
	case "minitems", "maxitems":
		if l.fits(arg, several, "lists and maps") {
			l.length(arg, diag.NotCount)
		}
	case "pattern":
		if l.fits(arg, text, "strings") {
			l.readPattern(arg)
		}
	case "enum":
		if l.fits(arg, text || number && kind != KindDuration, "strings and numbers") {
			l.enum(arg)
		}
	default:
		l.badArgument("param", l.directive, arg)
	}
}

func (l *limits) fits(arg *Arg, ok bool, what string) bool {
	if !ok {
		l.fault(diag.LimitOnType(arg.Range, arg.Key, l.what(), l.typ, what), l.withoutIt(arg))
	}
	return ok
}

// what names the parameter or the field.
func (l *limits) what() string {
	if l.tag {
		return "field " + l.name
	}
	return "parameter " + l.name
}

// fault reports a finding. The fixes of a directive are none of a tag.
func (l *limits) fault(d diag.Diagnostic, fixes ...diag.Fix) {
	if !l.tag {
		d = d.With(fixes...)
	}
	l.report(d)
}

// withoutIt is the fix of an argument that is of no use.
func (l *limits) withoutIt(arg *Arg) diag.Fix {
	if l.tag {
		return diag.Fix{}
	}
	return l.dropArgument(arg)
}

// bound reads a limit of a number. Limits on a type with constants take their
// place: it is a scale then, and no choice.
func (l *limits) bound(arg *Arg) {
	_, canonical, why := l.number(arg.Value)
	if why == "" && arg.Key == "multipleof" && rational(canonical).Sign() <= 0 {
		why = diag.NotPositive
	}
	if why != "" {
		l.fault(diag.BadLimit(arg.Range, arg.Key, arg.Value, why), l.clamped(arg)...)
		return
	}
	*map[string]*string{
		"min": &l.value.Min, "max": &l.value.Max, "multipleof": &l.value.MultipleOf,
		"exclusivemin": &l.value.ExclusiveMin, "exclusivemax": &l.value.ExclusiveMax,
	}[arg.Key] = canonical
	if l.value.Constants != nil && l.directive.Get("enum") == nil {
		l.value.Enum, l.value.Constants = nil, nil
	}
}

// number reads a number of the value's type and writes it as JSON does; why
// says what is wrong.
func (l *limits) number(text string) (value *big.Float, canonical, why string) {
	switch l.value.Kind {
	case KindInteger:
		n, ok := new(big.Int).SetString(text, 10)
		if !ok {
			return nil, "", diag.NotWhole
		}
		if low, high := integerRange(l.basic, l.pkg.TypesSizes); n.Cmp(low) < 0 || n.Cmp(high) > 0 {
			return nil, "", diag.OutOfType(l.basic.Name(), low.String(), high.String())
		}
		return new(big.Float).SetInt(n), n.String(), ""
	case KindDuration:
		d, err := time.ParseDuration(text)
		if err != nil {
			return nil, "", diag.NotDuration
		}
		return big.NewFloat(d.Seconds()), secondsText(d), ""
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
	if !isJSON(text) {
		canonical = strconv.FormatFloat(n, 'g', -1, bits)
	}
	return big.NewFloat(n), canonical, ""
}

// secondsText writes a duration as a number of seconds.
func secondsText(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) }

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

// length reads a limit of the length.
func (l *limits) length(arg *Arg, why string) {
	n, err := strconv.Atoi(arg.Value)
	if err != nil || n < 0 {
		l.fault(diag.BadLimit(arg.Range, arg.Key, arg.Value, why), l.withoutIt(arg))
		return
	}
	if strings.HasPrefix(arg.Key, "min") {
		l.value.MinLen = n
	} else {
		l.value.MaxLen = n
	}
}

func (l *limits) readPattern(arg *Arg) {
	if _, err := regexp.Compile(arg.Value); err != nil {
		l.fault(diag.BadLimit(arg.ValueRange, "pattern", arg.Value, err.Error()), l.withoutIt(arg))
		return
	}
	l.value.Pattern = arg.Value
}

// enum reads the only values: they take the place of the type's constants.
func (l *limits) enum(arg *Arg) {
	items := arg.Items(l.src)
	if len(items) == 0 {
		l.fault(diag.BadLimit(arg.Range, "enum", arg.Value, diag.NoEnumValues), l.withoutIt(arg))
		return
	}
	var values []string
	for _, item := range items {
		text := item.Text
		if l.value.Kind != KindString {
			_, canonical, why := l.number(text)
			if why != "" {
				l.fault(diag.BadLimit(item.Range, "enum", text, why), l.withoutIt(arg))
				return
			}
			text = canonical
		}
		if slices.Contains(values, text) {
			l.fault(diag.BadLimit(item.Range, "enum", arg.Value, diag.TwiceInEnum(item.Text)), l.fewerValues(arg, item))
			return
		}
		values = append(values, text)
	}
	l.value.Enum, l.value.Constants = values, nil
}
