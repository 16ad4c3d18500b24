package lsp

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/reactorgen/reactor/diag"
)

// The structures of the protocol (Code Lens, Command).
type (
	codeLensOptions struct{}
	codeLens        struct {
		Range   textRange `json:"range"`
		Command command   `json:"command"`
	}
	command struct {
		Title     string `json:"title"`
		Command   string `json:"command"` // none: no more than a text
		Arguments []any  `json:"arguments,omitempty"`
	}
)

// The commands of code lenses: what the client runs, and what the server does.
const (
	runCommand       = "reactor-gen.run"           // the folder to run in
	locationsCommand = "reactor-gen.showLocations" // a URI, a position in it, and locations
	generateCommand  = "reactor-gen.regenerate"    // the URI of a file of the project
)

// outOfStep are the codes of what generate mends.
var outOfStep = []diag.Code{diag.RG601, diag.RG602, diag.RG604, diag.RG605}

// codeLenses are those on the model directive of a good project: what there is to be
// run, and to be generated.
func (s *server) codeLenses(ctx context.Context, q question) (any, error) {
	lenses := []codeLens{}
	d := q.document
	if d == nil || !d.isGo() {
		return lenses, nil
	}
	if err := s.settled(ctx); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.modified(d); err != nil {
		return nil, err
	}
	k, ok := s.projectOf(d)
	if !ok || !k.good || filepath.Join(k.Dir, filepath.FromSlash(k.Model.Range.File)) != d.path {
		return lenses, nil
	}
	src, l := d.source(), newLines(d.text, s.encoding)
	at := l.textRange(src.Span(k.Model.Range).Start, src.Span(k.Model.Range).End)
	for _, c := range s.lensCommands(d, k, at.Start, l) {
		lenses = append(lenses, codeLens{at, c})
	}
	return lenses, nil
}

// lensCommands are what the client can do with a model. The caller holds mu.
func (s *server) lensCommands(d *document, k known, at position, l *lines) (all []command) {
	if s.can.RunCommand {
		all = append(all, command{"▶ run", runCommand, []any{k.Dir}})
	}
	if n := len(k.Model.Commands); n > 0 {
		c := command{Title: diag.Count(n, "command")}
		if s.can.LocationsCommand {
			c.Command, c.Arguments = locationsCommand, []any{d.uri, at, s.commandPlaces(d, k, l)}
		}
		all = append(all, c)
	}
	if s.options.Generate != nil && s.isOutOfStep(k) {
		all = append(all, command{"generated main is out of date: regenerate", generateCommand, []any{d.uri}})
	}
	return all
}

// commandPlaces are the places of the command directives. The caller holds mu.
func (s *server) commandPlaces(d *document, k known, model *lines) (all []location) {
	for _, c := range k.Model.Commands {
		path := filepath.Join(k.Dir, filepath.FromSlash(c.Range.File))
		uri, _ := s.named(path, d)
		text, l := model.text, model
		if c.Range.File != k.Model.Range.File {
			text = s.textOf(path, d)
			l = newLines(text, s.encoding)
		}
		at := diag.NewSource("", text).Span(c.Range)
		all = append(all, location{uri, l.textRange(at.Start, at.End)})
	}
	return all
}

// textOf is the text of a file as the client has it, or as it is on the disk. The
// caller holds mu.
func (s *server) textOf(path string, asked *document) []byte {
	if d := s.openAt(path, asked); d != nil {
		return d.text
	}
	return []byte(read(path))
}

// isOutOfStep tells whether the generated main of a project is not as it would be
// written. The caller holds mu.
func (s *server) isOutOfStep(k known) bool {
	for _, m := range s.modules {
		for path, all := range m.findings {
			if in, _ := m.projectAt(path); in.Project != k.Project {
				continue
			}
			if slices.ContainsFunc(all, func(f finding) bool { return slices.Contains(outOfStep, diag.Code(f.diagnostic.Code)) }) {
				return true
			}
		}
	}
	return false
}
