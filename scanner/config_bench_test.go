package scanner

import (
	"fmt"
	"go/types"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
)

// BenchmarkConfigCheck is what the check of a configuration of 2000 lines costs, for a
// struct of 300 fields, on top of loading the package.
func BenchmarkConfigCheck(b *testing.B) {
	var fields, text strings.Builder
	for i := range 300 {
		fmt.Fprintf(&fields, "\t// K%d is one of many.\n\tK%d map[string]int `yaml:\"k%d\" min:\"0\" max:\"100\"`\n", i, i, i)
		fmt.Fprintf(&text, "k%d:\n", i)
		for j := range 6 {
			fmt.Fprintf(&text, "  v%d: %d # a comment\n", j, j)
		}
	}
	dir := projectOf(b, map[string]string{
		"longlive.go":  decorated("type Config struct {\n" + fields.String() + "}\n\nfunc New(cfg Config) *LongLive { return nil }\n\n//reactor:model name=longlive config=default.yaml\n"),
		"default.yaml": text.String(),
	})
	s, err := newScan(Options{Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	e := NewEngine(s.options)
	e.recall(s)
	s.disk, s.loader = e.disk, e.loader
	if err := s.run(b.Context()); err != nil {
		b.Fatal(err)
	}
	if s.result.Project == nil {
		b.Fatal(s.result.Diagnostics.Sorted())
	}
	p := s.search()[0]
	pkg := s.packageIn(".")
	t := &typed{scan: s, pkg: pkg, obj: pkg.Types.Scope().Lookup("LongLive").(*types.TypeName), dir: "."}
	for b.Loop() {
		s.result.Diagnostics, s.document = new(diag.List), nil
		s.readYAML("default.yaml", []byte(text.String()), &p.directive)
		t.typedConfig(p)
		if s.result.Diagnostics.HasErrors() || s.configSchema == "" {
			b.Fatal("not what was to be measured")
		}
	}
	b.ReportMetric(float64(strings.Count(text.String(), "\n")), "lines")
}
