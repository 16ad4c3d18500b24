// Compare gives the same broken projects to reactor-gen and to three generators
// of the field, and writes what each of them said into docs/comparison.md:
//
//	testdata/healthy + testdata/broken ──write──► folder ──tool──► output ──judge──► table
//
// Each tool has projects of its own, with its own way to ask for something: a
// directive, a marker, a call. They are healthy, which is checked, but for the
// one thing that the case breaks. The judgement is mechanical: whether the place
// of the cause, file and line, is in the output, and whether the words of a cure
// are. The tools' versions are those in go.mod.
//
//	go -C tools/compare run .
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// run is to be called in the folder of this module.
func run(ctx context.Context) error {
	checkout, err := filepath.Abs("../..")
	if err != nil {
		return err
	}
	bin, err := os.MkdirTemp("", "compare")
	if err != nil {
		return err
	}
	defer os.RemoveAll(bin)
	all := tools()
	for i := range all {
		if err := all[i].install(ctx, checkout, bin); err != nil {
			return err
		}
	}
	cases, err := readCases("testdata")
	if err != nil {
		return err
	}
	for i := range cases {
		if err := cases[i].try(ctx, all, checkout); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(checkout, "docs", "comparison.md"), []byte(report(all, cases)), 0o666)
}
