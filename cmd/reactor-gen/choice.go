package main

import (
	"fmt"
	"io"
	"os"
)

// choice is the value of a flag: auto, always or never.
type choice string

// The choices. Auto looks at what the output is.
const (
	auto   choice = "auto"
	always choice = "always"
	never  choice = "never"
)

func (c *choice) String() string { return string(*c) }
func (c *choice) Type() string   { return "WHEN" }

func (c *choice) Set(text string) error {
	switch v := choice(text); v {
	case auto, always, never:
		*c = v
		return nil
	default:
		return fmt.Errorf("want auto, always or never")
	}
}

// is resolves the choice, where auto stands for what the caller found out.
func (c choice) is(found bool) bool { return c == always || c == auto && found }

// isTerminal tells whether w is a terminal that can move its cursor.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
