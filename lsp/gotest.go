package lsp

import (
	"bytes"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// testPackage is a package with tests, by its folder.
type testPackage struct{ dir, name string }

// isBeside tells whether it is the one beside the package that it tests.
func (p testPackage) isBeside() bool { return strings.HasSuffix(p.name, "_test") }

// otherTests checks the tests in other folders of the module that import the package of
// the model: in those of open documents, or everywhere.
func (g *goSource) otherTests(model *goPackage, everywhere bool) {
	var all []testPackage
	for _, dir := range g.testFolders(everywhere) {
		if dir != model.dir {
			all = append(all, g.testsOf(dir, model.path)...)
		}
	}
	slices.SortStableFunc(all, func(a, b testPackage) int { return rank(!a.isBeside()) - rank(!b.isBeside()) }) // they may import the others
	for _, p := range all {
		importPath := g.pathOf(p.dir)
		if p.isBeside() {
			importPath += "_test"
		}
		key := importPath
		if g.packages[key] != nil {
			key += " with tests" // it was imported without them
		}
		g.packages[key] = g.check(importPath, p.dir, p.name)
	}
}

// testFolders are the folders of the module that there are tests in, sorted.
func (g *goSource) testFolders(everywhere bool) []string {
	all := make(map[string]bool)
	for name := range g.texts.open {
		if isTest(name) {
			_, goMod := new(server).folderOf(name)
			all[filepath.Dir(name)] = goMod != "" && filepath.Dir(goMod) == g.dir
		}
	}
	maps.DeleteFunc(all, func(_ string, inModule bool) bool { return !inModule })
	if everywhere {
		_ = filepath.WalkDir(g.dir, func(name string, entry fs.DirEntry, err error) error { // what can be read will do
			switch {
			case g.ctx.Err() != nil:
				return g.ctx.Err()
			case err == nil && entry.IsDir() && name != g.dir && isElsewhere(name):
				return filepath.SkipDir
			case isTest(name):
				all[filepath.Dir(name)] = true
			}
			return nil
		})
	}
	return slices.Sorted(maps.Keys(all))
}

func isTest(name string) bool { return strings.HasSuffix(name, "_test.go") }

// isElsewhere tells whether a folder is none of the packages of the module that it is in,
// by the rules of the go command.
func isElsewhere(dir string) bool {
	base := filepath.Base(dir)
	if strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata" || base == "vendor" {
		return true
	}
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

// testsOf are the packages in a folder whose tests import something.
func (g *goSource) testsOf(dir, importPath string) (all []testPackage) {
	for _, file := range g.texts.in(dir, ".go") {
		if !isTest(file) || !bytes.Contains(g.texts.now(file), []byte(`"`+importPath+`"`)) {
			continue
		}
		syntax, _ := parser.ParseFile(token.NewFileSet(), file, g.texts.get(file), parser.PackageClauseOnly) // what it understands will do
		if syntax == nil || syntax.Name == nil {
			continue
		}
		if p := (testPackage{dir, syntax.Name.Name}); !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}
