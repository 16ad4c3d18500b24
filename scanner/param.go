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
	basic, _ := v.Type().Underlying().(*types.Basic)
	switch {
	case v.Name() == "" || v.Name() == "_":
		t.report(diag.UnnamedParam(t.placeOfVar(v), method))
		return nil
	case basic == nil || kindOf(basic) == "":
		t.report(diag.BadParamType(t.placeOfVar(v), v.Name(), t.typeText(v.Type())))
		return nil
	}
	p := &Param{Name: v.Name(), Value: Value{Kind: kindOf(basic), GoType: basic.Name(), MinLen: -1, MaxLen: -1}}
	if named, ok := types.Unalias(v.Type()).(*types.Named); ok {
		p.Named = t.typeName(named)
		t.reach(diag.RG323, v, p.Named)
		if p.Kind == KindString {
			p.Enum = t.constantsOf(named)
		}
	}
	if d != nil {
		l := &limits{typed: t, param: p, basic: basic, directive: d, src: src, typ: t.typeText(v.Type())}
		l.read()
	}
	return p
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
// package declares, in the order of their declaration, each once.
func (t *typed) constantsOf(named *types.Named) (values []string) {
	if named.Obj().Pkg() == nil {
		return nil
	}
	scope := named.Obj().Pkg().Scope()
	var all []*types.Const
	for _, name := range scope.Names() {
		if c, ok := scope.Lookup(name).(*types.Const); ok && types.Identical(c.Type(), named) && c.Val().Kind() == constant.String {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b *types.Const) int {
		p, q := t.fset.Position(a.Pos()), t.fset.Position(b.Pos())
		return cmp.Or(cmp.Compare(p.Filename, q.Filename), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
	})
	for _, c := range all {
		if v := constant.StringVal(c.Val()); !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	return values
}
