package scanner

import (
	"go/constant"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// param describes one parameter of a command.
func (t *typed) param(d *declared, v *types.Var) *Param {
	basic, ok := v.Type().Underlying().(*types.Basic)
	if !ok {
		return nil
	}
	p := &Param{Name: v.Name(), Kind: kindOf(basic), GoType: basic.Name(), MinLen: -1, MaxLen: -1}
	if p.Kind == "" {
		return nil
	}
	if named, ok := types.Unalias(v.Type()).(*types.Named); ok {
		p.Named = t.typeName(named)
		if p.Kind == KindString {
			p.Enum = constantsOf(named)
		}
	}
	for i := range d.params {
		directive := &d.params[i]
		if len(directive.Args) > 0 && directive.Args[0].Value == v.Name() {
			t.limit(p, directive)
		}
	}
	return p
}

// limit puts what a param directive says onto p.
func (t *typed) limit(p *Param, d *Directive) {
	for _, arg := range d.Args[1:] {
		switch arg.Key {
		case "description":
			p.Description = arg.Value
		case "default":
			p.Default = defaultJSON(p.Kind, arg.Value)
		case "min":
			p.Min = arg.Value
		case "max":
			p.Max = arg.Value
		case "minlen":
			p.MinLen, _ = strconv.Atoi(arg.Value)
		case "maxlen":
			p.MaxLen, _ = strconv.Atoi(arg.Value)
		case "pattern":
			p.Pattern = arg.Value
		case "enum":
			p.Enum = strings.Split(arg.Value, ",")
		}
	}
}

func defaultJSON(kind ParamKind, value string) string {
	if kind == KindString {
		return jsonString(value)
	}
	return value
}

// kindOf returns the kind of parameter that a basic type is, or "".
func kindOf(basic *types.Basic) ParamKind {
	switch info := basic.Info(); {
	case info&types.IsString != 0:
		return KindString
	case info&types.IsBoolean != 0:
		return KindBoolean
	case info&types.IsInteger != 0 && basic.Kind() != types.Uintptr:
		return KindInteger
	case info&types.IsFloat != 0:
		return KindNumber
	}
	return ""
}

// constantsOf returns the values of the constants of a string type that its own
// package declares, in the order of their declaration.
func constantsOf(named *types.Named) []string {
	if named.Obj().Pkg() == nil {
		return nil
	}
	scope := named.Obj().Pkg().Scope()
	var all []*types.Const
	for _, name := range scope.Names() {
		if c, ok := scope.Lookup(name).(*types.Const); ok && types.Identical(c.Type(), named) {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b *types.Const) int { return int(a.Pos() - b.Pos()) })
	var values []string
	for _, c := range all {
		if v := constant.StringVal(c.Val()); !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	return values
}
