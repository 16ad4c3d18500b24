package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"
)

// documentSchema is the schema of one document, by its name in docs/json.schema.json.
// Members that the schema does not have, which it leaves to later versions, are
// refused: here they are ones that nobody has written down.
func documentSchema(checkout, name string) (*jsonschema.Schema, error) {
	f, err := os.Open(filepath.Join(checkout, "docs", "json.schema.json"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	all, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		return nil, err
	}
	closed(all)
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("json.schema.json", all); err != nil {
		return nil, err
	}
	return compiler.Compile("json.schema.json#/$defs/" + name)
}

// closed refuses members that an object's schema does not name.
func closed(schema any) {
	switch s := schema.(type) {
	case map[string]any:
		if _, object := s["properties"].(map[string]any); object {
			s["additionalProperties"] = false
		}
		for _, below := range s {
			closed(below)
		}
	case []any:
		for _, below := range s {
			closed(below)
		}
	}
}

// conform tells whether a text is a document as its schema has it.
func conform(checkout, name, text string) error {
	schema, err := documentSchema(checkout, name)
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// wantDocument is the script command "conforms NAME": the standard output of the last
// command is this document.
func wantDocument(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: conforms NAME")
	}
	ts.Check(conform(ts.Getenv("CHECKOUT"), args[0], ts.ReadFile("stdout")))
}

// TestDocumentOfPull holds what reactor-weights prints, which is in a module of its
// own, to the schema.
func TestDocumentOfPull(t *testing.T) {
	script, err := txtar.ParseFile(filepath.Join("..", "reactor-weights", "testdata", "script", "pull.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range script.Files {
		if f.Name == "want-json" {
			if err := conform(filepath.Join("..", ".."), "weightsPull", string(f.Data)); err != nil {
				t.Error(err)
			}
			return
		}
	}
	t.Error("there is no want-json in the script")
}

// TestConformRefuses: what the schema does not have is told.
func TestConformRefuses(t *testing.T) {
	for _, text := range []string{
		`{"version": 2, "release": "devel", "go": "go1.26", "os": "linux", "arch": "amd64"}`,
		`{"version": 1, "go": "go1.26", "os": "linux", "arch": "amd64"}`,
		`{"version": 1, "release": "devel", "go": "go1.26", "os": "linux", "arch": "amd64", "more": 1}`,
	} {
		if err := conform(filepath.Join("..", ".."), "version", text); err == nil {
			t.Errorf("%s conforms", text)
		}
	}
}
