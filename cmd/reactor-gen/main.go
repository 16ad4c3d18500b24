// Command reactor-gen turns a comment into a program: it checks that a Go
// project holds exactly one model, writes the main that wires the model into
// the runtime, builds it and runs it.
//
//	flags ──► scanner ──► gate ──► gen ──► file, or overlay ──► go build ──► program
//
// Each verb is a file of its own; everything that they do is a call into the
// other packages. The exit status is 0 when all is well, 1 when something is
// wrong with the project, and 2 when the command could not do its job; run
// takes over that of the program.
package main

import "os"

// llms.txt, at the root of the repository, is written by a test.
//
//go:generate go test -run TestLlms . -update

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }
