package scanner

import (
	"go/types"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// optional is a method that a model may have to get what a viewer sends.
type optional struct {
	diag.Optional

	// track is that on which it comes.
	track Track
}

// optionals are all such methods, in the order of their tracks.
func optionals() []optional {
	return []optional{
		{
			diag.Optional{Method: "OnFrame", Param: "f", Type: "reactor.Frame", Gets: "frames", All: "the viewer's video"},
			Track{Name: "webcam", Kind: "video", Direction: "in"},
		},
		{
			diag.Optional{Method: "OnSound", Param: "s", Type: "reactor.Sound", Gets: "sound", All: "what the viewer says"},
			Track{Name: "microphone", Kind: "audio", Direction: "in"},
		},
	}
}

// inputs are the tracks that lead to the model's optional methods.
func (t *typed) inputs(commands []Command) (tracks []Track) {
	for _, o := range optionals() {
		if t.has(o, commands) {
			tracks = append(tracks, o.track)
		}
	}
	return tracks
}

// has tells whether the model has an optional method, and reports what only looks
// like it. A pointer's methods count, and those of embedded types.
func (t *typed) has(o optional, commands []Command) bool {
	obj, index, _ := types.LookupFieldOrMethod(types.NewPointer(t.obj.Type()), true, t.pkg.Types, o.Method)
	f, _ := obj.(*types.Func)
	isCommand := slices.ContainsFunc(commands, func(c Command) bool { return c.Method == o.Method })
	switch {
	case f != nil && o.isOf(f.Signature()):
		return true
	case f != nil && invalid(f.Signature()):
		t.doesNotCompile("method "+o.Method, t.declarationOf(f))
	case f != nil && !isCommand:
		t.otherSignature(o, f)
	case obj == nil && index != nil:
		t.report(diag.TwoOptionals(t.place(t.obj), t.obj.Name(), o.Optional))
	case obj == nil:
		t.nearlyOptional(o)
	}
	return false
}

// isOf tells whether a signature is that of the method.
func (o optional) isOf(sig *types.Signature) bool {
	name := strings.TrimPrefix(o.Type, "reactor.")
	return sig.Params().Len() == 1 && isAPI(sig.Params().At(0).Type(), name) && sig.Results().Len() == 0
}

// otherSignature reports a method of the name with another signature. That of
// another package is reported where the model is.
func (t *typed) otherSignature(o optional, f *types.Func) {
	if params := f.Signature().Params(); params.Len() == 1 && params.At(0).Name() != "" {
		o.Param = params.At(0).Name()
	}
	at := t.place(f)
	if f.Pkg() != t.pkg.Types {
		at = t.place(t.obj)
	}
	d := diag.NotOptional(at, t.obj.Name(), o.Method+t.signature(f.Signature()), o.Optional, t.place(f))
	if f == t.method(o.Method) {
		d = d.With(t.changeSignature(o.Method, o.Signature()))
	}
	t.report(d)
}

// nearlyOptional reports a function that was certainly meant as the method: it has
// the signature, nearly the name, and nothing in the package uses it.
func (t *typed) nearlyOptional(o optional) {
	if f := t.function(o.Method); f != nil && t.isMeant(o, f) {
		t.report(diag.NearlyOptional(t.place(f), t.obj.Name(), t.methodText(f)+",", o.Optional))
		return
	}
	for sel := range types.NewMethodSet(types.NewPointer(t.obj.Type())).Methods() {
		if f := sel.Obj().(*types.Func); isNearly(f.Name(), o.Method) && t.isMeant(o, f) {
			t.report(diag.NearlyOptional(t.place(f), t.obj.Name(), "method "+t.methodText(f), o.Optional).With(t.rename(f, o.Method)))
			return
		}
	}
}

func isNearly(name, wanted string) bool {
	return strings.EqualFold(strings.ReplaceAll(name, "_", ""), wanted) || config.Nearest(wanted, []string{name}) != ""
}

// isMeant tells whether a function of the model's package has the signature of the
// method and is not used but in tests.
func (t *typed) isMeant(o optional, f *types.Func) bool {
	if f.Pkg() != t.pkg.Types || !o.isOf(f.Signature()) || t.pkg.TypesInfo == nil {
		return false
	}
	for id, used := range t.pkg.TypesInfo.Uses {
		if used == f && t.isScanned(id.Pos()) {
			return false
		}
	}
	return true
}
