package gen

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/reactorgen/reactor/scanner"
)

// checkEntry returns an error when the author's package main has a func main,
// as the generated file beside it declares another one. It is the only thing
// that Generate looks for on the disk.
func checkEntry(p *scanner.Project) error {
	dir := filepath.Join(p.Dir, filepath.FromSlash(p.Model.Package.Dir))
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("looking for func main: %w", err)
	}
	context := build.Default
	context.BuildTags = []string{"reactorgen"}
	for _, entry := range entries {
		name := entry.Name()
		built, err := context.MatchFile(dir, name)
		if err != nil || !built || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		if line := mainLine(filepath.Join(dir, name)); line > 0 {
			return fmt.Errorf("%w: %s:%d declares func main, and so would the program of the model at %s:%d; rename the function, or move the model to a package of its own",
				ErrPlace, path.Join(p.Model.Package.Dir, name), line, p.Model.Range.File, p.Model.Range.Line)
		}
	}
	return nil
}

// mainLine returns the line of the function main of a file in package main, or
// 0. A file that cannot be parsed is the scanner's to report.
func mainLine(name string) int {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
	if err != nil || file.Name.Name != "main" {
		return 0
	}
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "main" {
			return fset.Position(f.Pos()).Line
		}
	}
	return 0
}
