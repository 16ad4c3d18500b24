package scanner

import (
	"go/ast"
	"go/token"
)

// placed is a directive and the declaration that it stands on.
type placed struct {
	directive Directive
	file      *file

	// One of these is set.
	typ    *ast.TypeSpec
	method *ast.FuncDecl
}

// place finds what each directive of a file stands on.
func (s *scan) place(f *file, in found) []placed {
	if len(in.directives) == 0 {
		return nil
	}
	f.parse(s.fset)
	var all []placed
	for _, d := range in.directives {
		p := placed{directive: d, file: f}
		p.typ, p.method = f.declaration(d)
		if p.typ != nil || p.method != nil {
			all = append(all, p)
		}
	}
	return all
}

// declaration returns the type or function whose doc comment holds a directive.
func (f *file) declaration(d Directive) (*ast.TypeSpec, *ast.FuncDecl) {
	for _, decl := range f.syntax.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if f.holds(decl.Doc, d) {
				return nil, decl
			}
		case *ast.GenDecl:
			if decl.Tok != token.TYPE {
				continue
			}
			for _, spec := range decl.Specs {
				spec := spec.(*ast.TypeSpec)
				if f.holds(spec.Doc, d) || len(decl.Specs) == 1 && f.holds(decl.Doc, d) {
					return spec, nil
				}
			}
		}
	}
	return nil, nil
}

// holds tells whether a comment group holds a directive.
func (f *file) holds(group *ast.CommentGroup, d Directive) bool {
	return group != nil && f.offset(group.Pos()) <= d.Range.Start && d.Range.Start < f.offset(group.End())
}
