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
