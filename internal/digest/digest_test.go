package main

import (
	"bytes"
	"os"
	"testing"

	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/scanner"
)

// TestMainIsUpToDate generates the main anew.
func TestMainIsUpToDate(t *testing.T) {
	result, err := scanner.Scan(t.Context(), scanner.Options{Dir: "."})
	if err != nil {
		t.Fatal(err)
	}
	if result.Project == nil {
		t.Fatal(result.Diagnostics.Sorted())
	}
	file, err := gen.Generate(result.Project)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(file.Path); err != nil || !bytes.Equal(text, file.Text) {
		t.Errorf("%s is out of date: go generate ./internal/digest (%v)", file.Path, err)
	}
}
