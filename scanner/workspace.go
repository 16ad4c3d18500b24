package scanner

import (
	"path/filepath"
	"slices"

	"golang.org/x/mod/modfile"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/disk"
	"github.com/reactorgen/reactor/internal/goenv"
)

// workspace is the go.work that the go command works with; zero without one.
type workspace struct {
	name   string // absolute
	text   []byte
	file   *modfile.WorkFile // nil when it cannot be parsed
	broken error
}

// findWorkspace finds the go.work above a folder, or the one that GOWORK names.
func findWorkspace(d *disk.Disk, root string, env *goenv.Env) (w workspace) {
	set := env.Lookup("GOWORK")
	if set == "off" {
		return w
	}
	for dir := root; set == ""; dir = filepath.Dir(dir) {
		name := filepath.Join(dir, "go.work")
		if info, err := d.Stat(name); err == nil && !info.IsDir() {
			set = name
		} else if filepath.Dir(dir) == dir {
			return w
		}
	}
	text, err := readFile(d, set)
	if err != nil {
		return w // the go command says why it cannot read it
	}
	w.name, w.text = set, text
	w.file, w.broken = modfile.ParseWork(set, text, nil)
	return w
}

// dirOf is the absolute folder of a use line.
func (w workspace) dirOf(use *modfile.Use) string {
	dir := filepath.FromSlash(use.Path)
	if filepath.IsAbs(dir) {
		return filepath.Clean(dir)
	}
	return filepath.Join(filepath.Dir(w.name), dir)
}

// lists tells whether the workspace lists the module in a folder.
func (w workspace) lists(dir string) bool {
	return slices.ContainsFunc(w.file.Use, func(use *modfile.Use) bool { return w.dirOf(use) == dir })
}

// workspaceFault says why the workspace keeps the project's module from being
// loaded, if it does.
func (s *scan) workspaceFault() (diag.Diagnostic, bool) {
	w := s.workspace
	if w.name == "" {
		return diag.Diagnostic{}, false
	}
	if w.file == nil {
		return s.unreadModFile(w.name, w.text, w.broken), true
	}
	if s.env.Flag("mod") == "mod" {
		return diag.ModInWorkspace(s.rel(w.name), s.env.Lookup("GOFLAGS")), true
	}
	for _, use := range w.file.Use {
		if !exists(s.disk, filepath.Join(w.dirOf(use), "go.mod")) {
			return diag.NoModuleInWorkspace(s.lineIn(w.name, w.text, use.Syntax), use.Path), true
		}
	}
	if !w.lists(s.module.dir) {
		return diag.NotInWorkspace(s.rel(w.name), s.module.path, s.rel(s.module.dir)), true
	}
	if w.file.Go != nil && s.module.file != nil && s.module.file.Go != nil && newer(s.module.file.Go.Version, w.file.Go.Version) {
		return diag.OldWorkspace(s.lineIn(w.name, w.text, w.file.Go.Syntax), w.file.Go.Version, s.module.file.Go.Version), true
	}
	return diag.Diagnostic{}, false
}
