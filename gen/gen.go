// Package gen writes the main that wires a scanned model into the runtime.
//
//	scanner.Project ──Generate──► File (memory) ──Write──► cmd/plasma/main.go
//	       └────────Inspect, Check──► diagnostics ◄──header──────┘
//
// The file is a table and one call: the model's identity, its configuration, the
// schema of its commands, one handler a command, and the constructor. Its text
// depends on the [scanner.Project] alone, so it is the same on every run and
// platform, and every text of the author's stands in it as a quoted string.
//
// Of the same project it writes what others read: the capabilities and the OpenAPI
// document for clients, the manifest for deployment tools, and typed clients in
// TypeScript and Go. The main carries the first three as data.
//
// The header of the file says what it was made of, so that Check knows an old or
// edited main without making another.
//
// Generate expects a project that was scanned without errors. It loads no code
// and knows the runtime by the names that it writes.
package gen

import (
	"bytes"
	"fmt"
	"go/format"
	"path"

	"github.com/reactorgen/reactor/scanner"
)

// outputFormat counts the forms of the main. It is an input of every main, so
// that raising it makes all of them out of date; that is for a form which
// existing projects must take over.
const outputFormat = 1

// File is a generated file, not yet written.
type File struct {
	// Path is relative to the project's root, with forward slashes.
	Path string

	// Text is gofmted Go that starts with [Header].
	Text []byte
}

// Generate returns the main of a project: cmd/NAME/main.go for a model in a
// library package, reactor_main.go beside a model in a package main. The error
// says which value of the project cannot be written.
func Generate(p *scanner.Project) (File, error) {
	place := placeOf(p)
	capabilities, err := Capabilities(p.Model.Commands)
	if err != nil {
		return File{}, err
	}
	contract, err := manifest(p)
	if err != nil {
		return File{}, err
	}
	text := bytes.NewBufferString(top(p))
	if err := newProgram(p, capabilities, contract.lines()).render(text); err != nil {
		return File{}, fmt.Errorf("generate %s: %w", place, err)
	}
	formatted, err := format.Source(text.Bytes())
	if err != nil {
		return File{}, fmt.Errorf("generate %s: %w", place, err)
	}
	return File{Path: place, Text: seal(formatted)}, nil
}

// placeOf returns where the generated main belongs.
func placeOf(p *scanner.Project) string {
	if inMain(p) {
		return path.Join(p.Model.Package.Dir, "reactor_main.go")
	}
	return path.Join("cmd", p.Model.Name, "main.go")
}

// inMain tells whether the model is declared in a package main, which no other
// package can import.
func inMain(p *scanner.Project) bool { return p.Model.Package.Name == "main" }
