package scanner

import (
	"bytes"
	"go/ast"
	"go/types"
	"path"
	"slices"

	"github.com/reactorgen/reactor/diag"
)

// withoutAPI reports a file that uses the author's API and does not import it,
// which leaves the signatures of the model's methods unknown. What a function's
// body uses does not.
func (t *typed) withoutAPI() bool {
	name := path.Base(apiPath)
	var places []diag.Range
	all := t.compilerErrors(t.pkg)
	for _, d := range all {
		if d.Summary == "undefined: "+name && !t.inBody(d.Range) {
			places = append(places, d.Range)
		}
	}
	if len(places) == 0 {
		return false
	}
	d := diag.WithoutImport(places[0], name, apiPath)
	for _, other := range all {
		if other.Range != places[0] {
			d.Hide([]diag.Diagnostic{other})
		}
	}
	t.report(d)
	return true
}

// inBody tells whether a place is inside of a function's body.
func (t *typed) inBody(at diag.Range) bool {
	for _, f := range t.filesOf(t.pkg) {
		if f.path != at.File {
			continue
		}
		for _, decl := range f.syntax.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if ok && decl.Body != nil && f.offset(decl.Body.Pos()) <= at.Start && at.Start < f.offset(decl.Body.End()) {
				return true
			}
		}
	}
	return false
}

// onNeighbour reports a directive on a type that has no method of the interface,
// where another type of the package implements it: that one is probably meant,
// and the commands and the constructor are its own.
func (t *typed) onNeighbour(p placed) bool {
	faults, methods := t.lacks()
	if len(faults) < methods {
		return false
	}
	for _, fault := range faults {
		if fault.Have != "" {
			return false
		}
	}
	other := t.implementer()
	if other == nil {
		return false
	}
	t.report(diag.OnNeighbour(p.directive.Head, t.obj.Name(), other.Name(), t.place(other)))
	return true
}

// implementer is the one type of the package that implements reactor.VideoModel,
// or nil.
func (t *typed) implementer() (only *types.TypeName) {
	if t.videoModel() == nil {
		return nil
	}
	for _, name := range t.pkg.Types.Scope().Names() {
		obj, ok := t.pkg.Types.Scope().Lookup(name).(*types.TypeName)
		if !ok || obj == t.obj || !isPlainStruct(obj) || !t.isScanned(obj.Pos()) {
			continue
		}
		other := &typed{scan: t.scan, pkg: t.pkg, obj: obj, dir: t.dir}
		if faults, _ := other.lacks(); len(faults) > 0 {
			continue
		}
		if only != nil {
			return nil
		}
		only = obj
	}
	return only
}

// cutOff tells whether the model lacks methods that a file of its package may
// have had: it ends with a directive, which is reported.
func (t *typed) cutOff() bool {
	if faults, _ := t.lacks(); len(faults) == 0 || !t.result.Diagnostics.HasErrors() {
		return false
	}
	for _, f := range t.filesOf(t.pkg) {
		if f.endsInDirective() {
			return true
		}
	}
	return false
}

// endsInDirective tells whether nothing follows the file's last directive.
func (f *file) endsInDirective() bool {
	if len(f.directives) == 0 {
		return false
	}
	line := f.directives[len(f.directives)-1].Head.Line
	return len(bytes.TrimSpace(f.src.Text[f.src.Offset(line, len(f.src.Line(line))+1):])) == 0
}

// endsIn tells whether the file ends in the directive that cannot be read at a
// place, as it does when it was cut off there.
func (f *file) endsIn(at diag.Range) bool {
	return f.endsInDirective() && f.directives[len(f.directives)-1].Head.Line == at.Line
}

// isTold tells whether what is wrong with the place of a directive is said
// already: about the one above it in the same comments, or where the file was cut
// off.
func (f *file) isTold(d Directive, wrong []Directive) bool {
	if d.Verb == "model" {
		return false
	}
	for _, group := range f.syntax.Comments {
		if !f.holds(group, d) {
			continue
		}
		together := func(other Directive) bool {
			return (other.Verb != "model" || d.Verb == "track") && f.holds(group, other)
		}
		cut := func(in fault) bool {
			return f.endsIn(in.at) && f.offset(group.Pos()) <= in.at.Start && in.at.Start <= f.offset(group.End())
		}
		return slices.ContainsFunc(wrong, together) || slices.ContainsFunc(f.found.faults, cut)
	}
	return false
}
