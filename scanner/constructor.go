package scanner

import (
	"go/types"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// constructor describes New or New<Type> of the model's package; nil means that
// there is none, or none that is good.
func (t *typed) constructor() *Constructor {
	var all, good []*types.Func
	for _, name := range []string{"New", "New" + t.obj.Name()} {
		if f := t.function(name); f != nil {
			all = append(all, f)
			if t.makesModel(f.Signature()) {
				good = append(good, f)
			}
		}
	}
	switch {
	case len(all) == 0:
		return nil
	case len(good) == 2:
		t.report(diag.TwoConstructors(t.place(good[1]), good[1].Name(), t.place(good[0]), good[0].Name()))
		return nil
	case len(good) == 0:
		t.wrongResult(all[len(all)-1])
		return nil
	}
	return t.describeConstructor(good[0])
}

// function returns the package's function of a name, or nil. One of a test, or of
// a generated main, is none of the model's.
func (t *typed) function(name string) *types.Func {
	f, ok := t.pkg.Types.Scope().Lookup(name).(*types.Func)
	if !ok || !t.isScanned(f.Pos()) {
		return nil
	}
	return f
}

// makesModel tells whether a function returns *T or (*T, error).
func (t *typed) makesModel(sig *types.Signature) bool {
	results := sig.Results()
	if sig.TypeParams() != nil || results.Len() == 0 || results.Len() > 2 {
		return false
	}
	elem := pointerTo(results.At(0).Type())
	return elem != nil && types.Identical(elem, t.obj.Type()) && (results.Len() == 1 || isError(results.At(1).Type()))
}

func (t *typed) wrongResult(f *types.Func) {
	sig := f.Signature()
	switch {
	case invalid(sig.Results()):
		t.doesNotCompile("constructor "+f.Name(), t.declarationOf(f))
	case sig.TypeParams() != nil:
		t.report(diag.GenericConstructor(t.place(f), f.Name(), t.obj.Name()))
	default:
		have := t.typeText(sig.Results())
		if sig.Results().Len() == 1 {
			have = t.typeText(sig.Results().At(0).Type())
		}
		t.report(diag.WrongResult(t.place(f), f.Name(), t.obj.Name(), strings.TrimSuffix(have, "()")).With(t.returnPointer(f)))
	}
}

func (t *typed) describeConstructor(f *types.Func) *Constructor {
	sig := f.Signature()
	c := &Constructor{Name: f.Name(), ReturnsError: sig.Results().Len() == 2}
	var config *types.Var
	for p := range sig.Params().Variables() {
		if invalid(p.Type()) {
			t.doesNotCompile("constructor "+f.Name(), t.declarationOf(f))
			return nil
		}
		input, ok := t.input(p.Type())
		last := p == sig.Params().At(sig.Params().Len()-1)
		if !ok || sig.Variadic() && last {
			t.report(diag.NoInput(t.placeOfVar(p), f.Name(), p.Name(), t.typeText(p.Type())).With(t.otherPointer(f, p)))
			continue
		}
		if input.Kind == InputConfig || input.Kind == InputUntyped {
			if config != nil {
				t.report(diag.TwoConfigs(t.placeOfVar(p), f.Name(), t.placeOfVar(config)))
			}
			config = p
			t.reach(diag.RG313, p, input.Type)
		}
		c.Inputs = append(c.Inputs, input)
	}
	return c
}

// placeOfVar is the place of a parameter: its name, or its type when it has
// none.
func (t *typed) placeOfVar(v *types.Var) diag.Range {
	return t.at(v.Pos(), max(len(v.Name()), 1))
}

// input says which of the things that the runtime supplies a type stands for.
func (t *typed) input(typ types.Type) (Input, bool) {
	elem := pointerTo(typ)
	switch {
	case isNamed(typ, "context", "Context"):
		return Input{Kind: InputContext}, true
	case elem != nil && isNamed(elem, "log/slog", "Logger"):
		return Input{Kind: InputLogger}, true
	case elem != nil && isAPI(elem, "Config"):
		return Input{Kind: InputUntyped}, true
	case isAPI(typ, "Weights"):
		return Input{Kind: InputWeights}, true
	case isAPI(typ, "Identity"):
		return Input{Kind: InputIdentity}, true
	}
	config := typ
	if elem != nil {
		config = elem
	}
	named, ok := types.Unalias(config).(*types.Named)
	if !ok || !t.isConfigStruct(named) {
		return Input{}, false
	}
	return Input{Kind: InputConfig, Type: t.typeName(named), Pointer: elem != nil}, true
}

// isConfigStruct tells whether a type is a struct that YAML can be decoded
// into: one of the author's, not of the API or the standard library.
func (t *typed) isConfigStruct(named *types.Named) bool {
	_, isStruct := named.Underlying().(*types.Struct)
	obj := named.Obj()
	if !isStruct || obj.Pkg() == nil || obj == t.obj || named.TypeParams() != nil {
		return false
	}
	if obj.Pkg() == t.pkg.Types {
		return true
	}
	first, _, _ := strings.Cut(obj.Pkg().Path(), "/")
	return obj.Pkg().Path() != apiPath && (strings.Contains(first, ".") || t.inModule(obj.Pkg().Path()))
}

func (s *scan) inModule(path string) bool {
	_, ok := s.module.dirOf(path)
	return ok
}

// reach reports the type of a parameter that the program around the model cannot
// name. A zero name is none of the author's and in reach.
func (t *typed) reach(code diag.Code, v *types.Var, name TypeName) {
	t.canName(code, t.placeOfVar(v), name)
}

// canName is reach with the place where the type is used.
func (t *typed) canName(code diag.Code, at diag.Range, name TypeName) {
	if name.Name == "" || t.pkg.Name == "main" && name.Package.Path == t.pkg.PkgPath {
		return
	}
	switch {
	case !isExported(name.Name):
		t.report(diag.UnexportedType(code, at, name.Name, exportedName(name.Name)).
			With(t.rename(t.pkg.Types.Scope().Lookup(name.Name), exportedName(name.Name))))
	case name.Package.Name == "main", !t.mayImport(name.Package.Path):
		t.report(diag.UnreachableType(code, at, name.Name, name.Package.Path))
	}
}

// mayImport tells whether the program around the model, which is below the
// project's root, may import a package, as far as internal folders go.
func (t *typed) mayImport(path string) bool {
	i := strings.LastIndex("/"+path+"/", "/internal/")
	if i < 0 {
		return true
	}
	parent := strings.TrimSuffix(path[:max(i-1, 0)], "/")
	root := t.module.importPath(t.root)
	if t.lone {
		root = t.pkg.PkgPath // the project's root is here or above
	}
	return root == parent || strings.HasPrefix(root, parent+"/")
}

// typeName names a type as generated code has to.
func (t *typed) typeName(named *types.Named) TypeName {
	pkg := named.Obj().Pkg()
	name := TypeName{Name: named.Obj().Name()}
	if pkg == nil {
		return name
	}
	name.Package = Package{Path: pkg.Path(), Name: pkg.Name()}
	if dir, ok := t.module.dirOf(pkg.Path()); ok {
		name.Package.Dir = t.rel(dir)
	}
	return name
}
