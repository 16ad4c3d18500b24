package scanner

import (
	"cmp"
	"slices"
)

// Join adds the result of a project in a folder below, so that it names files as
// they are called from here. Its Project is left to the caller. Of a line that
// several results account for, the one counts for which it is a part of the
// project.
func (r *Result) Join(dir string, other *Result) {
	r.Diagnostics.AddUnder(dir, other.Diagnostics)
	r.Sources.AddUnder(dir, other.Sources)
	all := slices.Clone(r.Ledger())
	for _, e := range other.Ledger() {
		e.Range = e.Range.Under(dir)
		i := slices.IndexFunc(all, func(known Entry) bool { return known.Range == e.Range })
		switch {
		case i < 0:
			all = append(all, e)
		case all[i].Verdict == LeftOut:
			all[i] = e
		}
	}
	slices.SortFunc(all, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Range.File, b.Range.File), cmp.Compare(a.Range.Start, b.Range.Start))
	})
	r.entries, r.unread = all, ""
}
