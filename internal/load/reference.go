package load

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"
)

// typeMode asks for the types of the named packages from their source and of what
// they import from export data.
const typeMode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
	packages.NeedModule | packages.NeedTypes | packages.NeedTypesSizes | packages.NeedSyntax | packages.NeedTypesInfo

// childrenOfPackages is how many processes a call of package packages starts: for
// the go command's version, the sizes of types, and the list.
const childrenOfPackages = 3

// reference loads packages by package packages. The module's own packages that
// they need are checked from source as well, so that errors in them are in the
// words of the type checker and not in those of the compiler.
func (l *Loader) reference(ctx context.Context, patterns []string, loaded *Loaded) error {
	*loaded = Loaded{Level: Reference, Why: loaded.Why, Counts: Counts{Children: loaded.Counts.Children}, Fset: token.NewFileSet()}
	all, err := l.loadPackages(ctx, patterns, loaded)
	if err != nil {
		loaded.Refusal = err.Error()
	} else if len(all) == 0 {
		loaded.Refusal = l.refusal(ctx, patterns)
		loaded.Counts.Children++
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return l.restOnReference(patterns, loaded)
}

// restOnReference asks the disk for what a reference rests on, and remembers that
// only the reference can load it.
func (l *Loader) restOnReference(patterns []string, loaded *Loaded) error {
	s := l.newScope()
	s.addPackages(loaded.Packages)
	s.addTree(l.options.Dir, patterns)
	loaded.Fleeting = s.driver != "" || s.wrapped || loaded.Refusal != "" || isFleeting(loaded.Packages)
	for _, pkg := range loaded.Packages {
		loaded.Fleeting = loaded.Fleeting || l.isUnsteady(pkg.IgnoredFiles)
	}
	l.graph = nil
	g := &graph{config: l.askedKey(patterns), reason: loaded.Why}
	if err := l.rest(g, s); err != nil {
		loaded.Fleeting = true // what it rests on is out of reach
		return nil
	}
	if !loaded.Fleeting && l.options.Cache != nil {
		l.graph = g
	}
	return nil
}

// fleeting is how the go command speaks of what another try may find otherwise:
// servers, the C compiler and its libraries. Of the imports of a package with a file
// that it cannot read, it says no more than that it cannot find them, and no longer
// when the files are two seconds old, as its index of packages then has them.
var fleeting = compiled(`dial tcp|no such host|i/o timeout|connection |TLS|40[0-9] |410 Gone|50[0-9] |terminal prompts disabled|` +
	`could not read Username|Permission denied|permission denied|GOPROXY|module lookup disabled|git |https?://|checksum|cgo|pkg-config|exec:|^cannot find package$`)

func isFleeting(all []*packages.Package) (is bool) {
	packages.Visit(all, nil, func(p *packages.Package) {
		for _, err := range p.Errors {
			is = is || err.Kind != packages.ParseError && err.Kind != packages.TypeError && fleeting().MatchString(err.Msg)
			is = is || strings.HasPrefix(err.Msg, "could not import C ")
		}
	})
	return is
}

// isUnsteady tells whether the go command may have another answer once some files that
// the build leaves out are two seconds old: it then takes a package from its index,
// for which it reads what comes before the declarations of all files, and complains.
func (l *Loader) isUnsteady(ignored []string) bool {
	return slices.ContainsFunc(ignored, func(name string) bool {
		if !strings.HasSuffix(name, ".go") {
			return false
		}
		text, err := l.disk.ReadFile(name)
		return err == nil && isBroken(Head(text))
	})
}

// loadPackages loads the packages that some patterns mean.
func (l *Loader) loadPackages(ctx context.Context, patterns []string, loaded *Loaded) ([]*packages.Package, error) {
	overlay := l.neededOverlay()
	all, err := l.packages(ctx, typeMode, loaded, overlay, patterns)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	roots := make(map[string]bool)
	for _, pkg := range all {
		roots[pkg.ID] = true
	}
	below, bad := ownBelow(all, roots)
	if bad { // what is below is compiled, and the compiler has to see the overlay
		below, overlay = nil, l.unsavedOverlay()
	}
	if len(below) > 0 || bad && len(overlay) > 0 {
		if all, err = l.packages(ctx, typeMode, loaded, overlay, slices.Concat(patterns, below)); err != nil {
			return nil, err
		}
	}
	for _, pkg := range all {
		if roots[pkg.ID] {
			loaded.Packages = append(loaded.Packages, pkg)
		}
	}
	unnameResults(all)
	if len(overlay) > 0 {
		nameOriginals(all, overlay)
	}
	loaded.Counts.Checked = len(all)
	return loaded.Packages, nil
}

// resultName is what export data calls a result that has no name.
var resultName = compiled(`#rv\d+ `)

// compiled is a regular expression that is compiled when it is first needed, which
// in most runs it is not.
func compiled(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// unnameResults takes names out of messages that nobody has given.
func unnameResults(all []*packages.Package) {
	for _, pkg := range all {
		for i := range pkg.Errors {
			pkg.Errors[i].Msg = resultName().ReplaceAllString(pkg.Errors[i].Msg, "")
		}
		for i := range pkg.TypeErrors {
			pkg.TypeErrors[i].Msg = resultName().ReplaceAllString(pkg.TypeErrors[i].Msg, "")
		}
	}
}

// overlaid is how the compiler names a file of the overlay, which package packages has
// written for it, and is gone by now: a number and the original's last name.
var overlaid = compiled(`[^\s:]*gocommand-\d+[/\\]\d+-([^\s:]+\.go)`)

// nameOriginals puts the names of files in the place of those of the overlay, in what
// is said of packages.
func nameOriginals(all []*packages.Package, overlay map[string][]byte) {
	packages.Visit(all, nil, func(pkg *packages.Package) {
		original := func(said string) string {
			base := overlaid().FindStringSubmatch(said)[1]
			if name := filepath.Join(pkg.Dir, base); overlay[name] != nil {
				return name
			}
			for _, name := range slices.Sorted(maps.Keys(overlay)) {
				if filepath.Base(name) == base {
					return name
				}
			}
			return said
		}
		for i := range pkg.Errors {
			err := &pkg.Errors[i]
			err.Pos = overlaid().ReplaceAllStringFunc(err.Pos, original)
			err.Msg = overlaid().ReplaceAllStringFunc(err.Msg, original)
		}
	})
}

// ownBelow are the paths of the module's own packages that some need, besides
// themselves, and whether something is bad about the graph, which what the compiler
// says is not: to ask for more would then blame others.
func ownBelow(listed []*packages.Package, roots map[string]bool) (paths []string, bad bool) {
	packages.Visit(listed, nil, func(pkg *packages.Package) {
		for _, err := range pkg.Errors {
			bad = bad || err.Kind == packages.ListError && !strings.HasPrefix(err.Msg, "#")
		}
		if !roots[pkg.ID] && pkg.Module != nil && pkg.Module.Main {
			paths = append(paths, pkg.PkgPath)
		}
	})
	return paths, bad
}

// packages calls package packages.
func (l *Loader) packages(ctx context.Context, mode packages.LoadMode, loaded *Loaded, overlay map[string][]byte, patterns []string) ([]*packages.Package, error) {
	loaded.Counts.Children += childrenOfPackages
	return packages.Load(&packages.Config{
		Context:    ctx,
		Mode:       mode,
		Dir:        l.options.Dir,
		Env:        l.options.Env,
		Fset:       loaded.Fset,
		ParseFile:  l.parseFile(),
		Overlay:    overlay,
		BuildFlags: []string{"-tags=" + strings.Join(l.options.Tags, ",")},
	}, patterns...)
}

// refusal is what the go command says when it lists no package at all, which
// package packages keeps to itself.
func (l *Loader) refusal(ctx context.Context, patterns []string) string {
	args := append([]string{"list", "-tags=" + strings.Join(l.options.Tags, ","), "--"}, patterns...)
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Env = l.options.Dir, l.options.Env
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil && said.Len() == 0 {
		return err.Error()
	}
	return said.String()
}

// parseFile is the parser for package packages: it takes the overlay's text in
// the place of a file's own. It is nil without an overlay.
//
// An overlay that is given to package packages itself makes it type-check
// everything that the package imports from source, as it then uses no export data
// at all. The go command needs to see of a file only what its head says, so as
// long as the heads are the same it may look at the file on the disk.
func (l *Loader) parseFile() func(fset *token.FileSet, name string, text []byte) (*ast.File, error) {
	if len(l.overlay) == 0 {
		return nil
	}
	return func(fset *token.FileSet, name string, text []byte) (*ast.File, error) {
		if laid, ok := l.overlay[name]; ok {
			text = laid
		}
		return parser.ParseFile(fset, name, text, parser.AllErrors|parser.ParseComments)
	}
}

// neededOverlay is the overlay for the go command: the Go files in it, or nil
// when the head of each is as on the disk.
func (l *Loader) neededOverlay() map[string][]byte {
	return l.overlayUnless(func(saved, text []byte) bool { return Head(saved) == Head(text) })
}

// unsavedOverlay is the overlay for the compiler: the Go files in it, or nil when
// each is as on the disk.
func (l *Loader) unsavedOverlay() map[string][]byte { return l.overlayUnless(bytes.Equal) }

// overlayUnless are the Go files of the overlay, or nil when each is on the disk and
// like the one there.
func (l *Loader) overlayUnless(like func(saved, text []byte) bool) map[string][]byte {
	all, needed := make(map[string][]byte), false
	for name, text := range l.overlay {
		if !strings.HasSuffix(name, ".go") {
			continue
		}
		all[name] = text
		saved, err := os.ReadFile(name)
		needed = needed || err != nil || !like(saved, text)
	}
	if !needed {
		return nil
	}
	return all
}
