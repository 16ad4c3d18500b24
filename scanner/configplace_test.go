package scanner

import (
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/reactorgen/reactor/diag"
)

// TestYAMLPlaces looks for each scalar where the reader of YAML says that it is.
func TestYAMLPlaces(t *testing.T) {
	for name, text := range map[string]string{
		"plain":                "a: x1\nb:\n  c: x2\n",
		"carriage returns":     "a: x1\r\nb:\r\n  c: x2\r\n",
		"a byte order mark":    "\ufeffa: x1\nb: x2\n",
		"old line ends":        "a: x1\rb: x2\r",
		"other line ends":      "# \u2028a: x1\nb: x2\n",
		"letters of two bytes": "ä: x1\nb: {ö: x2}\n",
		"letters of four":      "😀: x1\nb: {😀😀: x2}\n",
		"tabs":                 "a:\tx1\t# c\nb: {\tc:\tx2\t}\n",
		"quotes":               "\"a\": \"x1\"\n'b': 'x2' # 'x3'\n",
		"an anchor and a tag":  "a: &q !!str x1\nb: !!str x2\n",
		"a flow":               "a: [x1, {b: x2}]\n",
		"a text over lines":    "a: x1\n  more\nb: x2\n",
	} {
		src := diag.NewSource("c.yaml", []byte(text))
		y := newYAMLText(src)
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		found := 0
		var visit func(n *yaml.Node)
		visit = func(n *yaml.Node) {
			if n.Kind == yaml.ScalarNode && strings.HasPrefix(n.Value, "x") {
				found++
				at := y.token(n.Line, n.Column, n.Value)
				want, _, _ := strings.Cut(n.Value, " ")
				if got := strings.Trim(text[at.Start:at.End], `'"`); got != want {
					t.Errorf("%s: got %q, want %q", name, got, want)
				}
			}
			for _, inner := range n.Content {
				visit(inner)
			}
		}
		if visit(&doc); found != 2 {
			t.Errorf("%s: %d values", name, found)
		}
	}
}

func FuzzYAMLPlaces(f *testing.F) {
	f.Add("a: x\nb: 'y'\n", 2, 4, "y")
	f.Add("\ufeffä: {b: \"\\\"\"}\r\n", 1, 5, "")
	f.Add("&a", 9, 9, "a")
	f.Fuzz(func(t *testing.T, text string, line, column int, token string) {
		y := newYAMLText(diag.NewSource("c.yaml", []byte(text)))
		at := y.token(line, column%1000, token)
		if at.Start < 0 || at.Start > at.End || at.End > len(text) {
			t.Errorf("%d to %d of %d", at.Start, at.End, len(text))
		}
	})
}

func FuzzTag(f *testing.F) {
	for _, tag := range []string{`yaml:"a,omitempty" min:"1"`, `a:"\x"`, `a`, `a:"`, `: "b"`, "a:\"b\"c:\"d\"", "\x00"} {
		f.Add(tag)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		all, bad := readTag(tag, func(from, to int) diag.Range {
			if from < 0 || from > to || to > len(tag) {
				t.Errorf("%d to %d of %q", from, to, tag)
			}
			return diag.Range{Start: from, End: to}
		})
		if bad != nil && (bad.at < 0 || bad.at > bad.end || bad.end > len(tag)) {
			t.Errorf("%+v of %q", *bad, tag)
		}
		for _, e := range all {
			if e.exact && tag[e.valueRange.Start:e.valueRange.End] != e.value {
				t.Errorf("%+v", e)
			}
		}
	})
}
