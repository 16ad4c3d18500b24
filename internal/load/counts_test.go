package load_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor/internal/load"
)

// chain is a module whose root imports mid, which imports low.
const chain = `
-- app/go.mod --
module example.com/app

go 1.24
-- app/main.go --
package main

import (
	"fmt"

	"example.com/app/mid"
)

func main() { fmt.Println(mid.Mid()) }
-- app/mid/mid.go --
package mid

import "example.com/app/low"

// Mid is in the middle.
func Mid() *low.Low { return low.New() }
-- app/low/low.go --
package low

import "strings"

// Low is at the bottom.
type Low struct{ b strings.Builder }

func New() *Low { return new(Low) }

func helper() int { return 1 }
`

func TestLoadCosts(t *testing.T) {
	if testing.Short() {
		t.Skip("one scan after another: nothing for the race detector")
	}
	tests := []struct {
		name string
		edit func(p *project)
		want load.Counts
		low  load.Level
		why  string
	}{
		{"nothing", func(p *project) {}, load.Counts{Checked: 1, FromStore: 3}, load.Incremental, ""},
		{"root", func(p *project) { p.replace("main.go", "mid.Mid()", "1, mid.Mid()") },
			load.Counts{Checked: 1, FromStore: 3}, load.Incremental, ""},
		{"body", func(p *project) { p.replace("low/low.go", "return 1", "return 2") },
			load.Counts{Checked: 2, FromStore: 3}, load.Incremental, ""},
		{"interface", func(p *project) { p.replace("low/low.go", "func helper", "func Helper") },
			load.Counts{Checked: 3, FromStore: 2}, load.Incremental, ""},
		{"import", func(p *project) { p.replace("low/low.go", `import "strings"`, `import ("strings"; _ "unicode")`) },
			load.Counts{Children: 1, Checked: 2, FromSource: 1, FromStore: 3}, load.Resolve, "the imports, files or modules have changed"},
		{"go.mod", func(p *project) { p.write("go.mod", "module example.com/app\n\ngo 1.25\n") },
			load.Counts{Children: 1, Checked: 3, FromStore: 2}, load.Resolve, "the imports, files or modules have changed"},
		{"new file", func(p *project) { p.write("low/new.go", "package low\n") },
			load.Counts{Children: 1, Checked: 2, FromStore: 3}, load.Resolve, "the imports, files or modules have changed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newProject(t, chain)
			first := p.load(".")
			if first.Level != load.Resolve || first.Why != "nothing is known yet" || first.Counts.Children != 1 || first.Counts.Checked != 3 {
				t.Errorf("first load: %v, %s, %+v", first.Level, first.Why, first.Counts)
			}
			test.edit(p)
			got := p.load(".")
			if got.Level != test.low || got.Why != test.why {
				t.Errorf("level %v because %q, want %v because %q", got.Level, got.Why, test.low, test.why)
			}
			if d := cmp.Diff(test.want, got.Counts); d != "" {
				t.Errorf("counts (-want +got):\n%s", d)
			}
			if d := cmp.Diff(describe(p.reference(".")), describe(got)); d != "" {
				t.Errorf("not as the reference (-want +got):\n%s", d)
			}
		})
	}
}
