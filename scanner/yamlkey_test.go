package scanner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
)

// TestYAMLKeys reads keys and values back from where they are said to be.
func TestYAMLKeys(t *testing.T) {
	for text, want := range map[string]string{
		"a: 1\nb:\n  ü: \"x y\" # c\n":                 `a=a:1 b=b:ü b.ü=ü:"x y"`,
		"list:\n  - {k: 'v'}\n  - k: [1]\n":            `list=list:- {k list.[0].k=k:'v' list.[1].k=k:[1] list.[1].k.[0]=:1`,
		"base: &b {k: v}\nc:\n  <<: *b\n  \"d\": *b\n": `base=base:{k: v} base.k=k:v c=c:<< c.k=k:v c.d="d":*b c.d.k=k:v`,
		"a: [":         "",
		"":             "",
		"x":            "",
		"a: &a [*a]\n": `a=a:[*a]`,
	} {
		var got []string
		for _, k := range YAMLKeys(diag.NewSource("c.yaml", []byte(text))) {
			got = append(got, fmt.Sprintf("%s=%s:%s", strings.Join(k.Path, "."), text[k.Key.Start:k.Key.End], text[k.Value.Start:k.Value.End]))
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", text, got, want)
		}
	}
}
