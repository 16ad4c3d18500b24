package scanner

import (
	"go/types"
	"strings"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// startSession is the one method of reactor.VideoModel, for a package that does
// not import the API at all and so cannot be asked.
const startSession = "StartSession(ctx reactor.Context) error"

// contract reports every method of reactor.VideoModel that the model lacks.
func (t *typed) contract() {
	if path := t.otherVersion(); path != "" {
		t.report(diag.OtherVersion(t.place(t.obj), t.obj.Name(), path, apiPath))
		return
	}
	faults, methods := t.lacks()
	if len(faults) > 0 {
		t.reportContract(diag.NotVideoModel(t.place(t.obj), t.obj.Name(), methods, faults).With(t.implement(faults)))
	}
}

// lacks returns what a type lacks of the interface, and how many methods the
// interface has. A pointer's methods count: it is a pointer that runs.
func (t *typed) lacks() (faults []diag.MethodFault, methods int) {
	iface := t.videoModel()
	if iface == nil {
		fault := diag.MethodFault{Want: startSession}
		if m := t.nearMethod("StartSession"); m != nil {
			fault.Near, fault.At = t.methodText(m), t.place(m)
		}
		return []diag.MethodFault{fault}, 1
	}
	for want := range iface.Methods() {
		if fault, ok := t.lack(want); !ok {
			faults = append(faults, fault)
		}
	}
	return faults, iface.NumMethods()
}

// videoModel finds the interface among the imports of the model's package.
func (t *typed) videoModel() *types.Interface {
	for _, imported := range t.pkg.Types.Imports() {
		if imported.Path() != apiPath {
			continue
		}
		if obj := imported.Scope().Lookup("VideoModel"); obj != nil {
			iface, _ := obj.Type().Underlying().(*types.Interface)
			return iface
		}
	}
	return nil
}

// otherVersion is the import path of another version of the API that the model's
// package imports in the place of ours, or empty.
func (t *typed) otherVersion() (path string) {
	for _, imported := range t.pkg.Types.Imports() {
		switch version, ok := strings.CutPrefix(imported.Path(), apiPath+"/v"); {
		case imported.Path() == apiPath:
			return ""
		case ok && version != "" && strings.Trim(version, "0123456789") == "":
			path = imported.Path()
		}
	}
	return path
}

// lack says how the model lacks one method; ok means that it does not.
func (t *typed) lack(want *types.Func) (fault diag.MethodFault, ok bool) {
	fault.Want = want.Name() + t.signature(want.Signature())
	obj, index, _ := types.LookupFieldOrMethod(types.NewPointer(t.obj.Type()), true, t.pkg.Types, want.Name())
	switch obj := obj.(type) {
	case *types.Func:
		if types.Identical(obj.Signature(), want.Signature()) {
			return fault, true
		}
		fault.Have, fault.At = obj.Name()+t.signature(obj.Signature()), t.place(obj)
	case *types.Var:
		fault.Have, fault.At = "a field", t.place(obj)
	default:
		if index != nil {
			fault.Have, fault.At = "two embedded methods, of which neither counts", t.place(t.obj)
		} else if m := t.nearMethod(want.Name()); m != nil {
			fault.Near, fault.At = t.methodText(m), t.place(m)
		}
	}
	return fault, false
}

// nearMethod returns the model's method, or the function of its package, that
// was probably meant as the method of that name.
func (t *typed) nearMethod(name string) *types.Func {
	byName := make(map[string]*types.Func)
	for sel := range types.NewMethodSet(types.NewPointer(t.obj.Type())).Methods() {
		if f, ok := sel.Obj().(*types.Func); ok {
			byName[f.Name()] = f
		}
	}
	if f := t.function(name); f != nil {
		return f
	}
	var names []string
	for candidate, f := range byName {
		if strings.EqualFold(strings.ReplaceAll(candidate, "_", ""), name) {
			return f
		}
		names = append(names, candidate)
	}
	return byName[config.Nearest(name, names)]
}

// methodText writes a method with its receiver, as far as that says more than
// the name.
func (t *typed) methodText(f *types.Func) string {
	recv := f.Signature().Recv()
	if recv == nil {
		return "func " + f.Name() + ", which has no receiver"
	}
	if pointerTo(recv.Type()) != nil {
		return "(" + t.typeText(recv.Type()) + ")." + f.Name()
	}
	return t.typeText(recv.Type()) + "." + f.Name()
}

// typeText writes a type as the model's package would.
func (t *typed) typeText(typ types.Type) string {
	return types.TypeString(typ, func(p *types.Package) string {
		if p == t.pkg.Types {
			return ""
		}
		return p.Name()
	})
}

func (t *typed) signature(sig *types.Signature) string {
	return strings.TrimPrefix(t.typeText(sig), "func")
}
