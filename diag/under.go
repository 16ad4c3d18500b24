package diag

import (
	"path"
	"slices"
	"strings"
)

// Causes returns what was added, sorted, each with what follows from it.
func (l *List) Causes() []Diagnostic { return l.causes() }

// AddUnder adds the diagnostics of a project in a folder below, so that ranges
// name files as they are called from here. Dir has forward slashes; "." is the
// same folder. What is outside of the project, such as its go.mod, may be that of
// others: of several diagnostics of it with one code, the first is kept.
func (l *List) AddUnder(dir string, other *List) {
	for _, d := range other.causes() {
		outside := strings.HasPrefix(d.Range.File, "../")
		d = d.Under(dir)
		same := func(known Diagnostic) bool { return known.Code == d.Code && known.Range == d.Range }
		if !outside || !slices.ContainsFunc(l.causes(), same) {
			l.Add(d)
		}
	}
}

// AddUnder adds the sources of a project in a folder below.
func (s *Sources) AddUnder(dir string, other *Sources) {
	other.mu.RLock()
	defer other.mu.RUnlock()
	for file, source := range other.byFile {
		s.Add(path.Join(dir, file), source.Text)
	}
	for file, read := range other.later {
		s.AddLater(path.Join(dir, file), func(string) ([]byte, error) { return read(file) })
	}
}

// Under returns the diagnostic of a project in a folder below as it is seen from
// here. Its words are still the project's own, which a note says.
func (d Diagnostic) Under(dir string) Diagnostic {
	if dir == "." {
		return d
	}
	d = d.moved(dir)
	if len(d.Help) > 0 {
		d.Notes = append(d.Notes, "in the project "+dir+": commands are for that folder, and other names of files relative to it")
	}
	return d
}

func (d Diagnostic) moved(dir string) Diagnostic {
	d.Range = d.Range.Under(dir)
	d.Related, d.Fixes, d.Hidden = slices.Clone(d.Related), slices.Clone(d.Fixes), slices.Clone(d.Hidden)
	d.Notes = slices.Clone(d.Notes)
	for i := range d.Related {
		d.Related[i].Range = d.Related[i].Range.Under(dir)
	}
	for i := range d.Fixes {
		d.Fixes[i].Edits = slices.Clone(d.Fixes[i].Edits)
		for j := range d.Fixes[i].Edits {
			d.Fixes[i].Edits[j].Range = d.Fixes[i].Edits[j].Range.Under(dir)
		}
	}
	for i := range d.Hidden {
		d.Hidden[i] = d.Hidden[i].moved(dir)
	}
	return d
}

// Under returns the range of a project in a folder below as it is called from
// here.
func (r Range) Under(dir string) Range {
	if !r.IsZero() && !path.IsAbs(r.File) {
		r.File = path.Join(dir, r.File)
	}
	return r
}

// Reworded returns the diagnostics with all words passed through a function.
func (l *List) Reworded(word func(string) string) *List {
	out := new(List)
	for _, d := range l.causes() {
		out.Add(d.reworded(word))
	}
	return out
}

func (d Diagnostic) reworded(word func(string) string) Diagnostic {
	all := func(texts []string) (out []string) {
		for _, text := range texts {
			out = append(out, word(text))
		}
		return out
	}
	d.Summary, d.Label, d.Notes, d.Help = word(d.Summary), word(d.Label), all(d.Notes), all(d.Help)
	d.Related, d.Hidden = slices.Clone(d.Related), slices.Clone(d.Hidden)
	for i := range d.Related {
		d.Related[i].Label = word(d.Related[i].Label)
	}
	for i := range d.Hidden {
		d.Hidden[i] = d.Hidden[i].reworded(word)
	}
	return d
}
