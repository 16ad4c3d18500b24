package diag

// Range is a part of a file. File and line are enough for a diagnostic that is
// about a whole line; a zero Range is no place at all.
type Range struct {
	// File is the path relative to the project's root, with forward slashes.
	// A file outside of it has a path that starts with "../".
	File string `json:"file"`

	// Start and End are byte offsets, End exclusive.
	Start int `json:"start"`
	End   int `json:"end"`

	// Line and Column are those of Start, counted from 1, columns in bytes.
	Line   int `json:"line"`
	Column int `json:"column"`
}

// IsZero tells whether r is no place at all.
func (r Range) IsZero() bool { return r.File == "" }
