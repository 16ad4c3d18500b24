package scanner

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/diag"
)

// apiPath is the import path of the author's API. It is known by name: the tool
// never imports it.
const apiPath = "github.com/reactorgen/reactor"

// typed is the model's type and the package around it.
type typed struct {
	*scan
	pkg *packages.Package
	obj *types.TypeName
	dir string // relative to the root
}

// model describes the type that a model directive stands on. It returns nil
// when its package cannot be understood, after saying why.
func (s *scan) model(p placed, all []placed) *Model {
	m := &Model{Type: p.typ.Name.Name}
	s.identity(p, m)
	m.Tracks = s.outputs(p, all)
	pkg := s.packageIn(p.file.dir())
	if pkg == nil || s.lone && unresolved(pkg.Types) || s.importErrors(pkg) || s.listErrors(pkg) {
		return nil
	}
	obj, _ := pkg.Types.Scope().Lookup(m.Type).(*types.TypeName)
	if obj == nil {
		return nil
	}
	m.Package = Package{Path: pkg.PkgPath, Name: pkg.Name, Dir: p.file.dir()}
	t := &typed{scan: s, pkg: pkg, obj: obj, dir: p.file.dir()}
	if !t.isModelType(p) || t.withoutAPI() || t.onNeighbour(p) || t.cutOff() {
		return nil
	}
	t.contract()
	m.Constructor = t.constructor()
	t.typedConfig(p)
	m.Commands = t.commands(all)
	m.Messages = t.messages(all)
	t.trackNames(p, m.Tracks)
	m.Tracks = append(m.Tracks, t.inputs(m.Commands)...)
	t.weightNames(p)
	return m
}

// isModelType reports what only types tell: that it is no struct after all, or
// out of reach.
func (t *typed) isModelType(p placed) bool {
	name := t.obj.Name()
	if invalid(t.obj.Type().Underlying()) {
		t.doesNotCompile("type "+name, p.file.rangeOf(p.typ))
		return false
	}
	if d, ok := t.redeclared(); ok {
		t.report(d)
		return false
	}
	if _, ok := t.obj.Type().Underlying().(*types.Struct); !ok {
		t.report(diag.OnNoStruct(p.directive.Head, name, t.typeText(t.obj.Type().Underlying())))
		return false
	}
	if !t.obj.Exported() && t.pkg.Name != "main" {
		t.report(diag.Unexported(t.place(t.obj), name, exportedName(name), t.pkg.Name).With(t.rename(t.obj, exportedName(name))))
		return false
	}
	return true
}

// invalid tells whether a type has a part that does not compile, as far as it
// is written out.
func invalid(typ types.Type) bool {
	switch typ := types.Unalias(typ).(type) {
	case *types.Basic:
		return typ.Kind() == types.Invalid
	case *types.Named:
		basic, ok := typ.Underlying().(*types.Basic)
		return ok && invalid(basic)
	case *types.Pointer:
		return invalid(typ.Elem())
	case *types.Slice:
		return invalid(typ.Elem())
	case *types.Signature:
		return invalid(typ.Params()) || invalid(typ.Results())
	case *types.Tuple:
		for v := range typ.Variables() {
			if invalid(v.Type()) {
				return true
			}
		}
	}
	return false
}

// doesNotCompile reports the compiler's first error in a range of the package's
// source, or without a place when it has none there.
func (t *typed) doesNotCompile(what string, in diag.Range) {
	for _, d := range t.compilerErrors(t.pkg) {
		if at := d.Range; at.File == in.File && in.Start <= at.Start && at.Start < in.End {
			first := diag.DoesNotCompile(at, what, d.Summary)
			first.Related = d.Related
			t.reportOr(first)
			return
		}
	}
	d := diag.DoesNotCompile(in, what, "it uses a type that is not known")
	if c, failed := cgoFailure(t.pkg); failed {
		d = diag.TypeOfC(in, what, c)
	}
	t.reportOr(d)
}

// wordAt is the length of the name at an offset, at least one.
func wordAt(src *diag.Source, offset int) int {
	if src == nil {
		return 1
	}
	rest := string(src.Text[min(offset, len(src.Text)):])
	end := strings.IndexFunc(rest, func(r rune) bool { return !isNameRune(r) })
	if end < 0 {
		end = len(rest)
	}
	return max(end, 1)
}

func isNameRune(r rune) bool { return r == '.' || token.IsIdentifier("_"+string(r)) }

// declarationOf is the range of a function's head in its source: from "func" to
// its last result.
func (t *typed) declarationOf(f *types.Func) diag.Range {
	at := t.place(f)
	for _, file := range t.filesOf(t.pkg) {
		if file.path != at.File {
			continue
		}
		for _, decl := range file.syntax.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok && file.offset(decl.Name.Pos()) == at.Start {
				return file.src.Range(file.offset(decl.Pos()), file.offset(decl.Type.End()))
			}
		}
	}
	return at
}

// isAPI tells whether a type is the one of that name in the author's API.
func isAPI(t types.Type, name string) bool { return isNamed(t, apiPath, name) }

// isNamed tells whether a type is the named type of a package.
func isNamed(t types.Type, path, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	obj := named.Obj()
	return obj.Name() == name && obj.Pkg() != nil && obj.Pkg().Path() == path
}

// pointerTo returns what a pointer points to, or nil when t is none.
func pointerTo(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return p.Elem()
	}
	return nil
}

// isError tells whether a type is the predeclared error.
func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }
