// Bench measures how long `reactor-gen check` takes, beside what other tools of
// the field take on the same trees, and writes docs/benchmarks.md:
//
//	generator ─┐                 edit ─┐
//	modules ───┴─► tree ─► scenario ───┴─► run, run, run ... ─► table, target, chart
//	programs ────► tool ──────┘
//
// The nouns: a tree is a Go project, made or taken from the module cache by exact
// version; a tool is a command line; a scenario is a situation in which tools are
// run on a tree, with an edit before each run if it is about one; a run is one
// process, measured. The tools of a scenario take turns, so that what else the
// machine does is shared by all, and only the ratios within one page count.
//
//	go -C tools/bench run .
//
// Nothing is left out in silence: a tree or a tool that cannot be had is named on
// the page with the reason. Trees, tools and their build cache stay in one folder
// (-dir), so that a second run need not make them again; every file that was
// edited is put back.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// options are the flags.
type options struct {
	dir       string
	trees     []string // names; none: all
	scenarios []string // names; none: all
	n         int      // runs of each tool
	out       string   // folder of the page
	text      bool     // the page on standard output, and no file
	json      bool     // the figures on standard output, and no file
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := parse(os.Args[1:]).run(ctx)
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func parse(args []string) *options {
	var o options
	cache, _ := os.UserCacheDir()
	flags := flag.NewFlagSet("bench", flag.ExitOnError)
	list := func(into *[]string, name, usage string) {
		flags.Func(name, usage, func(value string) error { *into = strings.Split(value, ","); return nil })
	}
	list(&o.trees, "trees", "`names` of trees, with commas: small, medium, prom, k8s (default all)")
	list(&o.scenarios, "scenarios", "`names` of scenarios, with commas (default all): "+strings.Join(scenarioNames(), ", "))
	flags.IntVar(&o.n, "n", 7, "`runs` of each tool; one that takes seconds is run less often")
	flags.StringVar(&o.dir, "dir", filepath.Join(cache, "reactor-bench"), "`folder` of the trees, the tools and their build cache")
	flags.StringVar(&o.out, "out", filepath.Join("..", "..", "docs"), "`folder` that the page, its chart and its figures are written to")
	flags.BoolVar(&o.text, "text", false, "print the page, and write no file")
	flags.BoolVar(&o.json, "json", false, "print the figures as JSON, and write no file")
	flags.Parse(args)
	return &o
}

// run is to be called in the folder of this module.
func (o *options) run(ctx context.Context) error {
	b, err := newBench(ctx, o)
	if err != nil {
		return err
	}
	defer b.close()
	if err := b.install(ctx); err != nil {
		return err
	}
	var failed []error
	for _, t := range trees() {
		if len(o.trees) > 0 && !slices.Contains(o.trees, t.Name) {
			continue
		}
		if err := b.measure(ctx, t); ctx.Err() != nil {
			return ctx.Err()
		} else if err != nil {
			b.leaveOut("the rest of "+t.Name, err)
			failed = append(failed, err)
		}
	}
	return errors.Join(append(failed, o.write(&b.report))...)
}

// write puts the page and what belongs to it into the folder, or prints.
func (o *options) write(r *report) error {
	figures, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return err
	}
	switch {
	case o.json:
		fmt.Printf("%s\n", figures)
		return nil
	case o.text:
		fmt.Print(r.page())
		return nil
	}
	for name, text := range map[string]string{
		"benchmarks.md": r.page(), "benchmarks.svg": r.chart(), "benchmarks.json": string(figures) + "\n",
	} {
		if err := os.WriteFile(filepath.Join(o.out, name), []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}
