package lsp

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
)

// twins adds the constants that are declared under the name of another in files for other
// platforms, each to what it names.
func (n *naming) twins(e *entity, c *types.Const, part span) {
	i := slices.IndexFunc(n.source.reached(), func(p *goPackage) bool { return p.types == c.Pkg() })
	if i < 0 || c.Parent() != c.Pkg().Scope() {
		return
	}
	p := n.source.reached()[i]
	for _, f := range p.files {
		for _, decl := range f.syntax.Decls {
			if ident, value := declared(decl, c.Name()); ident != nil && ident.Pos() != c.Pos() {
				n.twin(e, c, part, f, value, p.info.Types[value].Value)
			}
		}
	}
}

// twin adds one that is declared as an expression.
func (n *naming) twin(e *entity, c *types.Const, part span, f *goFile, expr ast.Expr, value constant.Value) {
	if value == nil || value.Kind() != constant.String {
		return
	}
	if name := constant.StringVal(value); name != constant.StringVal(c.Val()) {
		if e = n.find(e.kind, name); e == nil || e.kind == configKey {
			return
		}
		part = span{0, len(name)}
	}
	if lit, ok := ast.Unparen(expr).(*ast.BasicLit); ok {
		n.literal(f, e, lit, part).constant = c
	} else {
		e.why = "the constant " + c.Name() + " is put together at " + n.placeOf(f.path, f.span(expr)) + " as well"
	}
}

// declared is the constant of a name in a declaration, with its value, or nil.
func declared(decl ast.Decl, name string) (*ast.Ident, ast.Expr) {
	d, ok := decl.(*ast.GenDecl)
	if !ok || d.Tok != token.CONST {
		return nil, nil
	}
	for _, spec := range d.Specs {
		spec := spec.(*ast.ValueSpec)
		for i, ident := range spec.Names {
			if ident.Name == name && i < len(spec.Values) {
				return ident, spec.Values[i]
			}
		}
	}
	return nil, nil
}
