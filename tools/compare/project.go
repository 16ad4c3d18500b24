package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/tools/txtar"
)

// project is one tool's project: path with forward slashes to text.
type project map[string]string

// broken is a way to break a project.
type broken struct {
	title    string
	settings map[string][]string // of the header: "cure" or "cure wire" → values
	files    project             // with the tool's name as first folder
	healthy  map[string]project  // by tool

	results map[string]*result // by tool
}

// readCases reads the archives below dir: the healthy project of each tool, and
// what each case puts in the place of its files. A case's header is its title
// and lines "key: value" or "key tool: value":
//
//	cure        what the output says when it names a cure, a regular expression
//	reason      the same for the cause, where its place alone says nothing
//	named       the same for the cause, where it has no place
//	gone        a file that the project does not have
//	without     a module that go.sum does not list
//	passes      why the tool should not fail at all
//	not meant   why a tool cannot be asked
//
// A line of the cause ends in "// CAUSE", which is cut off.
func readCases(dir string) ([]broken, error) {
	healthy := make(map[string]project)
	for _, t := range tools() {
		archive, err := txtar.ParseFile(filepath.Join(dir, "healthy", t.name+".txtar"))
		if err != nil {
			return nil, err
		}
		healthy[t.name] = filesOf(archive)
	}
	paths, err := filepath.Glob(filepath.Join(dir, "broken", "*.txtar"))
	if err != nil {
		return nil, err
	}
	cases := []broken{{title: "Nothing, the project is healthy", settings: map[string][]string{"passes": {"it is healthy"}}, healthy: healthy}}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			return nil, err
		}
		title, header, _ := strings.Cut(string(archive.Comment), "\n")
		c := broken{title: title, settings: make(map[string][]string), files: filesOf(archive), healthy: healthy}
		for line := range strings.Lines(header) {
			if key, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
				c.settings[key] = append(c.settings[key], value)
			}
		}
		cases = append(cases, c)
	}
	return cases, nil
}

func filesOf(archive *txtar.Archive) project {
	files := make(project)
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

// setting is what the header says under a key, for this tool or for all.
func (c *broken) setting(key, tool string) []string {
	if own := c.settings[key+" "+tool]; own != nil {
		return own
	}
	return c.settings[key]
}

// of is the broken project of a tool.
func (c *broken) of(tool string) project {
	p := maps.Clone(c.healthy[tool])
	for _, path := range c.setting("gone", tool) {
		delete(p, path)
	}
	for path, text := range c.files {
		if path, ok := strings.CutPrefix(path, tool+"/"); ok {
			p[path] = text
		}
	}
	return p
}

var causeMark = regexp.MustCompile(`(?m)[ \t]*// CAUSE$`)

// write writes the project and returns the places of the cause.
func (p project) write(dir, checkout string) (causes []string, err error) {
	for name, text := range p {
		for i, line := range strings.Split(text, "\n") {
			if causeMark.MatchString(line) {
				causes = append(causes, fmt.Sprintf("%s:%d", name, i+1))
			}
		}
		text = strings.ReplaceAll(causeMark.ReplaceAllLiteralString(text, ""), "CHECKOUT", checkout)
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o666)); err != nil {
			return nil, err
		}
	}
	return causes, nil
}

// sums is a go.sum with all that the checkout and this module have, but for some
// modules.
func sums(checkout string, without []string) (string, error) {
	var all strings.Builder
	for _, dir := range []string{checkout, "."} {
		text, err := os.ReadFile(filepath.Join(dir, "go.sum"))
		if err != nil {
			return "", err
		}
	lines:
		for line := range strings.Lines(string(text)) {
			for _, module := range without {
				if strings.HasPrefix(line, module+" ") {
					continue lines
				}
			}
			all.WriteString(line)
		}
	}
	return all.String(), nil
}
