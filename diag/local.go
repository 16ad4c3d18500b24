package diag

// Local tells whether findings of the code have their cause at the places that
// they name: in the words of a directive, where it stands, or in the command
// under it. The others may come about, or go away, by an edit of any file: that
// there is one model, that it loads and implements its interface, and that its
// main is up to date.
func (c Code) Local() bool {
	switch c {
	case RG301, RG311, RG312, RG313:
		return false
	}
	return c != "" && (c[2] == '1' || c[2] == '2' || c[2] == '3' || c == RG702)
}

// IsLocal tells whether a diagnostic has its cause at its places, and takes the
// project's model away from nobody.
func (d Diagnostic) IsLocal() bool {
	return d.Code.Local() && !d.Range.IsZero() && len(d.Consequences) == 0
}

// Places are the ranges that a diagnostic is about, its own first, and those that
// its fixes edit.
func (d Diagnostic) Places() []Range {
	places := []Range{d.Range}
	for _, r := range d.Related {
		places = append(places, r.Range)
	}
	for _, fix := range d.Fixes {
		for _, e := range fix.Edits {
			places = append(places, e.Range)
		}
	}
	return places
}
