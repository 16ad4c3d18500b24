package main

import (
	"fmt"
	"strconv"
	"time"
)

// target is something that ours is to reach.
type target struct {
	name   string
	story  string
	bounds []bound
	see    string // where it is shown, if not here
}

// bound is a target on trees: a figure of ours, or how much of that of another
// tool it is, and how much it may be.
type bound struct {
	scenario string
	of       figure
	than     string             // the other tool; none: the figure itself
	limits   map[string]float64 // by tree
}

// figure is what is taken from a result.
type figure struct {
	name  string
	from  func(*result) float64
	write func(float64) string
}

func ofRuns[T int64 | time.Duration](of func(run) T) func(*result) float64 {
	return func(r *result) float64 { return float64(median(r.Runs, of)) }
}

var (
	wallTime  = figure{"time", ofRuns(wall), func(v float64) string { return milliseconds(time.Duration(v)) }}
	cpuTime   = figure{"CPU", ofRuns(cpu), func(v float64) string { return milliseconds(time.Duration(v)) }}
	peak      = figure{"memory", ofRuns(rss), func(v float64) string { return megabytes(int64(v)) }}
	processes = ofAccount("child processes", func(a *account) int { return a.Children })
	checked   = ofAccount("packages checked", func(a *account) int { return a.Checked })
	inside    = figure{"time inside of the process", func(r *result) float64 { return float64(r.Account.Inside) }, wallTime.write}
)

func ofAccount(name string, of func(*account) int) figure {
	return figure{name, func(r *result) float64 { return float64(of(r.Account)) }, func(v float64) string { return strconv.Itoa(int(v)) }}
}

// on is one limit for several trees.
func on(limit float64, trees ...string) map[string]float64 {
	limits := map[string]float64{}
	for _, tree := range trees {
		limits[tree] = limit
	}
	return limits
}

// everywhere is one limit for all trees.
func everywhere(limit float64) map[string]float64 { return on(limit, "small", "medium", "prom", "k8s") }

func targets() []target {
	k8sMore := func(limit, k8s float64) map[string]float64 {
		limits := everywhere(limit)
		limits["k8s"] = k8s
		return limits
	}
	return []target{
		{name: "T1", story: "nothing changed, beside `go list ./...`", bounds: []bound{
			{"same", wallTime, goList, map[string]float64{"small": 0.05, "medium": 0.03, "prom": 0.015, "k8s": 0.01}}}},
		{name: "T2", story: "nothing changed, beside tools that look at one package", bounds: []bound{
			{"same", wallTime, goVet, k8sMore(0.025, 0.09)},
			{"same", wallTime, loadOne, k8sMore(0.025, 0.09)}}},
		{name: "T3", story: "nothing changed, beside git", bounds: []bound{
			{"same", wallTime, gitTool, everywhere(1)}}},
		{name: "T4", story: "an edit in the model", bounds: []bound{
			{"model", wallTime, loadOne, everywhere(0.10)},
			{"model", wallTime, loadAll, on(0.02, "prom")},
			{"model", inside, "", everywhere(3e6)}}},
		{name: "T5", story: "an edit of a body in a dependency", bounds: []bound{
			{"body", wallTime, loadOne, everywhere(0.12)},
			{"body", checked, "", everywhere(1)}}},
		{name: "T6", story: "an edit of the API of a dependency", bounds: []bound{
			{"api", wallTime, loadOne, on(0.12, "prom", "k8s")},
			{"api", wallTime, loadAll, on(0.05, "prom")}}},
		{name: "T7", story: "the first run", bounds: []bound{
			{"first", cpuTime, loadOne, everywhere(0.95)},
			{"first", cpuTime, loadAll, map[string]float64{"medium": 0.35, "prom": 0.09, "k8s": 0.035}},
			{"clone", wallTime, goDeps, everywhere(1.4)},
			{"clone", wallTime, loadOne, everywhere(0.5)}}},
		{name: "T8", story: "the first run without a build cache", bounds: []bound{
			{"cold", cpuTime, goVetAll, on(0.03, "small")},
			{"cold", cpuTime, loadDeps, on(0.25, "small")}}},
		{name: "T9", story: "the language server", see: "`tools/lspbench`, and the tests in `lsp`"},
		{name: "T10", story: "memory", bounds: []bound{
			{"same", peak, "", k8sMore(8e6, 12e6)},
			{"same", peak, loadOne, everywhere(0.15)},
			{"model", peak, "", everywhere(25e6)}}},
		{name: "T11", story: "the same diagnostics on every way to them", see: "the tests of equality, in `scanner`"},
		{name: "Children", story: "of ours: none while the graph of packages holds, then one", bounds: []bound{
			{"same", processes, "", everywhere(0)},
			{"model", processes, "", everywhere(0)},
			{"body", processes, "", everywhere(0)},
			{"api", processes, "", everywhere(0)},
			{"first", processes, "", everywhere(1)}}},
	}
}

// verdicts has a row for each bound, and a column for each tree that was measured.
func (r *report) verdicts() table {
	head := []string{"target"}
	for _, tree := range r.Trees {
		head = append(head, tree.Name)
	}
	t := table{head}
	for _, target := range targets() {
		title := "**" + target.name + "** " + target.story
		if target.see != "" {
			t = append(t, append([]string{title + ": see " + target.see}, make([]string, len(r.Trees))...))
		}
		for _, b := range target.bounds {
			row := []string{title + ": " + b.String()}
			for _, tree := range r.Trees {
				row = append(row, r.verdict(b, tree.Name))
			}
			t = append(t, row)
		}
	}
	return t
}

// String says what is compared.
func (b bound) String() string {
	text := b.of.name + " in *" + b.scenario + "*"
	if b.than != "" {
		text += ", as part of `" + b.than + "`"
	}
	return text
}

// verdict is the figure, the limit and whether it is kept; empty without a limit.
func (r *report) verdict(b bound, tree string) string {
	limit, bounded := b.limits[tree]
	if !bounded {
		return ""
	}
	write := b.of.write
	if b.than != "" {
		write = func(v float64) string { return fmt.Sprintf("%.2g", v) }
	}
	value, measured := r.value(b, tree)
	switch {
	case !measured:
		return "not measured"
	case value <= limit:
		return "met: " + write(value) + " ≤ " + write(limit)
	}
	return "**missed**: " + write(value) + " > " + write(limit)
}

func (r *report) value(b bound, tree string) (value float64, measured bool) {
	mine := r.find(tree, b.scenario, ours)
	if mine == nil || b.than == "" && mine.Account == nil {
		return 0, false
	}
	if b.than == "" {
		return b.of.from(mine), true
	}
	other := r.find(tree, b.scenario, b.than)
	if other == nil {
		return 0, false
	}
	return b.of.from(mine) / b.of.from(other), true
}
