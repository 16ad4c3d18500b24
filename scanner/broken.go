package scanner

import (
	"errors"

	"github.com/reactorgen/reactor/diag"
)

// broken parses the packages of the directives and reports each file of them
// that cannot be parsed, once. It tells whether that leaves nothing more to say:
// there is a broken file in a model's package, or there is no model at all.
func (s *scan) broken(anyModel bool) (stop bool) {
	withDirectives, withModel := make(map[string]bool), make(map[string]bool)
	for _, f := range s.tree.files {
		if f.built() && len(f.directives) > 0 {
			withDirectives[f.dir()] = true
			withModel[f.dir()] = withModel[f.dir()] || f.declares("model")
		}
	}
	for _, f := range s.tree.files {
		if !f.built() || !withDirectives[f.dir()] {
			continue
		}
		if err := s.read(f); err != nil {
			if !errors.Is(err, errTooLarge) {
				stop = stop || withModel[f.dir()]
				s.report(diag.UnreadFile(f.path, err.Error()))
			}
			continue
		}
		f.parse(s.parsed)
		if len(f.broken) > 0 {
			stop = stop || withModel[f.dir()] || !anyModel
			s.report(s.stillRead(f.syntaxError(), f))
		}
	}
	if stop {
		s.reportCauses()
	}
	return stop
}

// stillRead adds the model directive of a broken file's package to the syntax
// error that keeps it from being one.
func (s *scan) stillRead(d diag.Diagnostic, broken *file) diag.Diagnostic {
	for _, f := range s.tree.files {
		if f.dir() != broken.dir() || !f.built() {
			continue
		}
		for _, directive := range f.directives {
			if directive.Verb == "model" {
				d.StillRead(directive.Range, directive.Verb)
				return d.Consequent()
			}
		}
	}
	return d
}
