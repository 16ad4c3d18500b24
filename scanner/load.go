package scanner

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/diag"
)

// hiddenTag is the build tag that keeps generated mains out of the scan.
const hiddenTag = "reactorgen"

// load loads the packages in the given folders.
func (s *scan) load(ctx context.Context, dirs []string) error {
	loaded, err := s.loader.Load(ctx, dirs)
	if err != nil {
		return fmt.Errorf("loading the packages: %w", err)
	}
	s.loaded, s.fset = loaded.Packages, loaded.Fset
	s.graph, s.fleeting = loaded.Graph, loaded.Fleeting
	s.result.Level, s.result.Why = levelOf(loaded.Level), loaded.Why
	s.result.Counts.Load.Add(loaded.Counts)
	if loaded.Refusal != "" {
		s.report(s.refused(loaded.Refusal))
	}
	return nil
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

// closure is a package and all that it needs, in no order.
func (s *scan) closure(pkg *packages.Package) []*packages.Package {
	if all, ok := s.closures[pkg]; ok {
		return all
	}
	if s.closures == nil {
		s.closures = make(map[*packages.Package][]*packages.Package)
	}
	all, seen := []*packages.Package{pkg}, map[*packages.Package]bool{pkg: true}
	for i := 0; i < len(all); i++ {
		for _, p := range all[i].Imports {
			if !seen[p] {
				all, seen[p] = append(all, p), true
			}
		}
	}
	s.closures[pkg] = all
	return all
}
