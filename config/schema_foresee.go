package config

import (
	"errors"
	"slices"
)

// Foresee returns what is wrong with a file whatever the environment of the
// program is: the mistakes of its interpolations, and the faults of values. The
// defaults of the schema are there to be referred to. What a variable of the
// environment decides is checked with the default that the file gives it. What stands
// in one place and is wrong for several keys is told once.
func (s *Schema) Foresee(d *Document) []Fault {
	filled := &Document{root: d.root}
	s.Fill(filled)
	resolved, err := filled.Resolve(nil)
	faults := badReferences(err)
	faults = append(faults, s.Faults(resolved)...)
	if resolved.top().anyOpen() {
		unset, _ := filled.Resolve(func(string) (string, bool) { return "", false }) // these mistakes are no mistakes yet
		for _, f := range s.Faults(unset) {
			if !slices.ContainsFunc(faults, func(g Fault) bool { return g.Line == f.Line && g.Column == f.Column && g.Key == f.Key }) {
				faults = append(faults, f)
			}
		}
	}
	faults = slices.DeleteFunc(faults, func(f Fault) bool { return f.File == defaultFile })
	sortFaults(faults)
	return slices.CompactFunc(faults, func(a, b Fault) bool { // an alias has the mistakes of its anchor
		return a.Line == b.Line && a.Column == b.Column && a.Kind == b.Kind && a.Message == b.Message
	})
}

// badReferences are the mistakes of interpolations as faults.
func badReferences(err error) (faults []Fault) {
	all, _ := errors.AsType[Errors](err)
	for _, e := range all {
		f := Fault{Error: e, Kind: BadReference}
		if m := sourceOf().FindString(e.Message); m != "" {
			f.Text = m
		}
		if m := meantFor().FindStringSubmatch(e.Message); m != nil {
			f.Meant = m[1]
		}
		faults = append(faults, f)
	}
	return faults
}

// What the messages of interpolations begin and end with.
var (
	sourceOf = compiled(`^\$\{[^{}]*\}`)
	meantFor = compiled(`; did you mean (\$\{[^{}]*\})\?$`)
)

// anyOpen tells whether there is a value that is not known in n.
func (n *node) anyOpen() bool {
	return n.open || slices.ContainsFunc(n.items, (*node).anyOpen) ||
		slices.ContainsFunc(n.entries, func(e entry) bool { return e.value.anyOpen() })
}
