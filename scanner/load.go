package scanner

import (
	"context"
	"fmt"
	"go/token"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/diag"
)

// hiddenTag is the build tag that keeps generated mains out of the scan.
const hiddenTag = "reactorgen"

// loadMode asks for the types of the named packages from their source and of
// what they import from export data, and for the graph of imports, whose
// packages carry the causes of what cannot be loaded.
const loadMode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
	packages.NeedModule | packages.NeedTypes | packages.NeedTypesSizes | packages.NeedSyntax | packages.NeedTypesInfo

// load loads the packages in the given folders, or all of the project when
// there are none: the one call of the go command in a scan.
func (s *scan) load(ctx context.Context, dirs []string) (err error) {
	patterns := []string{"./..."}
	if len(dirs) > 0 {
		patterns = nil
		for _, dir := range dirs {
			patterns = append(patterns, "./"+dir)
		}
	}
	s.fset = token.NewFileSet()
	s.loaded, err = packages.Load(&packages.Config{
		Context:    ctx,
		Mode:       loadMode,
		Dir:        s.root,
		Env:        s.options.Env,
		Fset:       s.fset,
		ParseFile:  s.parseFile(),
		Overlay:    s.overlay(),
		BuildFlags: []string{"-tags=" + strings.Join(s.build.BuildTags, ",")},
	}, patterns...)
	if ctx.Err() != nil {
		return fmt.Errorf("loading the packages: %w", ctx.Err())
	}
	if _, missing := exec.LookPath("go"); err != nil && missing != nil {
		return fmt.Errorf("loading the packages: %w", missing)
	}
	if err != nil {
		s.report(s.refused(err.Error()))
	} else if len(s.loaded) == 0 {
		s.report(s.refused(s.refusal(ctx, patterns)))
	}
	return nil
}

// refusal is what the go command says when it lists no package at all, which
// package packages keeps to itself.
func (s *scan) refusal(ctx context.Context, patterns []string) string {
	args := append([]string{"list", "-tags=" + strings.Join(s.build.BuildTags, ","), "--"}, patterns...)
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Env = s.root, s.options.Env
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil && said.Len() == 0 {
		return err.Error()
	}
	return said.String()
}

// placeIn takes the place at the beginning of one of the go command's messages,
// or in its lines, off it.
func (s *scan) placeIn(message string) (diag.Range, string) {
	var lines []string
	for line := range strings.Lines(message) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	message = strings.TrimPrefix(strings.Join(lines, "\n"), "go: ")
	for i, line := range lines {
		if m := placeInMessage().FindStringSubmatch(line); m != nil {
			return s.placeAt(m[1], m[2], m[3]), strings.Join(append([]string{m[4]}, lines[i+1:]...), "\n")
		}
	}
	return diag.Range{}, message
}

// placeInMessage is file:line:column: message, with the column optional.
var placeInMessage = pattern(`^(?:go: errors parsing )?([^\s:]+):(\d+):(?:(\d+):)? ?(.*)$`)

// placeAt is the range of a line and column that the go command names.
func (s *scan) placeAt(file, line, column string) diag.Range {
	name := file
	if !filepath.IsAbs(name) {
		name = filepath.Join(s.root, name)
	}
	src := s.source(name)
	l, _ := strconv.Atoi(line)
	c, _ := strconv.Atoi(column)
	if src == nil {
		return diag.Range{File: s.rel(name), Line: l, Column: max(c, 1)}
	}
	at := src.Offset(l, max(c, 1))
	return src.Range(at, at+1)
}

// packageIn returns the loaded package whose files are in a folder, or nil.
func (s *scan) packageIn(dir string) *packages.Package {
	want := filepath.Join(s.root, filepath.FromSlash(dir))
	for _, pkg := range s.loaded {
		if pkg.Dir == want {
			return pkg
		}
	}
	return nil
}
