package diag

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
)

// Patched is a file before and after fixes were applied to it.
type Patched struct {
	// File is the path as ranges name it.
	File string

	// Before is what the sources have; nil for a file that the fixes make.
	Before, After []byte
}

// Apply applies fixes to files in memory and returns the files that change,
// sorted by their paths. A fix that touches what an earlier one changed is left
// out whole, and so is one that does not fit the sources; left are the indexes of
// these, for another round. Two fixes may agree on an edit that replaces text:
// it is done once. A file that the sources do not have is a new one, which an
// edit at its beginning makes.
func Apply(sources *Sources, fixes []Fix) (files []Patched, left []int) {
	edits := make(map[string][]Edit)
	for i, fix := range fixes {
		merged, ok := merge(sources, edits, fix)
		if !ok {
			left = append(left, i)
			continue
		}
		edits = merged
	}
	for _, file := range slices.Sorted(maps.Keys(edits)) {
		var before []byte
		if source := sources.Get(file); source != nil {
			before = source.Text
		}
		if after := applyEdits(before, edits[file]); !bytes.Equal(before, after) {
			files = append(files, Patched{file, before, after})
		}
	}
	return files, left
}

// merge returns the accepted edits together with those of a fix, or says that
// they do not go together.
func merge(sources *Sources, accepted map[string][]Edit, fix Fix) (map[string][]Edit, bool) {
	own := make(map[string][]Edit)
	for _, e := range fix.Edits {
		if !fits(sources, e.Range) {
			return nil, false
		}
		own[e.Range.File] = append(own[e.Range.File], e)
	}
	if len(own) == 0 {
		return nil, false
	}
	merged := maps.Clone(accepted)
	for file, edits := range own {
		slices.SortStableFunc(edits, byPlace)
		for i := range len(edits) - 1 {
			if edits[i].Range.End > edits[i+1].Range.Start {
				return nil, false
			}
		}
		all := slices.Clone(accepted[file])
		for _, e := range edits {
			switch conflict, same := against(accepted[file], e); {
			case conflict:
				return nil, false
			case !same:
				all = append(all, e)
			}
		}
		slices.SortStableFunc(all, byPlace)
		merged[file] = all
	}
	return merged, true
}

// fits tells whether a range lies in its file.
func fits(sources *Sources, r Range) bool {
	length := 0
	if source := sources.Get(r.File); source != nil {
		length = len(source.Text)
	}
	return r.File != "" && r.Start >= 0 && r.Start <= r.End && r.End <= length
}

// against compares an edit with those of other fixes: it is in conflict with one
// that it overlaps or touches, as nothing says which comes first, and may be the
// same as one.
func against(others []Edit, e Edit) (conflict, same bool) {
	for _, o := range others {
		switch {
		case e.Range.End < o.Range.Start || o.Range.End < e.Range.Start:
		case e.Range.Start < e.Range.End && o.Range.Start == e.Range.Start && o.Range.End == e.Range.End && o.Text == e.Text:
			same = true
		case e.Range.End == o.Range.Start || o.Range.End == e.Range.Start:
			conflict = conflict || e.Range.Start == e.Range.End || o.Range.Start == o.Range.End
		default:
			conflict = true
		}
	}
	return conflict, same
}

func byPlace(a, b Edit) int {
	return cmp.Or(cmp.Compare(a.Range.Start, b.Range.Start), cmp.Compare(a.Range.End, b.Range.End))
}

// applyEdits returns text with sorted edits done.
func applyEdits(text []byte, edits []Edit) []byte {
	out := []byte{}
	at := 0
	for _, e := range edits {
		out = append(out, text[at:e.Range.Start]...)
		out = append(out, e.Text...)
		at = e.Range.End
	}
	return append(out, text[at:]...)
}
