// Package goenv tells what the surroundings of the go command say about a build,
// without running it: variables first, then the file that "go env -w" writes. It
// imports little, as it is there before most of a program is.
package goenv

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
)

// Env is what the surroundings say.
type Env struct {
	// Text is that of the file that "go env -w" writes.
	Text string

	// Flags are the words of GOFLAGS.
	Flags []string

	lookup func(key string) string
}

// New reads the surroundings; nil variables are those of the process.
func New(variables []string) *Env {
	set := Variables(variables)
	text := goEnvFile(set["GOENV"])
	written := settings(text)
	e := &Env{Text: text, lookup: func(key string) string { return cmp.Or(set[key], written[key]) }}
	e.Flags = flagWords(e.Lookup("GOFLAGS"))
	return e
}

// Lookup is the value of a variable, or "".
func (e *Env) Lookup(key string) string { return e.lookup(key) }

// goEnvFile reads the file of "go env -w"; name is where GOENV says that it is.
// There may be none.
func goEnvFile(name string) string {
	if name == "" {
		dir, err := os.UserConfigDir()
		if err != nil {
			return ""
		}
		name = filepath.Join(dir, "go", "env")
	}
	text, _ := os.ReadFile(name) // "off" is no file either
	return string(text)
}

// settings are the variables that such a file sets.
func settings(text string) map[string]string {
	written := make(map[string]string)
	for line := range strings.Lines(text) {
		if key, value, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "="); ok {
			written[key] = value
		}
	}
	return written
}

// flagWords splits GOFLAGS as the go command does: a word that begins with a quote
// goes on to the next one.
func flagWords(text string) (all []string) {
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		end, skip := strings.IndexAny(text, " \t\r\n"), 0
		if text[0] == '"' || text[0] == '\'' {
			end, skip = strings.IndexByte(text[1:], text[0]), 1
			text = text[1:]
		}
		if end < 0 {
			return append(all, text)
		}
		all, text = append(all, text[:end]), text[end+skip:]
	}
	return all
}

// Flag returns the value of a flag in GOFLAGS, or "".
func (e *Env) Flag(name string) (value string) {
	for _, word := range e.Flags {
		word = strings.TrimPrefix(strings.TrimPrefix(word, "-"), "-")
		if rest, ok := strings.CutPrefix(word, name+"="); ok {
			value = rest
		}
	}
	return value
}

// Tags are the build tags that are set: those that were asked for, or else, as
// for the go command, those in GOFLAGS.
func (e *Env) Tags(asked []string) []string {
	if len(asked) == 0 {
		asked = []string{e.Flag("tags")}
	}
	return strings.FieldsFunc(strings.Join(asked, ","), func(r rune) bool { return r == ',' || r == ' ' })
}

// HasCompiler tells whether the go command takes cgo as available: CC is set, or
// the system's usual compiler is there.
func (e *Env) HasCompiler(goos string) bool {
	if e.Lookup("CC") != "" {
		return true
	}
	usual := "gcc"
	switch goos {
	case "darwin", "ios", "freebsd", "openbsd":
		usual = "clang"
	}
	return filepath.IsAbs(LookPath(os.Getenv("PATH"), usual))
}
