package main

import (
	"fmt"
	"os"
	"strings"
)

// edit is a change of one file that can be made again and again, each time
// another, and taken back.
type edit struct {
	name     string // of the file
	after    string // the line that the text goes after; none: the file's end
	text     string // %[1]d is a number of its own each time
	original string
}

// newEdit reads the file, and fails when there is no place for the text.
func newEdit(name, after, text string) (*edit, error) {
	original, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if after != "" && !strings.Contains(string(original), after+"\n") {
		return nil, fmt.Errorf("%s has no line %q", name, after)
	}
	return &edit{name, after, text, string(original)}, nil
}

// make writes the file with the text for a number.
func (e *edit) make(number int) error {
	text := fmt.Sprintf(e.text, number)
	before, rest := e.original, ""
	if e.after != "" {
		before, rest, _ = strings.Cut(e.original, e.after+"\n")
		before += e.after + "\n"
	}
	return os.WriteFile(e.name, []byte(before+text+rest), 0o666)
}

// takeBack restores the file.
func (e *edit) takeBack() error { return os.WriteFile(e.name, []byte(e.original), 0o666) }
