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
