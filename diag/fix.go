package diag

// Fix is one way to cure a diagnostic by editing files.
type Fix struct {
	// Title says what it does: "remove the space after //".
	Title string

	// Safe tells that the edits can mean nothing else than what the author
	// wrote, so that they may be applied unasked. The others are for a person to
	// choose.
	Safe bool

	// Edits are applied together. They do not overlap.
	Edits []Edit
}

// Edit replaces a range of a file by a text. An empty range is a place to insert
// at, an empty text deletes.
type Edit struct {
	Range Range
	Text  string
}

// With adds ways to cure a diagnostic, the best first. A fix without edits is
// none.
func (d Diagnostic) With(fixes ...Fix) Diagnostic {
	for _, fix := range fixes {
		if len(fix.Edits) > 0 {
			d.Fixes = append(d.Fixes, fix)
		}
	}
	return d
}

// Fix returns the fix to apply to a diagnostic: a safe one if there is one, or,
// when unsafe ones are asked for, its best.
func (d Diagnostic) Fix(unsafe bool) (fix Fix, ok bool) {
	for _, fix := range d.Fixes {
		if fix.Safe {
			return fix, true
		}
	}
	if unsafe && len(d.Fixes) > 0 {
		return d.Fixes[0], true
	}
	return Fix{}, false
}
