package scanner

import (
	"cmp"
	"go/build"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// environment is what the go command's surroundings say about a build. It is
// read as the go command reads it, without running it: variables first, then the
// file that "go env -w" writes.
type environment struct {
	lookup func(key string) string

	// text is that of the file that "go env -w" writes.
	text string

	// flags are the words of GOFLAGS.
	flags []string
}

// newEnvironment reads the surroundings; nil variables are those of the process.
func newEnvironment(variables []string) *environment {
	if variables == nil {
		variables = os.Environ()
	}
	set := make(map[string]string)
	for _, v := range variables {
		key, value, _ := strings.Cut(v, "=")
		set[key] = value
	}
	text := goEnvFile(set["GOENV"])
	written := settings(text)
	e := &environment{lookup: func(key string) string { return cmp.Or(set[key], written[key]) }, text: text}
	e.flags = flagWords(e.lookup("GOFLAGS"))
	return e
}

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

// flag returns the value of a flag in GOFLAGS, or "".
func (e *environment) flag(name string) (value string) {
	for _, word := range e.flags {
		word = strings.TrimPrefix(strings.TrimPrefix(word, "-"), "-")
		if rest, ok := strings.CutPrefix(word, name+"="); ok {
			value = rest
		}
	}
	return value
}

// tags are the build tags that are set: those that were asked for, or else, as
// for the go command, those in GOFLAGS.
func (e *environment) tags(asked []string) []string {
	if len(asked) == 0 {
		asked = []string{e.flag("tags")}
	}
	return strings.FieldsFunc(strings.Join(asked, ","), func(r rune) bool { return r == ',' || r == ' ' })
}

// context is how a build with the given tags chooses its files.
func (e *environment) context(tags []string) build.Context {
	c := build.Default
	c.GOOS, c.GOARCH = cmp.Or(e.lookup("GOOS"), c.GOOS), cmp.Or(e.lookup("GOARCH"), c.GOARCH)
	c.BuildTags = append([]string{hiddenTag}, tags...)
	switch e.lookup("CGO_ENABLED") {
	case "0":
		c.CgoEnabled = false
	case "1":
		c.CgoEnabled = true
	default:
		host := c.GOOS == runtime.GOOS && c.GOARCH == runtime.GOARCH
		c.CgoEnabled = host && build.Default.CgoEnabled && e.hasCompiler(c.GOOS)
	}
	return c
}

// hasCompiler tells whether the go command takes cgo as available: CC is set, or
// the system's usual compiler is there.
func (e *environment) hasCompiler(goos string) bool {
	if e.lookup("CC") != "" {
		return true
	}
	usual := "gcc"
	switch goos {
	case "darwin", "ios", "freebsd", "openbsd":
		usual = "clang"
	}
	_, err := exec.LookPath(usual)
	return err == nil
}
