package gen

import (
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
)

func TestConfigSchemaStandsInTheMain(t *testing.T) {
	p := plasma()
	p.ConfigSchema = "{\"description\":\"a `b` \u202e \\n\",\"properties\":{}}"
	text := string(generatedText(t, p))
	want := "\t\tSchema: `{\n" +
		"\t\"description\": \"a \\u0060b\\u0060 \\u202e \\n\",\n" +
		"\t\"properties\": {}\n" +
		"}`,\n"
	if !strings.Contains(text, want) {
		t.Errorf("%s\nhas no\n%s", text, want)
	}
	p.Model.Config = ""
	if text := string(generatedText(t, p)); !strings.Contains(text, want) || strings.Contains(text, "Path:") {
		t.Errorf("without a file:\n%s", text)
	}
}

func TestConfigSchemaIsAnInput(t *testing.T) {
	p := plasma()
	file, err := Generate(p)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if _, err := file.Write(dir); err != nil {
		t.Fatal(err)
	}
	was, err := read(dir, file.Path)
	if err != nil {
		t.Fatal(err)
	}
	p.ConfigSchema = "{}"
	changes := was.Changes(p)
	if len(changes) != 1 || changes[0].Input != diag.InputConfigSchema || changes[0].String() != `config struct added` {
		t.Errorf("got %v", changes)
	}
}
