package scanner

import (
	"cmp"
	"go/constant"
	"go/types"
	"slices"

	"github.com/reactorgen/reactor/diag"
)

// param describes one parameter of a command, or returns nil after saying what
// is wrong with it.
func (t *typed) param(v *types.Var, d *Directive, src *diag.Source, method string) *Param {
	at := t.placeOfVar(v)
	if v.Name() == "" || v.Name() == "_" {
		t.report(diag.UnnamedParam(at, method))
		return nil
	}
	value, why := t.taken().value(v.Type())
	if why != nil {
		t.report(t.unfit(why, at, "parameter"))
		return nil
	}
	p := &Param{Name: v.Name(), Value: value}
	t.reachable(p.Value, at)
	if d != nil {
		l := &limits{typed: t, name: p.Name, value: &p.Value, basic: basicOf(v.Type()), directive: d, src: src, typ: t.typeText(v.Type())}
		l.read()
	}
	return p
}

// unfit is the finding that a type has no form: at the field of it that has none,
// or where the type is used.
func (t *typed) unfit(why *unfit, at diag.Range, use string) diag.Diagnostic {
	if why.field == nil {
		return why.why(at)
	}
	d := why.why(t.placeIn(why.field, at))
	if d.Range != at {
		d.Related = append(d.Related, diag.Related{Range: at, Label: use})
	}
	return d
}

// basicOf is the basic type that values of a type are, or those it points to; nil
// when it is none.
func basicOf(typ types.Type) *types.Basic {
	if elem := pointerTo(typ); elem != nil {
		typ = elem
	}
	basic, _ := typ.Underlying().(*types.Basic)
	return basic
}

// kindOf returns the kind of value that a basic type is, or "".
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

// constantsOf makes the constants of a string or integer type that its own
// package declares the only values, in the order of their declaration, each
// once. One constant of an integer type is no choice but a special value.
func (t *typed) constantsOf(named *types.Named, v *Value) {
	if named.Obj().Pkg() == nil || v.Kind != KindString && v.Kind != KindInteger {
		return
	}
	scope := named.Obj().Pkg().Scope()
	var all []*types.Const
	for _, name := range scope.Names() {
		if c, ok := scope.Lookup(name).(*types.Const); ok && types.Identical(c.Type(), named) && c.Val().Kind() != constant.Unknown {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b *types.Const) int {
		p, q := t.fset.Position(a.Pos()), t.fset.Position(b.Pos())
		return cmp.Or(cmp.Compare(p.Filename, q.Filename), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
	})
	var values, names []string
	for _, c := range all {
		text := c.Val().ExactString()
		if c.Val().Kind() == constant.String {
			text = constant.StringVal(c.Val())
		}
		if !slices.Contains(values, text) {
			values, names = append(values, text), append(names, c.Name())
		}
	}
	if v.Kind == KindString || len(values) > 1 {
		v.Enum, v.Constants = values, names
	}
}
