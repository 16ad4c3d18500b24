// Package templates holds the text that reactor-gen init puts into a new
// project.
//
//	Scaffold ──Files──► model.go, configs/default.yaml, go.mod, ... (memory)
//
// The files under scaffold/ are templates of package text/template; what they
// may refer to are the fields and methods of [Scaffold]. The package writes
// nothing and checks nothing.
package templates

import (
	"bytes"
	"embed"
	"fmt"
	"go/token"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"text/template"
)

//go:embed scaffold
var scaffold embed.FS

// Scaffold describes a new project.
type Scaffold struct {
	// Name is the model's name, which is the module's path as well.
	Name string

	// Version is the version of our module that the project requires.
	Version string

	// Checkout is the folder of our module that is used in place of a release,
	// or empty.
	Checkout string
}

// File is a file of the new project, not yet written.
type File struct {
	// Path is relative to the project's root, with forward slashes.
	Path string
	Text []byte
}

// Files returns the files of the project, sorted by path.
func (s Scaffold) Files() ([]File, error) {
	var files []File
	err := fs.WalkDir(scaffold, "scaffold", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := s.fill(name)
		if err != nil {
			return fmt.Errorf("template %s: %w", name, err)
		}
		files = append(files, File{Path: target(name), Text: text})
		return nil
	})
	return files, err
}

func (s Scaffold) fill(name string) ([]byte, error) {
	t, err := template.New(path.Base(name)).Option("missingkey=error").ParseFS(scaffold, name)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Execute(&out, s)
	return out.Bytes(), err
}

// target is where the file of a template goes. The dot of .gitignore is not in
// the template's name, as files with one are not embedded.
func target(name string) string {
	name = strings.TrimSuffix(strings.TrimPrefix(name, "scaffold/"), ".tmpl")
	if name == "gitignore" {
		return ".gitignore"
	}
	return name
}

// Package is the name of the Go package: the model's name without hyphens, and
// with a word more where Go has another use for it.
func (s Scaffold) Package() string {
	name := strings.ReplaceAll(s.Name, "-", "")
	if token.IsKeyword(name) || name == "main" || name == "init" {
		return name + "model"
	}
	return name
}

// Replacement is the checkout's path as go.mod writes it.
func (s Scaffold) Replacement() string {
	if strings.ContainsAny(s.Checkout, " \"'`,()[]{}") || strings.Contains(s.Checkout, "//") {
		return strconv.Quote(s.Checkout)
	}
	return s.Checkout
}
