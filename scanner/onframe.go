package scanner

import (
	"go/types"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// onFrame is the optional method of a model that gets the viewer's video.
const onFrame = "OnFrame"

// webcam is the track on which that video comes.
var webcam = Track{Name: "webcam", Kind: "video", Direction: "in"}

// tracks are those of the model besides the one that it emits on. A pointer's
// methods count, and those of embedded types.
func (t *typed) tracks(commands []Command) []Track {
	obj, index, _ := types.LookupFieldOrMethod(types.NewPointer(t.obj.Type()), true, t.pkg.Types, onFrame)
	f, _ := obj.(*types.Func)
	isCommand := slices.ContainsFunc(commands, func(c Command) bool { return c.Method == onFrame })
	switch {
	case f != nil && takesFrame(f.Signature()):
		return []Track{webcam}
	case f != nil && invalid(f.Signature()):
		t.doesNotCompile("method "+onFrame, t.declarationOf(f))
	case f != nil && !isCommand:
		t.notOnFrame(f)
	case obj == nil && index != nil:
		t.report(diag.TwoOnFrames(t.place(t.obj), t.obj.Name()))
	case obj == nil:
		t.nearlyOnFrame()
	}
	return nil
}

// takesFrame tells whether a signature is that of OnFrame.
func takesFrame(sig *types.Signature) bool {
	return sig.Params().Len() == 1 && isAPI(sig.Params().At(0).Type(), "Frame") && sig.Results().Len() == 0
}

// notOnFrame reports a method of the name with another signature. That of another
// package is reported where the model is.
func (t *typed) notOnFrame(f *types.Func) {
	name := "f"
	if params := f.Signature().Params(); params.Len() == 1 && params.At(0).Name() != "" {
		name = params.At(0).Name()
	}
	want := onFrame + "(" + name + " reactor.Frame)"
	at := t.place(f)
	if f.Pkg() != t.pkg.Types {
		at = t.place(t.obj)
	}
	d := diag.NotOnFrame(at, t.obj.Name(), onFrame+t.signature(f.Signature()), want, t.place(f))
	if f == t.method(onFrame) {
		d = d.With(t.changeSignature(onFrame, want))
	}
	t.report(d)
}

// nearlyOnFrame reports a function that was certainly meant as OnFrame: it has the
// signature, nearly the name, and nothing in the package uses it.
func (t *typed) nearlyOnFrame() {
	if f := t.function(onFrame); f != nil && t.isMeant(f) {
		t.report(diag.NearlyOnFrame(t.place(f), t.obj.Name(), t.methodText(f)+","))
		return
	}
	for sel := range types.NewMethodSet(types.NewPointer(t.obj.Type())).Methods() {
		if f := sel.Obj().(*types.Func); isNearly(f.Name(), onFrame) && t.isMeant(f) {
			t.report(diag.NearlyOnFrame(t.place(f), t.obj.Name(), "method "+t.methodText(f)).With(t.rename(f, onFrame)))
			return
		}
	}
}

func isNearly(name, wanted string) bool {
	return strings.EqualFold(strings.ReplaceAll(name, "_", ""), wanted) || config.Nearest(wanted, []string{name}) != ""
}

// isMeant tells whether a function of the model's package has the signature of
// OnFrame and is not used but in tests.
func (t *typed) isMeant(f *types.Func) bool {
	if f.Pkg() != t.pkg.Types || !takesFrame(f.Signature()) || t.pkg.TypesInfo == nil {
		return false
	}
	for id, used := range t.pkg.TypesInfo.Uses {
		if used == f && t.isScanned(id.Pos()) {
			return false
		}
	}
	return true
}
