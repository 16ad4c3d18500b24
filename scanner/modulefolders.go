package scanner

import (
	"path"
	"path/filepath"

	"golang.org/x/mod/modfile"

	"github.com/reactorgen/reactor/internal/disk"
)

// ImportPath is the path under which a folder would be imported, or empty outside
// of any module.
func ImportPath(dir string) string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	m, err := findModule(disk.New(), dir)
	if err != nil || m.path == "" {
		return ""
	}
	return m.importPath(dir)
}

// ModuleFolders are the folders that a go.mod or go.work takes modules from, as
// it writes them: a relative one begins with "." and is relative to the file's
// folder. One that cannot be parsed has none.
func ModuleFolders(name string, text []byte) (dirs []string) {
	if path.Base(filepath.ToSlash(name)) == "go.work" {
		work, err := modfile.ParseWork(name, text, nil)
		if err != nil {
			return nil
		}
		for _, use := range work.Use {
			dirs = append(dirs, use.Path)
		}
		return append(dirs, replacements(work.Replace)...)
	}
	mod, err := modfile.Parse(name, text, nil)
	if err != nil {
		return nil
	}
	return replacements(mod.Replace)
}

func replacements(all []*modfile.Replace) (dirs []string) {
	for _, r := range all {
		if r.New.Version == "" {
			dirs = append(dirs, r.New.Path)
		}
	}
	return dirs
}
