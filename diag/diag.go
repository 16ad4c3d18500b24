// Package diag is the vocabulary of what can be wrong with a user's project.
//
// A check in package scanner finds one thing and describes it as a [Diagnostic]:
// a stable [Code], a tight [Range], one sentence, and what to do next. A [List]
// collects them in any order and hands them out sorted; a writer, such as
// [Text], puts them into one outside form. The wording of all messages is in the
// files words_*.go; the manual of a code is the comment of its constant, which
// [Explain] and docs/codes.md show.
//
//	check ──Add──► List ──Sorted──► Text, ... ──► terminal, editor, CI
//
// A diagnostic is not an error: an error says that we could not do our job.
// The package loads no code and reads no file; a [Sources] is handed in.
package diag

// Severity is how bad a diagnostic is. The zero value is not a severity.
type Severity int

const (
	// Error stops generation.
	Error Severity = iota + 1
	// Warning is worth mending; nothing stops.
	Warning
)

// String returns the severity as writers show it.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "unknown"
}

// Diagnostic is one thing that is wrong with a project.
type Diagnostic struct {
	// Code is the kind of finding.
	Code Code

	// Severity is Error or Warning.
	Severity Severity

	// Range is the culprit, as tight as possible. A zero Range means that the
	// finding is about the project as a whole.
	Range Range

	// Summary is one sentence: what is wrong.
	Summary string

	// Label stands under the culprit in a frame; it may be empty.
	Label string

	// Related are further places that take part, each with its own label.
	Related []Related

	// Notes say why it matters or what was looked at, a sentence each.
	Notes []string

	// Help are commands or edits that cure it, most useful first.
	Help []string

	// Fixes are edits that cure it, the best first. They are alternatives.
	Fixes []Fix

	// Consequences are findings that this one caused. They are told in a line
	// each, never as findings of their own.
	Consequences []Consequence

	// Hidden are errors that follow from this one and go away with it. They are
	// counted, and shown only on request: see [List.All].
	Hidden []Diagnostic
}

// Related is a further place of a diagnostic.
type Related struct {
	Range Range
	Label string
}

// Consequence is a finding that has its cause in another.
type Consequence struct {
	Code    Code
	Summary string
}
