// Load loads and type-checks Go packages with packages.Load, as a generator that
// keeps nothing between its runs does at its start:
//
//	load [-all] PATTERN...
//
// It prints how many packages there are, and fails only when none could be had:
// what a package has for errors is not its business.
package main

import (
	"flag"
	"fmt"
	"os"

	"golang.org/x/tools/go/packages"
)

func main() {
	all := flag.Bool("all", false, "type-check the dependencies from their source as well")
	flag.Parse()
	config := &packages.Config{Mode: packages.LoadSyntax}
	if *all {
		config.Mode = packages.LoadAllSyntax
	}
	loaded, err := packages.Load(config, flag.Args()...)
	if err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
	fmt.Println(len(loaded))
}
