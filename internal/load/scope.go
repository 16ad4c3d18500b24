package load

import (
	"cmp"
	"go/version"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/internal/goenv"
)

// scope is where the go command's own files are: what an outcome rests on besides
// packages.
type scope struct {
	driver string // why package packages would ask another program
	flags  string // why a setting is not understood
	root   string // GOROOT of the go command on PATH, or "" when there is none

	// wrapped tells that what is called go is another program, such as one that
	// chooses among several versions. Nobody knows what it looks at.
	wrapped bool
	watch   watch
}

// newScope finds the files that the go command reads whatever it is asked for, by
// asking the disk for them.
func (l *Loader) newScope() *scope {
	set := goenv.Variables(l.options.Env)
	s := new(scope)
	goBin := goenv.LookPath(os.Getenv("PATH"), "go")
	if real, err := filepath.EvalSymlinks(goBin); err == nil {
		s.watch.present = append(s.watch.present, goBin, real)
		s.root = filepath.Dir(filepath.Dir(real))
		if _, err := l.disk.Stat(filepath.Join(s.root, "VERSION")); err != nil {
			s.wrapped = true
			s.watch.configs = append(s.watch.configs, real)
		}
	}
	s.root = cmp.Or(set["GOROOT"], s.root)
	written := l.goEnv(s, set)
	lookup := func(key string) string { return cmp.Or(set[key], written[key]) }

	if driver := set["GOPACKAGESDRIVER"]; driver != "" && driver != "off" || driver == "" && goenv.LookPath(os.Getenv("PATH"), "gopackagesdriver") != "" {
		s.driver = "another program lists the packages (GOPACKAGESDRIVER)"
	}
	s.flags = strangeFlags(lookup("GOFLAGS"))
	if lookup("GO111MODULE") == "off" || lookup("GO111MODULE") == "auto" {
		s.flags = "GO111MODULE is set"
	}
	l.modules(s, lookup("GOWORK"))
	return s
}

// goEnv reads the settings of "go env -w" and the defaults of GOROOT.
func (l *Loader) goEnv(s *scope, set map[string]string) map[string]string {
	name := set["GOENV"]
	if name == "off" {
		name = ""
	} else if name == "" {
		if dir, err := os.UserConfigDir(); err == nil {
			name = filepath.Join(dir, "go", "env")
		}
	}
	written := make(map[string]string)
	for _, name := range []string{filepath.Join(s.root, "go.env"), name} {
		if !filepath.IsAbs(name) {
			continue
		}
		s.watch.configs = append(s.watch.configs, name)
		text, _ := l.disk.ReadFile(name) // there may be none
		for line := range strings.Lines(string(text)) {
			if key, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && !strings.HasPrefix(key, "#") {
				written[key] = value
			}
		}
	}
	s.watch.configs = append(s.watch.configs, filepath.Join(s.root, "VERSION"))
	return written
}

// knownFlags are those that GOFLAGS may have without changing more than the set of
// files, which the go command applies by itself.
var knownFlags = []string{"tags", "mod=readonly", "mod=vendor", "trimpath", "buildvcs", "modcacherw", "v", "x", "p", "count", "ldflags", "gcflags", "asmflags"}

func strangeFlags(flags string) string {
	for flag := range strings.FieldsSeq(flags) {
		flag = strings.TrimLeft(flag, "-'\"")
		name, _, _ := strings.Cut(flag, "=")
		if !slices.Contains(knownFlags, name) && !slices.Contains(knownFlags, strings.TrimRight(flag, "'\"")) {
			return "GOFLAGS has -" + name
		}
	}
	return ""
}

// modules watches the files of the modules: those that are there, and those whose
// coming would change everything.
func (l *Loader) modules(s *scope, work string) {
	var main string
	for dir := l.options.Dir; ; dir = filepath.Dir(dir) {
		if main == "" {
			s.watch.configs = append(s.watch.configs, filepath.Join(dir, "go.mod"))
			if _, err := l.disk.Stat(filepath.Join(dir, "go.mod")); err == nil {
				main = dir
			}
		}
		if work == "" {
			s.watch.configs = append(s.watch.configs, filepath.Join(dir, "go.work"))
			if _, err := l.disk.Stat(filepath.Join(dir, "go.work")); err == nil {
				work = filepath.Join(dir, "go.work")
			}
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	if main != "" {
		l.module(s, main)
	}
	if filepath.IsAbs(work) {
		l.work(s, work)
	}
}

// module watches the files of a main module and of those that it replaces with
// folders.
func (l *Loader) module(s *scope, dir string) {
	name := filepath.Join(dir, "go.mod")
	s.watch.configs = append(s.watch.configs, name, filepath.Join(dir, "go.sum"), filepath.Join(dir, "vendor", "modules.txt"))
	text, err := l.disk.ReadFile(name)
	if err != nil {
		return
	}
	// The lax parser would pass over the replace lines.
	if file, err := modfile.Parse(name, text, nil); err == nil {
		s.replaced(dir, file.Replace)
	}
}

// work watches a workspace and its modules.
func (l *Loader) work(s *scope, name string) {
	dir := filepath.Dir(name)
	s.watch.configs = append(s.watch.configs, name, strings.TrimSuffix(name, ".work")+".work.sum", filepath.Join(dir, "vendor", "modules.txt"))
	text, err := l.disk.ReadFile(name)
	if err != nil {
		return
	}
	file, err := modfile.ParseWork(name, text, nil)
	if err != nil {
		return
	}
	s.replaced(dir, file.Replace)
	for _, use := range file.Use {
		l.module(s, absolute(dir, use.Path))
	}
}

// replaced watches the modules in folders.
func (s *scope) replaced(dir string, all []*modfile.Replace) {
	for _, r := range all {
		if r.New.Version == "" {
			at := absolute(dir, r.New.Path)
			s.watch.configs = append(s.watch.configs, filepath.Join(at, "go.mod"), filepath.Join(at, "go.sum"))
		}
	}
}

func absolute(dir, name string) string {
	name = filepath.FromSlash(name)
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(dir, name)
}

// addGraph watches the packages of a graph and what it says about modules.
func (s *scope) addGraph(g *graph) {
	for _, n := range g.nodes {
		if n.kind != fixed {
			s.addFolder(n.dir, g.moduleDir(n))
		}
	}
}

func (g *graph) moduleDir(n *node) string {
	if n.module < 0 {
		return ""
	}
	return g.modules[n.module].Dir
}

// addFolder watches a package's folder, and that no folder between it and its
// module becomes a module.
func (s *scope) addFolder(dir, module string) {
	s.watch.folders = append(s.watch.folders, dir)
	for dir != module && strings.HasPrefix(dir, module) && module != "" {
		s.watch.configs = append(s.watch.configs, filepath.Join(dir, "go.mod"))
		dir = filepath.Dir(dir)
	}
}

// addEmbedded watches the files that packages embed, which have to be there.
func (s *scope) addEmbedded(listed []*listedPackage, g *graph) {
	for i, p := range listed {
		if g.nodes[i].kind == fixed {
			continue
		}
		for _, name := range inDir(p.Dir, p.EmbedFiles) {
			s.watch.present = append(s.watch.present, name)
			s.watch.listed = append(s.watch.listed, filepath.Dir(name))
		}
	}
}

// addTree watches all folders below, when they were asked for.
func (s *scope) addTree(dir string, patterns []string) {
	if slices.Contains(patterns, "./...") {
		s.watch.tree = dir
	}
}

// addPackages watches what was loaded without a graph: wherever a package is, or
// might have been.
func (s *scope) addPackages(all []*packages.Package) {
	var mains []*packages.Module
	packages.Visit(all, nil, func(p *packages.Package) {
		if m := p.Module; m != nil && (m.Main || m.Replace != nil && m.Replace.Version == "") && m.Dir != "" && !slices.Contains(mains, m) {
			mains = append(mains, m)
		}
	})
	packages.Visit(all, nil, func(p *packages.Package) {
		switch {
		case p.Dir != "" && p.Module != nil && !isVersioned(p.Dir, p.Module):
			s.addFolder(p.Dir, p.Module.Dir)
			s.watch.configs = append(s.watch.configs, p.OtherFiles...)
		case len(p.GoFiles) == 0:
			for _, m := range mains {
				if rest, ok := strings.CutPrefix(p.PkgPath, m.Path); ok && (rest == "" || rest[0] == '/') {
					s.addFolder(filepath.Join(m.Dir, filepath.FromSlash(rest)), m.Dir)
				}
				s.addFolder(filepath.Join(m.Dir, "vendor", filepath.FromSlash(p.PkgPath)), "")
			}
		}
	})
}

// tidy sorts what is watched, each thing once.
func (w *watch) tidy() {
	for _, list := range []*[]string{&w.configs, &w.present, &w.folders, &w.listed} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
}

// tooNew says why the go command's packages may be more than this program's type
// checker understands; version is the first line of GOROOT's VERSION.
func tooNew(text []byte) string {
	line, _, _ := strings.Cut(string(text), "\n")
	ours, _, _ := strings.Cut(runtime.Version(), " ")
	theirs := strings.TrimSpace(line)
	switch {
	case !version.IsValid(theirs):
		return "the go command has no version"
	case !version.IsValid(ours):
		return "the type checker has no version"
	case version.Compare(version.Lang(theirs), version.Lang(ours)) > 0:
		return "the go command (" + theirs + ") is newer than the type checker"
	}
	return ""
}
