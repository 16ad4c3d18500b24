package lsp

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/scanner"
)

// FuzzCompletion looks for proposals anywhere in any text. What they replace is in
// the line of the place, and has the place in it.
func FuzzCompletion(f *testing.F) {
	f.Add("//reactor:model name=x weights=[\"a\", \"b\" c=\"\ntype T struct{}", uint(32))
	f.Add("//reactor:command\nfunc (t *T) Go(a, b int", uint(17))
	f.Add("w.Weights; w.Path(\"v\")", uint(20))
	f.Add("- - a: 1\n  b:\n  - c: ${x\n", uint(22))
	f.Add("list:\n- a: \"\n  b", uint(16))
	f.Fuzz(func(t *testing.T, text string, at uint) {
		layer := config.Schema{Kind: config.Struct, Fields: []config.Field{{Key: "a", Schema: config.Schema{Kind: config.Bool}}, {Key: "b"}}}
		schema, err := json.Marshal(&config.Schema{Kind: config.Struct, Fields: []config.Field{
			{Key: "list", Schema: config.Schema{Kind: config.List, Elem: &layer}}, {Key: "c", Schema: config.Schema{Kind: config.String, Enum: []string{"x", "y"}}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		k := known{Project: &scanner.Project{Dir: "/nowhere", ConfigSchema: string(schema)}}
		k.Model.Config, k.Model.Weights = "x.yaml", []string{"vae"}
		for _, path := range []string{"/nowhere/x.go", "/nowhere/x.yaml"} {
			offset := int(at % uint(len(text)+1))
			c := newCompleter(&document{path: path, text: []byte(text)}, k, offset)
			c.complete(t.Context())
			if len(c.all) == 0 {
				continue
			}
			if c.start > offset || offset > c.end || c.start < 0 || c.end > len(text) || strings.Contains(text[c.start:c.end], "\n") {
				t.Errorf("%s: %v of %q at %d", path, c.span, text, offset)
			}
		}
	})
}
