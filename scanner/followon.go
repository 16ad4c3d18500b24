package scanner

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/diag"
)

// compilerErrors are what the compiler says about a package, in its order. What
// it says in further lines of the same error is folded into that.
func (s *scan) compilerErrors(pkg *packages.Package) (all []diag.Diagnostic) {
	for _, err := range pkg.TypeErrors {
		at := s.atName(err)
		message, continued := strings.CutPrefix(err.Msg, "\t")
		if last := len(all) - 1; continued && last >= 0 {
			all[last].Related = append(all[last].Related, diag.Related{Range: at, Label: message})
			continue
		}
		if strings.HasPrefix(message, "could not import ") {
			continue // imports are told of by their own cause
		}
		all = append(all, diag.CompilerError(at, message))
	}
	return all
}

// atName is the place of an error: the name that begins there.
func (s *scan) atName(err types.Error) diag.Range {
	at := s.at(err.Pos, 1)
	if at.IsZero() {
		return at
	}
	src := s.source(s.fset.PositionFor(err.Pos, false).Filename)
	return s.at(err.Pos, wordAt(src, at.Start))
}

// bodies warns of code that does not compile, in the model's package or one that
// it needs, and that the program around the model does not need to be written.
func (s *scan) bodies(pkg *packages.Package) {
	if pkg == nil || s.result.Diagnostics.HasErrors() {
		return
	}
	if d, ok := s.brokenBelow(pkg); ok {
		s.report(diag.StillGood(d))
	} else if all := s.compilerErrors(pkg); len(all) > 0 {
		d := all[0]
		d.Hide(all[1:])
		s.report(diag.StillGood(d))
	}
}

// brokenBelow says what is wrong with the first package of the module that a
// package needs and that does not compile, those before others that need them.
// What is wrong with the others is hidden below it.
func (s *scan) brokenBelow(pkg *packages.Package) (cause diag.Diagnostic, ok bool) {
	for _, p := range s.erroneousBelow(pkg) {
		all := s.syntaxErrors(p)
		if len(all) == 0 {
			all = s.compilerErrors(p)
		}
		if len(all) == 0 {
			all = s.builderErrors(p)
		}
		if len(all) > 0 && !ok {
			cause, ok = all[0], true
			all = all[1:]
		}
		cause.Hide(all)
	}
	return cause, ok
}

// erroneousBelow are the packages of the module that a package needs and that have
// errors, those before others that need them.
func (s *scan) erroneousBelow(pkg *packages.Package) (all []*packages.Package) {
	has := func(p *packages.Package) bool {
		return p != pkg && p.Module != nil && p.Module.Main && len(p.Errors) > 0
	}
	if !slices.ContainsFunc(s.closure(pkg), has) {
		return nil // as nearly always, without sorting anything
	}
	packages.Visit([]*packages.Package{pkg}, nil, func(p *packages.Package) {
		if has(p) {
			all = append(all, p)
		}
	})
	return all
}

// builderErrors are what the go command's compiler says about a package whose
// function bodies were not looked at.
func (s *scan) builderErrors(pkg *packages.Package) (all []diag.Diagnostic) {
	for _, err := range pkg.Errors {
		if err.Kind != packages.ListError || !strings.HasPrefix(err.Msg, "#") {
			continue
		}
		at, message := s.placeIn(err.Msg)
		first, _, _ := strings.Cut(message, "\n")
		if !at.IsZero() {
			all = append(all, diag.CompilerError(at, first))
		}
	}
	return all
}

// syntaxErrors are those of a package's files, one each.
func (s *scan) syntaxErrors(pkg *packages.Package) (all []diag.Diagnostic) {
	for _, f := range s.filesOf(pkg) {
		if len(f.broken) > 0 {
			all = append(all, f.syntaxError())
		}
	}
	return all
}

// redeclared says that the model's type is declared twice: nobody knows which one
// is the model.
func (t *typed) redeclared() (diag.Diagnostic, bool) {
	at := t.place(t.obj)
	for _, d := range t.compilerErrors(t.pkg) {
		for _, other := range append([]diag.Related{{Range: d.Range}}, d.Related...) {
			if other.Range.File == at.File && other.Range.Start == at.Start && strings.Contains(d.Summary, "redeclared") {
				return d, true
			}
		}
	}
	return diag.Diagnostic{}, false
}

// reportOr reports an error, or else the one in a package below that it probably
// follows from.
func (t *typed) reportOr(d diag.Diagnostic) {
	if cause, ok := t.brokenBelow(t.pkg); ok {
		cause.Hide([]diag.Diagnostic{d})
		d = cause
	}
	t.report(d)
}

// reportContract reports that the model lacks methods, unless it embeds what does
// not compile: then nobody knows its methods.
func (t *typed) reportContract(d diag.Diagnostic) {
	structure, _ := t.obj.Type().Underlying().(*types.Struct)
	for field := range structure.Fields() {
		typ := field.Type()
		if elem := pointerTo(typ); elem != nil {
			typ = elem
		}
		if !field.Embedded() || !invalid(typ) {
			continue
		}
		for _, cause := range t.compilerErrors(t.pkg) {
			if at := t.place(field); cause.Range.File == at.File && cause.Range.Line == at.Line {
				cause.Hide([]diag.Diagnostic{d})
				t.reportOr(cause)
				return
			}
		}
	}
	t.report(d)
}
