package gen

import (
	"bytes"
	"strings"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

// Check returns what is wrong with the generated mains of a project: that of the
// model is old, edited, or missing where a //go:generate line is for one, or one
// is left over. A project without such a line need not keep a main, as "run" and
// "build" make their own. What the diagnostics point into is added to sources.
func Check(p *scanner.Project, sources *diag.Sources) ([]diag.Diagnostic, error) {
	main, leftovers, err := Inspect(p)
	if err != nil {
		return nil, err
	}
	var all []diag.Diagnostic
	for _, e := range leftovers {
		all = append(all, leftover(p, sources, main, e))
	}
	switch {
	case main.Ours && main.Edited:
		all = append(all, edited(p, sources, main))
	case main.Ours && main.Stale(p):
		all = append(all, diag.Stale(main.Path, main.Changes(p), Command(p)))
	case main.Ours && main.CRLF:
		all = append(all, diag.LineEnds(main.Path, "reactor-gen generate"))
	case !main.Ours && !p.GenerateLine.IsZero() && len(leftovers) == 0:
		all = append(all, diag.Missing(p.GenerateLine, main.Path, main.Exists, Command(p)))
	}
	return all, nil
}

// CheckEdited returns only what keeps a project's main from being written: mains
// of ours that were edited by hand.
func CheckEdited(p *scanner.Project, sources *diag.Sources) ([]diag.Diagnostic, error) {
	main, leftovers, err := Inspect(p)
	if err != nil {
		return nil, err
	}
	var all []diag.Diagnostic
	for _, e := range append(leftovers, main) {
		if e.Ours && e.Edited {
			all = append(all, edited(p, sources, e))
		}
	}
	return all, nil
}

// Command is what to type to have a project's main written.
func Command(p *scanner.Project) string {
	if p.GenerateLine.IsZero() {
		return "reactor-gen generate"
	}
	return "go generate ./..."
}

// leftover reports a main that belongs to no model. An edited one is first of
// all edited.
func leftover(p *scanner.Project, sources *diag.Sources, main, e Existing) diag.Diagnostic {
	if e.Edited {
		return edited(p, sources, e)
	}
	missing := main.Path
	if main.Exists {
		missing = ""
	}
	at, why := e.Fate(p)
	return diag.Leftover(at, e.Path, why, missing, Command(p))
}

// Fate says what became of the model of a main that is left over, and where
// that is seen, if anywhere.
func (e Existing) Fate(p *scanner.Project) (at diag.Range, why string) {
	m := &p.Model
	switch {
	case e.Stamp.Name == m.Name:
		return m.Range, diag.ModelMoved(m.Name, placeOf(p))
	case e.Stamp.Type == stampOf(p, shortSum).Type:
		return m.Args["name"], diag.ModelRenamed(e.Stamp.Name, m.Name)
	}
	return diag.Range{}, diag.ModelGone(e.Stamp.Name, m.Name)
}

// edited reports a main that was edited.
func edited(p *scanner.Project, sources *diag.Sources, e Existing) diag.Diagnostic {
	at := diag.Range{File: e.Path}
	if e.Stamp.Name == "" { // the header itself was edited
		return diag.Edited(at, e.Path, nil, Command(p))
	}
	if e.Stale(p) {
		return diag.Edited(at, e.Path, e.Changes(p), Command(p))
	}
	if line := editedLine(p, e); line > 0 {
		src := sources.Add(e.Path, e.raw)
		text := src.Line(line)
		end := src.Offset(line, 1) + len(text)
		at = src.Range(end-len(strings.TrimLeft(text, " \t")), end)
	}
	return diag.Edited(at, e.Path, nil, Command(p))
}

// editedLine is the first line of an edited main that is not as it was written,
// or 0 when that cannot be known: another version may have written the rest in
// another way.
func editedLine(p *scanner.Project, e Existing) int {
	fresh, err := Generate(p)
	if err != nil || fresh.Path != e.Path {
		return 0
	}
	was, is := bytes.Split(fresh.Text, []byte("\n")), bytes.Split(e.Text, []byte("\n"))
	for i := range was {
		if i == len(is) || !bytes.Equal(was[i], is[i]) {
			if i <= 1 {
				return 0
			}
			return i + 1
		}
	}
	return len(was)
}
