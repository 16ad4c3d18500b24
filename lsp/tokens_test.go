package lsp

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// tokens are those of a document, as "line:start-end type", in the document or a part.
func (c *client) tokens(method, name, rest string) (all []string) {
	c.t.Helper()
	result := c.want("textDocument/semanticTokens/"+method, fmt.Sprintf(`{"textDocument": {"uri": %q}%s}`, c.uri(name), rest))
	var p semanticTokens
	if err := json.Unmarshal(result, &p); err != nil || p.Data == nil || len(p.Data)%5 > 0 {
		c.t.Fatalf("%v: %s", err, result)
	}
	line, start := 0, 0
	for ; len(p.Data) > 0; p.Data = p.Data[5:] {
		if p.Data[0] > 0 {
			start = 0
		}
		line, start = line+p.Data[0], start+p.Data[1]
		all = append(all, fmt.Sprintf("%d:%d-%d %s", line, start, start+p.Data[2], tokenLegend().Legend.TokenTypes[p.Data[3]]))
	}
	return all
}

// TestTokens colours the directives of a text that is not saved and does not parse,
// behind characters outside of ASCII and whatever ends its lines.
func TestTokens(t *testing.T) {
	c := newClient(t, capable, map[string]string{"go.mod": goMod(t, "example.com/plasma"), "plasma.go": "package plasma\n"})
	text := strings.Join([]string{
		"package plasma",
		"",
		`//reactor:model author="é😀" name=plasma // 😀`,
		"type (",
		"x := `",
		"//reactor:model name=in-a-string",
		"`",
		"/*é*/ //reactor:ignore RG121 a reason=1",
		"//reactor:command go async",
		"//reactor:param speed min=0",
	}, "\r\n")
	c.open("plasma.go", text)
	wantSame(t, "all", c.tokens("full", "plasma.go", ""),
		"2:0-15 macro", "2:16-22 property", "2:24-27 string", "2:29-33 property", "2:34-40 string",
		"7:6-22 macro", "7:23-28 enumMember",
		"8:0-17 macro", "8:18-20 string", "8:21-26 enumMember",
		"9:0-15 macro", "9:16-21 parameter", "9:22-25 property", "9:26-27 string")
	wantSame(t, "a part", c.tokens("range", "plasma.go", `, "range": {"start": {"line": 7, "character": 25}, "end": {"line": 8, "character": 17}}`),
		"7:23-28 enumMember", "8:0-17 macro")
	c.change("plasma.go", 2, "//reactor:model name=\"a\rb\" x=y")
	wantSame(t, "no token is in two lines", c.tokens("full", "plasma.go", ""), "0:0-15 macro", "0:16-20 property", "1:3-4 property", "1:5-6 string")
	c.open("plasma.yaml", text)
	wantSame(t, "a file that is no Go", c.tokens("full", "plasma.yaml", ""))
	c.end()
}

// TestOffer offers tokens, lenses and the like to clients that can show them.
func TestOffer(t *testing.T) {
	for capabilities, want := range map[string]bool{full: false, capable: true} {
		c := newClient(t, "", map[string]string{"go.mod": goMod(t, "example.com/plasma")})
		result := string(c.want("initialize", `{"capabilities": `+capabilities+`}`))
		for _, provider := range []string{"semanticTokensProvider", "codeLensProvider", "diagnosticProvider"} {
			if strings.Contains(result, provider) != want {
				t.Errorf("%s: %s", provider, result)
			}
		}
		if !strings.Contains(result, "completionProvider") {
			t.Errorf("%s", result)
		}
		c.end()
	}
}
