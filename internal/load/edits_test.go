package load_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor/internal/load"
)

var (
	edits = flag.Int("edits", 200, "how many random edits to compare with the reference")
	seed  = flag.Uint64("seed", 1, "of the random edits")
)

// random is a package of the random module, as far as edits change it.
type random struct {
	imports                         []int // of lower numbers
	body, constant, params, fields  int
	exported, method, generic, file bool
	embed                           bool
	fault                           int // of faults
	comment                         int
}

// faults are what may be wrong with a package.
var faults = []string{
	"", "", "", "", "var wrong int = \"text\"", "func unused() { x := 1 }", "func broken() { if }", "type t struct{ Nothing }",
	"func returns() int { return nothing }", "func g() { %[1]s.hidden() }", "func g() { %[1]s.Missing() }",
}

func (p *random) text(i int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "// Package p%d has number %d.\npackage p%d\n\nimport (\n\t\"strings\"\n", i, p.comment, i)
	for _, j := range p.imports {
		fmt.Fprintf(&b, "\t\"example.com/app/p%d\"\n", j)
	}
	fmt.Fprintf(&b, ")\n\nconst C = %d\n\n%s// T is a type.\ntype T struct {\n\tb *strings.Builder\n", p.constant, strings.Repeat("\n", p.comment%3))
	for f := range p.fields {
		fmt.Fprintf(&b, "\tF%d [C]int\n", f)
	}
	for _, j := range p.imports {
		if p.embed {
			fmt.Fprintf(&b, "\tp%d.T\n\tU%d *p%d.U\n", j, j, j)
			break
		}
		fmt.Fprintf(&b, "\tT%d p%d.T\n", j, j)
	}
	b.WriteString("}\n\n")
	if p.method {
		fmt.Fprintf(&b, "func (t *T) Method%d(x int) string { return \"\" }\n\n", i)
	}
	params := make([]string, p.params)
	for k := range params {
		params[k] = fmt.Sprintf("x%d int", k)
	}
	fmt.Fprintf(&b, "func F(%s) (t T) {\n", strings.Join(params, ", "))
	for _, j := range p.imports {
		fmt.Fprintf(&b, "\t_ = p%d.F(1)\n\t_ = p%d.C + %d\n\tvar u p%d.U\n\t_ = u.Get()\n", j, j, p.body, j)
	}
	fmt.Fprintf(&b, "\t_ = %d\n\treturn\n}\n\n", p.body)
	name := "hidden"
	if p.exported {
		name = "Hidden"
	}
	fmt.Fprintf(&b, "func %s() {}\n\n", name)
	if p.generic {
		b.WriteString("type G[T ~int | ~string] struct{ v T }\n\nfunc (g G[T]) Get() T { return g.v }\n\ntype U = G[int]\n\n")
	} else {
		b.WriteString("type u struct{ v string }\n\nfunc (u) Get() string { return \"\" }\n\ntype U struct{ u }\n\n")
	}
	fault := faults[p.fault]
	if strings.Contains(fault, "%") {
		if len(p.imports) == 0 {
			return b.String()
		}
		fault = fmt.Sprintf(fault, fmt.Sprintf("p%d", p.imports[0]))
	}
	b.WriteString(fault + "\n")
	return b.String()
}

// edit changes one thing, and says which.
func (p *random) edit(r *rand.Rand, i int) string {
	switch r.IntN(14) {
	case 0, 1:
		p.body++
		return "body"
	case 2:
		p.constant = r.IntN(4)
		return "constant"
	case 3:
		p.params = 1 + r.IntN(5)/4
		return "parameters"
	case 4:
		p.fields = r.IntN(3)
		return "fields"
	case 5:
		p.exported = !p.exported
		return "exported helper"
	case 6:
		p.method = !p.method
		return "method"
	case 7:
		p.generic = !p.generic
		return "generic"
	case 8:
		p.file = !p.file
		return "file"
	case 9:
		p.embed = !p.embed
		return "embedding"
	case 10, 11:
		p.fault = r.IntN(len(faults))
		return "fault " + faults[p.fault]
	case 12:
		p.comment++
		return "comment"
	}
	if i == 0 {
		return "nothing"
	}
	j := r.IntN(i)
	if at := slices.Index(p.imports, j); at >= 0 {
		p.imports = slices.Delete(p.imports, at, at+1)
		return fmt.Sprintf("no import of p%d", j)
	}
	p.imports = append(p.imports, j)
	return fmt.Sprintf("import of p%d", j)
}

// TestEditsAgreeWithReference edits a module at random, and loads it each time as
// a process that begins and as one that goes on; now and then both are compared
// with the reference.
func TestEditsAgreeWithReference(t *testing.T) {
	const size, every = 12, 8
	r := rand.New(rand.NewPCG(*seed, 0))
	p := newProject(t, goMod)
	all := make([]random, size)
	write := func(i int) {
		p.write(fmt.Sprintf("p%d/p.go", i), all[i].text(i))
		extra := fmt.Sprintf("package p%d\n", i)
		if all[i].file {
			extra += "\nfunc Extra() {}\n"
		}
		p.write(fmt.Sprintf("p%d/extra.go", i), extra)
	}
	for i := range all {
		all[i].params = 1
		for j := range i {
			if r.IntN(3) == 0 {
				all[i].imports = append(all[i].imports, j)
			}
		}
		write(i)
	}
	var levels [4]int
	root := fmt.Sprintf("p%d", size-1)
	options := p.options()
	on := load.New(options)
	if testing.Short() {
		*edits = min(*edits, 40)
	}
	for n := range *edits {
		i := r.IntN(size)
		what := fmt.Sprintf("edit %d: p%d: %s", n, i, all[i].edit(r, i))
		write(i)
		begun := p.load(root)
		if _, err := options.Disk.Verify(t.Context()); err != nil {
			t.Fatal(err)
		}
		goesOn, err := on.Load(t.Context(), []string{root})
		if err != nil {
			t.Fatal(err)
		}
		levels[begun.Level]++
		want := describe(begun)
		if d := cmp.Diff(lines(want), lines(describe(goesOn))); d != "" {
			t.Fatalf("%s: not as in a process that begins (-want +got):\n%s", what, d)
		}
		if n%every == 0 || n == *edits-1 {
			if d := cmp.Diff(lines(describe(p.reference(root))), lines(want)); d != "" {
				t.Fatalf("%s: not as the reference (-want +got):\n%s", what, d)
			}
		}
	}
	if levels[load.Incremental] < levels[load.Resolve] || levels[load.Reference] > 0 {
		t.Errorf("incremental %d, resolve %d, reference %d", levels[1], levels[2], levels[3])
	}
}

func lines(text string) []string { return strings.Split(text, "\n") }
