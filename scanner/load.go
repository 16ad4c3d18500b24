package scanner

import (
	"context"
	"fmt"
	"go/token"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/packages"
)

// hiddenTag is the build tag that keeps generated mains out of the scan.
const hiddenTag = "reactorgen"

// loadMode asks for the types of the named packages from their source and of
// what they import from export data, and for the graph of imports, whose
// packages carry the causes of what cannot be loaded.
const loadMode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
	packages.NeedModule | packages.NeedTypes | packages.NeedTypesSizes | packages.NeedSyntax | packages.NeedTypesInfo

// load loads the packages in the given folders, or all of the project when
// there are none. Only what keeps the go command from running is an error.
func (s *scan) load(ctx context.Context, dirs []string) ([]*packages.Package, error) {
	patterns := []string{"./..."}
	if len(dirs) > 0 {
		patterns = nil
		for _, dir := range dirs {
			patterns = append(patterns, "./"+dir)
		}
	}
	s.fset = token.NewFileSet()
	loaded, err := packages.Load(&packages.Config{
		Context:    ctx,
		Mode:       loadMode,
		Dir:        s.root,
		Fset:       s.fset,
		BuildFlags: []string{"-tags=" + strings.Join(append([]string{hiddenTag}, s.options.Tags...), ",")},
	}, patterns...)
	if err != nil {
		return nil, fmt.Errorf("loading the packages: %w", err)
	}
	return loaded, nil
}

// packageIn returns the loaded package whose files are in a folder, or nil.
func (s *scan) packageIn(loaded []*packages.Package, dir string) *packages.Package {
	want := filepath.Join(s.root, filepath.FromSlash(dir))
	for _, pkg := range loaded {
		if pkg.Dir == want {
			return pkg
		}
		for _, name := range pkg.GoFiles {
			if filepath.Dir(name) == want {
				return pkg
			}
		}
	}
	return nil
}
