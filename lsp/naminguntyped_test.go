package lsp

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

// untyped is a project whose keys no struct has.
func untyped(t testing.TB) map[string]string {
	return map[string]string{
		"go.mod": goMod(t, "example.com/plasma"),
		"plasma.go": strings.Replace(model("plasma config=c.yml"), "\nfunc (p", `
const seed = "sampler.seed"

func New(c *reactor.Config) (*Plasma, error) {
	if _, err := c.Int("sampler.steps", 1); err != nil {
		return nil, err
	}
	_, err := c.Int(seed, 1)
	return new(Plasma), err
}

func (p`, 1),
		"c.yml": "# é\nsampler:\n  steps: 1 # é\n  seed: ${sampler.steps}\n",
	}
}

// TestUntyped goes between keys that a *reactor.Config is asked for and the file.
func TestUntyped(t *testing.T) {
	kept := cache.Open(t.TempDir(), cache.Limits{})
	files := untyped(t)
	c := openAll(t, kept, full, files)
	for _, test := range []struct{ method, file, marked, want string }{
		{"definition", "plasma.go", "\"sampler.st¦eps\"", "c.yml:3 steps"},
		{"definition", "plasma.go", "\"sam¦pler.steps\"", "c.yml:2 sampler"},
		{"definition", "c.yml", "  se¦ed", "plasma.go:10 seed,plasma.go:16 seed"},
		{"references", "c.yml", "  st¦eps", "c.yml:3 steps,c.yml:4 steps,plasma.go:13 steps"},
	} {
		raw := c.want("textDocument/"+test.method, c.ofPlace(test.file, files[test.file], test.marked, inUTF16, ""))
		if got := strings.Join(c.places(files, inUTF16, raw), ","); got != test.want {
			t.Errorf("%s of %s: got %q, want %q", test.method, test.marked, got, test.want)
		}
	}
	c.end()
	for marked, name := range map[string]string{"  st¦eps": "rounds", "  se¦ed": "dice", "sam¦pler:": "loop"} {
		files := untyped(t)
		c := openAll(t, kept, full, files)
		c.apply(files, inUTF16, c.want("textDocument/rename", c.ofPlace("c.yml", files["c.yml"], marked, inUTF16, fmt.Sprintf(`, "newName": %q`, name))))
		c.end()
		checkClean(t, scanner.NewEngine(scanner.Options{Dir: newProject(t, files), Cache: kept}), files)
		if n := strings.Count(files["c.yml"]+files["plasma.go"], name); n < 2 {
			t.Errorf("%s stands in %d places", name, n)
		}
	}
}
