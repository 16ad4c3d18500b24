package scanner

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/reactorgen/reactor/diag"
)

// putRight is the fix of a directive at a wrong place: one that a blank line
// separates from its declaration is joined with it, another is moved to where it
// was probably meant.
func (s *scan) putRight(p placed) diag.Fix {
	f, d := p.file, &p.directive
	if len(f.broken) > 0 {
		return diag.Fix{}
	}
	c, to := f.groupAt(d.Range.Start), s.meantFor(p)
	below := f.below(d)
	if d.Verb == "track" && to != nil && below != nil && below.name != to.name {
		below = nil // it is another type
	}
	if below != nil && c != nil && !c.abut() {
		if fix := f.join(d, c, below); len(fix.Edits) > 0 {
			return fix
		}
	}
	if to == nil {
		return diag.Fix{}
	}
	return diag.Move(to.name, f.move(d, to))
}

// below is the declaration under a directive that is in none, if it is one that
// the directive may stand on.
func (f *file) below(d *Directive) *target {
	for _, decl := range f.syntax.Decls {
		switch start := f.offset(decl.Pos()); {
		case start >= d.Range.Start:
			return f.fitting(decl, d.Verb)
		case d.Range.Start < f.offset(decl.End()):
			return nil
		}
	}
	return nil
}

// fitting is a declaration as a target, if directives of a verb may stand on it.
func (f *file) fitting(decl ast.Decl, verb string) *target {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if !onType(verb) && decl.Recv != nil {
			return f.targetFunc(decl)
		}
	case *ast.GenDecl:
		if onType(verb) && decl.Tok == token.TYPE && !decl.Lparen.IsValid() && isStructSpec(decl.Specs[0]) {
			return f.targetType(decl.Specs[0].(*ast.TypeSpec))
		}
	}
	return nil
}

func isStructSpec(spec ast.Spec) bool {
	typ, ok := spec.(*ast.TypeSpec)
	if !ok || typ.Assign.IsValid() || typ.TypeParams != nil {
		return false
	}
	_, ok = typ.Type.(*ast.StructType)
	return ok
}

// join is the fix of a directive in the comments above a declaration, from which
// they are separated. Where the declaration has no comment and nothing else is
// between, the comments become its own.
func (f *file) join(d *Directive, c *comments, to *target) diag.Fix {
	declLine, _ := f.src.Position(to.at)
	gap := c.after()
	for isEmptyLine(f.src, gap) {
		gap++
	}
	if f.offset(f.syntax.Package) > d.Range.Start {
		return diag.Fix{}
	}
	if to.doc != nil || gap != declLine {
		fix := diag.Attach(to.name, f.move(d, to))
		fix.Safe = to.doc != nil && f.offset(to.doc.Pos()) == lineStart(f.src, gap)
		return fix
	}
	text := c.lines[c.index(d.Range.Start)]
	edits := c.become(rewritten(c.lines, c.index(d.Range.Start), text))
	blank := replace(f.src.Range(lineStart(f.src, c.after()), lineStart(f.src, declLine)), "")
	return diag.DeleteBlankLine(append(edits, blank))
}

// meantFor is the declaration that a directive at a wrong place was probably
// meant for, or nil.
func (s *scan) meantFor(p placed) *target {
	f, d := p.file, &p.directive
	if d.Verb == "track" {
		return s.onlyModelType(f.dir())
	}
	for _, decl := range f.syntax.Decls {
		firstLine, _ := f.src.Position(f.offset(decl.Pos()))
		lastLine, _ := f.src.Position(f.offset(decl.End()))
		around := firstLine <= d.Head.Line && d.Head.Line <= lastLine
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if !onType(d.Verb) && around && decl.Recv != nil {
				return f.targetFunc(decl)
			}
			if d.Verb == "model" && (around || f.holds(decl.Doc, *d)) {
				if to := s.typeNamed(f.dir(), madeBy(decl)); to != nil {
					return to
				}
			}
		case *ast.GenDecl:
			if onType(d.Verb) && (around || f.holds(decl.Doc, *d)) {
				if to := s.inGroup(f, decl, d.Head.Line); to != nil {
					return to
				}
			}
		}
	}
	if d.Verb != "model" {
		return nil
	}
	return s.onlyModelType(f.dir())
}

// madeBy is the type that a function makes or that a method is on, or "".
func madeBy(decl *ast.FuncDecl) string {
	if decl.Recv != nil {
		return receiver(decl)
	}
	if decl.Type.Results == nil || len(decl.Type.Results.List) == 0 {
		return ""
	}
	result := decl.Type.Results.List[0].Type
	if star, ok := result.(*ast.StarExpr); ok {
		result = star.X
	}
	if name, ok := result.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

// inGroup is the struct of a type declaration that is on a line, or its only one.
func (s *scan) inGroup(f *file, decl *ast.GenDecl, line int) *target {
	var structs []*ast.TypeSpec
	for _, spec := range decl.Specs {
		if !isStructSpec(spec) {
			continue
		}
		first, _ := f.src.Position(f.offset(spec.Pos()))
		last, _ := f.src.Position(f.offset(spec.End()))
		if first <= line && line <= last {
			return f.targetType(spec.(*ast.TypeSpec))
		}
		structs = append(structs, spec.(*ast.TypeSpec))
	}
	if len(structs) == 1 {
		return f.targetType(structs[0])
	}
	return nil
}

// inFolder are the parsed files of a folder that are part of the program.
func (s *scan) inFolder(dir string) (files []*file) {
	for _, f := range s.tree.files {
		if f.dir() == dir && f.built() && s.read(f) == nil {
			f.parse(s.parsed)
			files = append(files, f)
		}
	}
	return files
}

// typeNamed is a struct of a folder by its name, or nil.
func (s *scan) typeNamed(dir, name string) *target {
	for _, f := range s.inFolder(dir) {
		for _, decl := range f.syntax.Decls {
			decl, ok := decl.(*ast.GenDecl)
			if !ok || decl.Tok != token.TYPE {
				continue
			}
			for _, spec := range decl.Specs {
				if isStructSpec(spec) && spec.(*ast.TypeSpec).Name.Name == name {
					return f.targetType(spec.(*ast.TypeSpec))
				}
			}
		}
	}
	return nil
}

// onlyModelType is the one struct of a folder that has the method of a model, or
// nil.
func (s *scan) onlyModelType(dir string) *target {
	var names []string
	for _, f := range s.inFolder(dir) {
		for _, decl := range f.syntax.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok && decl.Recv != nil && decl.Name.Name == "StartSession" {
				names = append(names, receiver(decl))
			}
		}
	}
	if slices.Sort(names); len(slices.Compact(names)) != 1 {
		return nil
	}
	return s.typeNamed(dir, names[0])
}

// keepOne is the fix of several models: all directives but the first are
// dropped.
func (s *scan) keepOne(models []placed) diag.Fix {
	var edits []diag.Edit
	for _, m := range models[1:] {
		if m.typ != models[0].typ {
			edits = append(edits, m.file.erase(&m.directive)...)
		}
	}
	return diag.KeepModel(models[0].typ.Name.Name, edits)
}

// dropSecond is the fix of a second directive on a declaration.
func (s *scan) dropSecond(first, second *Directive) diag.Fix {
	f := s.fileOf(second.Range)
	if f == nil {
		return diag.Fix{}
	}
	src := f.src.Text
	if string(src[first.Range.Start:first.Range.End]) == string(src[second.Range.Start:second.Range.End]) {
		return s.drop(second, diag.Drop)
	}
	return s.drop(second, diag.DropMeant)
}

// addAbove is the fix of a declaration that lacks a directive.
func addAbove(directive string, to *target) diag.Fix {
	if to == nil {
		return diag.Fix{}
	}
	return diag.Decorate(directive, to.name, to.write(directive))
}
