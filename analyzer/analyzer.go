// Package analyzer is the part of reactor-gen's checks that one package is
// enough for, as an analyzer of golang.org/x/tools/go/analysis, so that
// multichecker, go vet and editors show the same findings as reactor-gen check.
//
//	analysis.Pass ──► scanner.Check ──► diag.Diagnostic ──► analysis.Diagnostic
//	files, types       the checks        ranges, fixes       positions, edits
//
// It promises nothing about the project: whether there is exactly one model in
// it, what its configuration file holds, and whether its generated main is up to
// date, is for reactor-gen check. What the compiler says, it leaves to the
// compiler.
package analyzer

import (
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

const doc = `check //reactor: directives and the models that they stand on

The reactor analyzer reports comments that were meant as directives and are
none, directives at places where they mean nothing, names and arguments that
are not valid, and models, constructors and commands that cannot be wired into
a program, each with a stable code.`

// New returns the analyzer. The category of a finding is its code.
func New() *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:             "reactor",
		Doc:              doc,
		URL:              "https://github.com/reactorgen/reactor/blob/main/docs/analyzer.md",
		Run:              run,
		RunDespiteErrors: true,
	}
}

func run(pass *analysis.Pass) (any, error) {
	u := newUnit(pass)
	found, err := scanner.Check(u.pkg, u.root, u.readFile)
	if err != nil {
		return nil, err
	}
	for _, d := range found {
		if !saidByCompiler(d.Code) {
			u.report(d)
		}
	}
	return nil, nil
}

// saidByCompiler tells whether a finding is one that whatever runs the analyzer
// has from the compiler.
func saidByCompiler(code diag.Code) bool {
	return slices.Contains([]diag.Code{diag.RG501, diag.RG502, diag.RG503}, code)
}
