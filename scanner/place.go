package scanner

import (
	"go/ast"
	"go/token"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// placed is a directive and the declaration that it stands on.
type placed struct {
	directive Directive
	file      *file

	// One of these is set.
	typ    *ast.TypeSpec
	method *ast.FuncDecl
}

// place finds what each directive of a file stands on, and reports those that
// stand at no good place. In a file that cannot be parsed, a directive without
// a declaration is the syntax error's consequence and not reported.
func (s *scan) place(f *file, directives []Directive) (all []placed) {
	var wrong []Directive
	for _, d := range directives {
		p := placed{directive: d, file: f}
		p.typ, p.method = f.declaration(d)
		switch {
		case d.Verb == "model" && p.typ != nil:
			if wrong := wrongType(p); wrong != nil {
				s.fault(f, d.Verb, wrong.With(s.putRight(p)))
				continue
			}
		case onType(d.Verb) && p.typ != nil:
		case !onType(d.Verb) && p.method != nil && p.method.Recv != nil:
		default:
			if !f.isTold(d, wrong) {
				s.fault(f, d.Verb, s.misplaced(p).With(s.putRight(p)))
			}
			wrong = append(wrong, d)
			continue
		}
		all = append(all, p)
	}
	return all
}

// fault reports what is wrong with the place of a directive. What is wrong with
// a model's is kept: it may be why there is no model.
func (s *scan) fault(f *file, verb string, d diag.Diagnostic) {
	switch {
	case len(f.broken) > 0:
	case verb == "model":
		s.causes = append(s.causes, d)
	default:
		s.report(d)
	}
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
			if decl.Tok == token.TYPE {
				if spec := f.typeSpec(decl, d); spec != nil {
					return spec, nil
				}
			}
		}
	}
	return nil, nil
}

func (f *file) typeSpec(decl *ast.GenDecl, d Directive) *ast.TypeSpec {
	for _, spec := range decl.Specs {
		spec := spec.(*ast.TypeSpec)
		if f.holds(spec.Doc, d) || !decl.Lparen.IsValid() && f.holds(decl.Doc, d) {
			return spec
		}
	}
	return nil
}

// holds tells whether a comment group holds a directive.
func (f *file) holds(group *ast.CommentGroup, d Directive) bool {
	return group != nil && f.offset(group.Pos()) <= d.Range.Start && d.Range.Start < f.offset(group.End())
}

// within tells whether a directive is inside of a node.
func (f *file) within(n ast.Node, d Directive) bool {
	return f.offset(n.Pos()) <= d.Range.Start && d.Range.Start < f.offset(n.End())
}

// wrongType says why the type that a model directive stands on cannot be a
// model, as far as its syntax tells, or returns nil.
func wrongType(p placed) *diag.Diagnostic {
	name, at := p.typ.Name.Name, p.directive.Head
	var d diag.Diagnostic
	switch typ := p.typ.Type.(type) {
	case *ast.StructType, *ast.Ident, *ast.SelectorExpr:
		switch {
		case p.typ.Assign.IsValid():
			d = diag.OnNoStruct(at, name, "an alias")
		case p.typ.TypeParams != nil:
			d = diag.Generic(p.file.rangeOf(p.typ.TypeParams), name)
		default:
			return nil
		}
	default:
		d = diag.OnNoStruct(at, name, kindOfType(typ))
	}
	return &d
}

func kindOfType(typ ast.Expr) string {
	switch typ.(type) {
	case *ast.InterfaceType:
		return "an interface"
	case *ast.FuncType:
		return "a function type"
	case *ast.MapType:
		return "a map"
	case *ast.ArrayType:
		return "an array or slice"
	case *ast.ChanType:
		return "a channel"
	case *ast.StarExpr:
		return "a pointer"
	}
	return "no struct"
}

// misplaced says at which wrong place a directive stands.
func (s *scan) misplaced(p placed) diag.Diagnostic {
	d, f := p.directive, p.file
	if before := f.src.Line(d.Head.Line)[:d.Head.Column-1]; strings.TrimLeft(before, " \t\ufeff") != "" {
		return diag.BehindCode(d.Head, d.Verb)
	}
	if f.offset(f.syntax.Package) > d.Range.Start {
		return diag.OnNothing(d.Head, d.Verb, "above the package clause")
	}
	if p.typ != nil {
		return diag.NotOnMethod(d.Head, d.Verb, "type "+p.typ.Name.Name)
	}
	for _, decl := range f.syntax.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if f.holds(decl.Doc, d) {
				return s.onFunction(p, decl)
			}
			if f.within(decl, d) {
				return diag.InFunction(d.Head, d.Verb, decl.Name.Name)
			}
		case *ast.GenDecl:
			if f.holds(decl.Doc, d) || f.within(decl, d) {
				return f.onGenDecl(decl, d)
			}
		}
	}
	return f.onNothing(d)
}

// onFunction is for a directive on a function or method that it is not for.
func (s *scan) onFunction(p placed, decl *ast.FuncDecl) diag.Diagnostic {
	d, name := p.directive, decl.Name.Name
	switch d.Verb {
	case "model":
	case "message":
		return diag.NotOnStruct(d.Head, "func "+name)
	case "track":
		return diag.TrackElsewhere(d.Head, "func "+name)
	default:
		return diag.NotOnMethod(d.Head, d.Verb, "func "+name)
	}
	if decl.Recv != nil {
		return diag.OnMethod(d.Head, name, receiver(decl))
	}
	if decl.Type.Results == nil || len(decl.Type.Results.List) == 0 {
		return diag.OnFunction(d.Head, name, "", diag.Range{})
	}
	result := decl.Type.Results.List[0].Type
	star, ok := result.(*ast.StarExpr)
	if ok {
		result = star.X
	}
	typ, ok := result.(*ast.Ident)
	if !ok {
		return diag.OnFunction(d.Head, name, "", diag.Range{})
	}
	at, spec := s.findType(p.file.dir(), typ.Name)
	if spec == nil {
		return diag.OnFunction(d.Head, name, "", diag.Range{})
	}
	returns := typ.Name
	if star != nil {
		returns = "*" + returns
	}
	return diag.OnFunction(d.Head, name, returns, at)
}

// receiver is the name of the type that a method is on.
func receiver(decl *ast.FuncDecl) string {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return ""
	}
	typ := decl.Recv.List[0].Type
	for {
		switch t := typ.(type) {
		case *ast.StarExpr:
			typ = t.X
		case *ast.ParenExpr:
			typ = t.X
		case *ast.IndexExpr:
			typ = t.X
		case *ast.IndexListExpr:
			typ = t.X
		case *ast.Ident:
			return t.Name
		default:
			return ""
		}
	}
}

// onGenDecl is for a directive on or in an import, const, var or type
// declaration.
func (f *file) onGenDecl(decl *ast.GenDecl, d Directive) diag.Diagnostic {
	what := decl.Tok.String()
	switch {
	case !f.holds(decl.Doc, d) && (decl.Tok == token.TYPE || !f.onSpec(decl, d)):
		return diag.OnNothing(d.Head, d.Verb, "inside of a "+what+" declaration")
	case d.Verb == "message":
		return diag.NotOnStruct(d.Head, "a "+what+" declaration")
	case d.Verb == "track":
		return diag.TrackElsewhere(d.Head, "a "+what+" declaration")
	case d.Verb != "model":
		return diag.NotOnMethod(d.Head, d.Verb, "a "+what+" declaration")
	case decl.Tok != token.TYPE:
		return diag.OnValue(d.Head, map[token.Token]string{token.CONST: "constant", token.VAR: "variable", token.IMPORT: "import"}[decl.Tok])
	}
	var names []string
	for _, spec := range decl.Specs {
		names = append(names, spec.(*ast.TypeSpec).Name.Name)
	}
	return diag.OnGroup(d.Head, names)
}

// onSpec tells whether a directive stands on one part of a declaration in
// parentheses.
func (f *file) onSpec(decl *ast.GenDecl, d Directive) bool {
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.ValueSpec:
			if f.holds(spec.Doc, d) {
				return true
			}
		case *ast.ImportSpec:
			if f.holds(spec.Doc, d) {
				return true
			}
		}
	}
	return false
}

// onNothing is for a directive between declarations: a blank line separates it
// from the next, or there is none.
func (f *file) onNothing(d Directive) diag.Diagnostic {
	for _, decl := range f.syntax.Decls {
		if f.offset(decl.Pos()) < d.Range.Start {
			continue
		}
		below := describe(decl)
		if below == "" {
			return diag.OnNothing(d.Head, d.Verb, "above a declaration that it is not for")
		}
		line := d.Head.Line + 1
		for strings.TrimSpace(f.src.Line(line)) != "" {
			line++
		}
		start := f.src.Offset(line, 1)
		return diag.Detached(d.Head, d.Verb, below, f.src.Range(start, start))
	}
	return diag.OnNothing(d.Head, d.Verb, "at the end of the file")
}

// describe names a declaration that a directive may stand on.
func describe(decl ast.Decl) string {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl.Recv != nil {
			return "method " + decl.Name.Name
		}
		return "func " + decl.Name.Name
	case *ast.GenDecl:
		if decl.Tok == token.TYPE && len(decl.Specs) > 0 {
			return "type " + decl.Specs[0].(*ast.TypeSpec).Name.Name
		}
	}
	return ""
}
