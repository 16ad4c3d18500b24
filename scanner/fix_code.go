package scanner

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// rename is the fix that gives an object of the model's package another name,
// wherever the package uses it. It is none where that name is taken.
func (t *typed) rename(obj types.Object, name string) diag.Fix {
	if obj == nil || obj.Pkg() != t.pkg.Types || t.pkg.TypesInfo == nil || t.isTaken(obj, name) {
		return diag.Fix{}
	}
	var edits []diag.Edit
	use := func(id *ast.Ident, used types.Object) {
		if used == obj && id.Name == obj.Name() {
			edits = append(edits, replace(t.at(id.Pos(), len(id.Name)), name))
		}
	}
	for id, used := range t.pkg.TypesInfo.Defs {
		use(id, used)
	}
	for id, used := range t.pkg.TypesInfo.Uses {
		use(id, used)
	}
	slices.SortFunc(edits, func(a, b diag.Edit) int {
		return cmp.Or(cmp.Compare(a.Range.File, b.Range.File), cmp.Compare(a.Range.Start, b.Range.Start))
	})
	return diag.Rename(name, edits)
}

// isTaken tells whether an object cannot have a name, as another has it.
func (t *typed) isTaken(obj types.Object, name string) bool {
	f, ok := obj.(*types.Func)
	if !ok || f.Signature().Recv() == nil {
		return t.pkg.Types.Scope().Lookup(name) != nil
	}
	other, _, _ := types.LookupFieldOrMethod(f.Signature().Recv().Type(), true, t.pkg.Types, name)
	return other != nil
}

// implement is the fix of a model that lacks one method: its own is changed or
// renamed, or one is added.
func (t *typed) implement(faults []diag.MethodFault) diag.Fix {
	if len(faults) != 1 {
		return diag.Fix{}
	}
	name, _, _ := strings.Cut(faults[0].Want, "(")
	switch near := t.nearMethod(name); {
	case faults[0].Have != "":
		return t.changeSignature(name, faults[0].Want)
	case near != nil && near.Signature().Recv() != nil:
		if want := t.wanted(name); want != nil && types.Identical(want.Signature(), near.Signature()) {
			return t.rename(near, name)
		}
		return diag.Fix{}
	case near != nil || faults[0].Want != startSession:
		return diag.Fix{}
	}
	return t.addStartSession()
}

// wanted is a method of the interface, or nil.
func (t *typed) wanted(name string) *types.Func {
	iface := t.videoModel()
	if iface == nil {
		return nil
	}
	for m := range iface.Methods() {
		if m.Name() == name {
			return m
		}
	}
	return nil
}

// changeSignature is the fix of the model's own method with other parameters or
// results than it needs.
func (t *typed) changeSignature(name, want string) diag.Fix {
	f, decl := t.funcDecl(t.method(name))
	if decl == nil {
		return diag.Fix{}
	}
	api := f.importName(apiPath)
	if api == "" && strings.Contains(want, "reactor.") {
		return diag.Fix{}
	}
	signature := strings.ReplaceAll(strings.TrimPrefix(want, name), "reactor.", api+".")
	if api == "." {
		signature = strings.ReplaceAll(strings.TrimPrefix(want, name), "reactor.", "")
	}
	at := f.src.Range(f.offset(decl.Name.End()), f.offset(decl.Type.End()))
	return diag.ChangeSignature(want, []diag.Edit{replace(at, signature)})
}

// funcDecl is the declaration of a function of the model's package and its file.
func (t *typed) funcDecl(fn *types.Func) (*file, *ast.FuncDecl) {
	if fn == nil || fn.Pkg() != t.pkg.Types {
		return nil, nil
	}
	at := t.place(fn)
	for _, f := range t.filesOf(t.pkg) {
		if f.path != at.File {
			continue
		}
		for _, decl := range f.syntax.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok && f.offset(decl.Name.Pos()) == at.Start {
				return f, decl
			}
		}
	}
	return nil, nil
}

// target is the declaration of a type of the model's package as a target.
func (t *typed) target(obj types.Object) *target {
	at := t.place(obj)
	for _, f := range t.filesOf(t.pkg) {
		if f.path != at.File || len(f.broken) > 0 {
			continue
		}
		for _, decl := range f.syntax.Decls {
			decl, ok := decl.(*ast.GenDecl)
			if !ok || decl.Tok != token.TYPE {
				continue
			}
			for _, spec := range decl.Specs {
				if spec := spec.(*ast.TypeSpec); f.offset(spec.Name.Pos()) == at.Start {
					return f.targetType(spec)
				}
			}
		}
	}
	return nil
}

// importName is the name by which a file has a package: "." for its names
// without one, "" when it does not import it.
func (f *file) importName(importPath string) string {
	for _, spec := range f.syntax.Imports {
		switch got, err := strconv.Unquote(spec.Path.Value); {
		case err != nil || got != importPath:
		case spec.Name == nil:
			return got[strings.LastIndex(got, "/")+1:]
		case spec.Name.Name != "_":
			return spec.Name.Name
		}
	}
	return ""
}

// addStartSession is the fix of a model without the one method that it needs.
func (t *typed) addStartSession() diag.Fix {
	to := t.target(t.obj)
	if to == nil {
		return diag.Fix{}
	}
	f := to.file
	api := f.importName(apiPath)
	edits := []diag.Edit{}
	if api == "" {
		edits, api = append(edits, f.addImport(apiPath)), "reactor"
	}
	qualifier := api + "."
	if api == "." {
		qualifier = ""
	}
	end := 0
	for _, decl := range f.syntax.Decls {
		if stop := f.offset(decl.End()); f.offset(decl.Pos()) <= to.at && to.at < stop {
			end = stop
		}
	}
	lines := []string{
		"", "",
		"// StartSession is one session of a client, from its beginning to its end.",
		"func (m *" + t.obj.Name() + ") StartSession(ctx " + qualifier + "Context) error {",
		"\tfor !ctx.ShouldStop() {",
		"\t\tif err := ctx.EmitBlock(nil); err != nil {",
		"\t\t\treturn err",
		"\t\t}",
		"\t}",
		"\treturn nil",
		"}",
	}
	line, _ := f.src.Position(end)
	end = lineStart(f.src, line) + len(f.src.Line(line)) // behind a comment on that line
	edits = append(edits, replace(f.src.Range(end, end), strings.Join(lines, lineEnd(f.src))))
	return diag.AddMethod("StartSession", edits)
}

// addImport is the edit that adds an import to a file, before its others.
func (f *file) addImport(importPath string) diag.Edit {
	eol, path := lineEnd(f.src), strconv.Quote(importPath)
	for _, decl := range f.syntax.Decls {
		decl, ok := decl.(*ast.GenDecl)
		if !ok || decl.Tok != token.IMPORT {
			continue
		}
		if !decl.Lparen.IsValid() {
			return f.insert(f.offset(decl.End()), eol+"import "+path)
		}
		last := f.offset(decl.Rparen)
		return f.insert(last, eol+"\t"+path+eol)
	}
	return f.insert(f.offset(f.syntax.Name.End()), eol+eol+"import "+path)
}

func (f *file) insert(at int, text string) diag.Edit { return replace(f.src.Range(at, at), text) }

// returnPointer is the fix of a constructor that returns the model itself and
// not a pointer to it.
func (t *typed) returnPointer(fn *types.Func) diag.Fix {
	results := fn.Signature().Results()
	good := results.Len() == 1 || results.Len() == 2 && isError(results.At(1).Type())
	f, decl := t.funcDecl(fn)
	if !good || decl == nil || !types.Identical(results.At(0).Type(), t.obj.Type()) || decl.Body == nil {
		return diag.Fix{}
	}
	edits := []diag.Edit{f.insert(f.offset(decl.Type.Results.List[0].Type.Pos()), "*")}
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if len(n.Results) == 0 {
				break
			}
			if lit, ok := n.Results[0].(*ast.CompositeLit); ok {
				edits = append(edits, f.insert(f.offset(lit.Pos()), "&"))
			}
		}
		return true
	})
	return diag.ReturnPointer(t.obj.Name(), edits)
}

// nearImport is the fix of an import of a path that is nearly one there is.
func nearImport(fault diag.ImportFault) diag.Fix {
	if fault.Near == "" {
		return diag.Fix{}
	}
	text := strconv.Quote(fault.Near)
	edits := []diag.Edit{replace(fault.At, text)}
	for _, at := range fault.Also {
		edits = append(edits, replace(at, text))
	}
	return diag.WriteGuess(text, edits)
}

// otherPointer is the fix of a constructor's parameter that is supplied as a
// pointer and taken as a value, or the other way round.
func (t *typed) otherPointer(fn *types.Func, v *types.Var) diag.Fix {
	f, decl := t.funcDecl(fn)
	if decl == nil {
		return diag.Fix{}
	}
	i := slices.IndexFunc(decl.Type.Params.List, func(field *ast.Field) bool {
		return f.offset(field.Pos()) <= t.placeOfVar(v).Start && t.placeOfVar(v).Start < f.offset(field.End())
	})
	if i < 0 {
		return diag.Fix{}
	}
	typ := decl.Type.Params.List[i].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		if _, ok := t.input(pointerTo(v.Type())); !ok {
			return diag.Fix{}
		}
		at := f.src.Range(f.offset(star.Pos()), f.offset(star.X.Pos()))
		return diag.TakeType(t.typeText(pointerTo(v.Type())), []diag.Edit{replace(at, "")})
	}
	if _, ok := t.input(types.NewPointer(v.Type())); !ok {
		return diag.Fix{}
	}
	return diag.TakeType("*"+t.typeText(v.Type()), []diag.Edit{f.insert(f.offset(typ.Pos()), "*")})
}

// declareWeights is the fix of a directive that does not declare weights.
func declareWeights(p placed, name string) diag.Fix {
	d := &p.directive
	arg := d.Get("weights")
	if !weightsName.MatchString(name) {
		return diag.Fix{}
	}
	src := p.file.src
	if arg == nil || arg.Value == "" {
		after := src.Range(d.Range.End, d.Range.End)
		edit := replace(after, " weights="+name)
		if arg != nil {
			edit = replace(arg.Range, "weights="+name)
		}
		return diag.WriteGuess("weights="+name, []diag.Edit{edit})
	}
	text := "," + name
	at := arg.ValueRange.End
	if src.Text[arg.Range.End-1] == ']' {
		text, at = `, "`+name+`"`, arg.Range.End-1
	}
	return diag.WriteGuess("weights="+arg.Value+","+name, []diag.Edit{replace(src.Range(at, at), text)})
}

// nearWeights is the fix of a call that asks for a name which is nearly a
// declared one, where the name is written in it.
func (t *typed) nearWeights(arg ast.Expr, near string) diag.Fix {
	literal, ok := arg.(*ast.BasicLit)
	if !ok {
		return diag.Fix{}
	}
	text := strconv.Quote(near)
	return diag.WriteGuess(text, []diag.Edit{replace(t.at(literal.Pos(), len(literal.Value)), text)})
}
