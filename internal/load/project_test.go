package load_test

import (
	"fmt"
	"go/build"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/txtar"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/internal/disk"
	"github.com/reactorgen/reactor/internal/load"
)

// project is a module on the disk, and a store that its loads share.
type project struct {
	t       testing.TB
	dir     string
	cache   *cache.Cache
	env     []string
	tags    []string
	overlay map[string][]byte
	graph   []byte // what the next loader is told
}

// newProject writes the files of an archive. The folder app is the root, and the
// module if it has a go.mod.
func newProject(t testing.TB, archive string) *project {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	p := &project{t: t, dir: filepath.Join(dir, "app"), cache: cache.Open(t.TempDir(), cache.Limits{})}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		p.write("../"+f.Name, string(f.Data))
	}
	p.env = append(os.Environ(), "GOFLAGS=", "GOWORK=", "GOPROXY=off")
	return p
}

func (p *project) write(name, text string) {
	p.t.Helper()
	name = filepath.Join(p.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		p.t.Fatal(err)
	}
}

func (p *project) read(name string) string {
	p.t.Helper()
	text, err := os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(name)))
	if err != nil {
		p.t.Fatal(err)
	}
	return string(text)
}

func (p *project) replace(name, old, text string) {
	p.t.Helper()
	was := p.read(name)
	if !strings.Contains(was, old) {
		p.t.Fatalf("%s has no %q", name, old)
	}
	p.write(name, strings.Replace(was, old, text, 1))
}

func (p *project) options() load.Options {
	b := build.Default
	b.BuildTags = p.tags
	return load.Options{Dir: p.dir, Env: p.env, Tags: p.tags, Build: b, Cache: p.cache, Disk: disk.New()}
}

// loader is one of a process that begins: it knows the graph and the store.
func (p *project) loader() *load.Loader {
	o := p.options()
	o.Disk.Lay(p.overlay)
	l := load.New(o)
	l.Lay(p.overlay)
	l.Remember(p.graph)
	return l
}

func (p *project) load(dirs ...string) *load.Loaded {
	p.t.Helper()
	got, err := p.loader().Load(p.t.Context(), dirs)
	if err != nil {
		p.t.Fatal(err)
	}
	p.graph = got.Graph
	return got
}

// reference is what package packages says.
func (p *project) reference(dirs ...string) *load.Loaded {
	p.t.Helper()
	o := p.options()
	o.Cache = nil
	o.Disk.Lay(p.overlay)
	l := load.New(o)
	l.Lay(p.overlay)
	got, err := l.Load(p.t.Context(), dirs)
	if err != nil {
		p.t.Fatal(err)
	}
	return got
}

// describe writes down everything that two loads have to agree on.
func describe(l *load.Loaded) string {
	var b strings.Builder
	fmt.Fprintf(&b, "refusal %q\n", l.Refusal)
	var names []string
	for _, p := range l.Packages {
		names = append(names, p.PkgPath)
		describeTypes(&b, p, true)
		fmt.Fprintf(&b, "  info %v, syntax %d\n", p.TypesInfo != nil, len(p.Syntax))
	}
	fmt.Fprintf(&b, "roots %v\n", names)
	all := make(map[string]string)
	packages.Visit(l.Packages, nil, func(p *packages.Package) {
		var b strings.Builder
		describePackage(&b, p)
		if p.PkgPath != "runtime/cgo" {
			all[p.PkgPath] = b.String()
		}
	})
	for _, path := range slices.Sorted(maps.Keys(all)) {
		b.WriteString(all[path])
	}
	return resultName.ReplaceAllString(b.String(), "")
}

// resultName is what export data calls a result that has no name.
var resultName = regexp.MustCompile(`#rv\d+ `)

// describePackage writes what holds of any package. What a compiler says of the
// module's own packages the type checker says better, and what it says of others
// matters to nobody.
func describePackage(b *strings.Builder, p *packages.Package) {
	fmt.Fprintf(b, "package %s %s in %s\n", p.PkgPath, p.Name, p.Dir)
	fmt.Fprintf(b, "  files %v ignored %v other %v\n", p.GoFiles, p.IgnoredFiles, p.OtherFiles)
	if m := p.Module; m != nil {
		fmt.Fprintf(b, "  module %s %s %s main %v in %s\n", m.Path, m.Version, m.GoVersion, m.Main, m.Dir)
	}
	for _, path := range slices.Sorted(maps.Keys(p.Imports)) {
		if p.Module != nil { // what cgo adds to the standard library is no import
			fmt.Fprintf(b, "  imports %s: %s\n", path, p.Imports[path].PkgPath)
		}
	}
	for _, err := range p.Errors {
		if err.Kind != packages.ListError || !strings.HasPrefix(err.Msg, "#") {
			fmt.Fprintf(b, "  error %d %s: %q\n", err.Kind, err.Pos, err.Msg)
		}
	}
	for _, err := range p.TypeErrors {
		fmt.Fprintf(b, "  type error %s: %q %v\n", err.Fset.Position(err.Pos), err.Msg, err.Soft)
	}
}

// describeTypes writes what can be seen of a package and of what it imports.
func describeTypes(b *strings.Builder, p *packages.Package, more bool) {
	scope := p.Types.Scope()
	fmt.Fprintf(b, "types of %s %v\n", p.PkgPath, p.Types.Complete())
	for _, name := range scope.Names() {
		obj := scope.Lookup(name)
		if !more && !obj.Exported() {
			continue
		}
		pos := p.Fset.PositionFor(obj.Pos(), false)
		if p.Module != nil && !p.Module.Main {
			pos.Column = 1 // export data has none
		}
		fmt.Fprintf(b, "  %s at %s:%d:%d\n", types.ObjectString(obj, nil), filepath.Base(pos.Filename), pos.Line, pos.Column)
		if c, ok := obj.(*types.Const); ok {
			fmt.Fprintf(b, "    = %s\n", exactly(c.Val()))
		}
		if t, ok := obj.(*types.TypeName); ok {
			describeMethods(b, p.Fset, t)
		}
	}
	if !more {
		return
	}
	for _, path := range slices.Sorted(maps.Keys(p.Imports)) {
		// The type checker saw the objects that the types of the root mention.
		for _, imp := range p.Types.Imports() {
			if imp.Path() == p.Imports[path].PkgPath && imp.Path() != "unsafe" && p.Imports[path].Module != nil {
				describeTypes(b, &packages.Package{PkgPath: imp.Path(), Types: imp, Fset: p.Fset, Module: p.Imports[path].Module}, false)
			}
		}
	}
}

func describeMethods(b *strings.Builder, fset *token.FileSet, t *types.TypeName) {
	set := types.NewMethodSet(types.NewPointer(t.Type()))
	for m := range set.Methods() {
		pos := fset.PositionFor(m.Obj().Pos(), false)
		fmt.Fprintf(b, "    %s at %s:%d\n", types.ObjectString(m.Obj(), nil), filepath.Base(pos.Filename), pos.Line)
	}
	fmt.Fprintf(b, "    under %s\n", types.TypeString(t.Type().Underlying(), nil))
}

// exactly writes a constant in the same way whatever form it is kept in.
func exactly(value constant.Value) string {
	switch value.Kind() {
	case constant.Complex:
		return exactly(constant.Real(value)) + " + i " + exactly(constant.Imag(value))
	case constant.Int, constant.Float:
		switch v := constant.Val(value).(type) {
		case *big.Float:
			exact, _ := v.Rat(nil)
			return exact.String()
		case *big.Rat:
			return v.String()
		}
		return value.ExactString() + "/1"
	}
	return value.ExactString()
}
