package config

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Error is one mistake in a configuration: where it is, which key it is about,
// and what would be right.
type Error struct {
	// File is the path that [Parse] was given, or the flag of an override, such
	// as "--model.fps".
	File string

	// Line and Column count from 1, Column in characters. Both are zero for an
	// override, and where a mistake has no place of its own.
	Line, Column int

	// Key is the dotted path of the key that is meant, with the index of a list
	// element in brackets, or empty.
	Key string

	// Message says what is wrong, in lower case and without a full stop.
	Message string

	// Hint is the dotted path of the key that was likely meant, or empty.
	Hint string
}

// Error implements error, as "file:line:column: key: message; did you mean KEY?".
func (e *Error) Error() string {
	var b strings.Builder
	if e.File != "" {
		b.WriteString(e.File + ":")
	}
	if e.Line > 0 {
		b.WriteString(strconv.Itoa(e.Line) + ":" + strconv.Itoa(e.Column) + ":")
	}
	if e.Key != "" && e.File != flag(e.Key) {
		b.WriteString(" " + e.Key + ":")
	}
	b.WriteString(" " + e.Message)
	if e.Hint != "" {
		b.WriteString("; did you mean " + e.meant() + "?")
	}
	return strings.TrimPrefix(b.String(), " ")
}

// meant is the hint as it is to be typed at the place of the error.
func (e *Error) meant() string {
	if strings.HasPrefix(e.File, flag("")) {
		return flag(e.Hint)
	}
	return e.Hint
}

// Errors are all mistakes that were found at once, in the order of their places.
// It is never empty where it is returned as an error.
type Errors []*Error

// Error implements error, with a line for each mistake.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.Is and errors.As see each mistake.
func (e Errors) Unwrap() []error {
	all := make([]error, len(e))
	for i, one := range e {
		all[i] = one
	}
	return all
}

// err returns e as an error, nil when it is empty.
func (e Errors) err() error {
	if len(e) == 0 {
		return nil
	}
	slices.SortStableFunc(e, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return e
}
