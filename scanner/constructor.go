package scanner

import (
	"go/types"
	"path/filepath"
)

// constructor describes New or New<Type> of the model's package; nil means that
// there is none.
func (t *typed) constructor() *Constructor {
	for _, name := range []string{"New", "New" + t.obj.Name()} {
		if f, ok := t.pkg.Types.Scope().Lookup(name).(*types.Func); ok {
			return t.describeConstructor(f)
		}
	}
	return nil
}

func (t *typed) describeConstructor(f *types.Func) *Constructor {
	sig := f.Signature()
	c := &Constructor{Name: f.Name(), ReturnsError: sig.Results().Len() == 2}
	for p := range sig.Params().Variables() {
		input, ok := t.input(p.Type())
		if !ok {
			continue
		}
		c.Inputs = append(c.Inputs, input)
	}
	return c
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
// into: a plain one of the author's, not one of the API.
func (t *typed) isConfigStruct(named *types.Named) bool {
	_, isStruct := named.Underlying().(*types.Struct)
	obj := named.Obj()
	return isStruct && obj.Pkg() != nil && obj.Pkg().Path() != apiPath && obj != t.obj && named.TypeParams() == nil
}

// typeName names a type as generated code has to.
func (t *typed) typeName(named *types.Named) TypeName {
	pkg := named.Obj().Pkg()
	name := TypeName{Package: Package{Path: pkg.Path(), Name: pkg.Name()}, Name: named.Obj().Name()}
	if dir, ok := t.module.dirOf(pkg.Path()); ok {
		if rel, err := filepath.Rel(t.root, dir); err == nil {
			name.Package.Dir = filepath.ToSlash(rel)
		}
	}
	return name
}
