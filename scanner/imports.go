package scanner

import (
	"cmp"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// importErrors reports every import of a package, and of the project's packages
// behind it, that cannot be resolved. It tells whether one of the package's own
// is among them: then its types are not worth looking at. The go command may
// blame another importer, so the places are looked up in the sources.
func (s *scan) importErrors(pkg *packages.Package) (own bool) {
	missing := make(map[string]*packages.Package)
	var importers []*packages.Package
	for _, p := range s.closure(pkg) {
		if p != pkg && (p.Module == nil || !p.Module.Main) {
			continue
		}
		for path, dep := range p.Imports {
			if isMissing(dep) {
				missing[path] = dep
				own = own || p == pkg
				importers = append(importers, p)
			}
		}
	}
	follow := s.compilerErrors(pkg)
	var unlisted *diag.Diagnostic // by go.sum: one command cures all
	for _, path := range slices.Sorted(maps.Keys(missing)) {
		places := s.importPlaces(path, importers)
		if len(places) == 0 {
			continue
		}
		fault := s.importFault(path, missing[path])
		fault.At, fault.Also = places[0], append(places[1:], s.alsoImported(path, places)...)
		d := diag.Import(fault).With(nearImport(fault))
		d.Hide(follow)
		follow = nil
		switch {
		case fault.Kind != diag.NoSum:
			s.report(d)
		case unlisted == nil:
			unlisted = &d
		default:
			unlisted.AlsoUnlisted(fault)
		}
	}
	if unlisted != nil {
		s.report(*unlisted)
	}
	return own
}

// isMissing tells whether a package is only the go command's note that it found
// none.
func isMissing(dep *packages.Package) bool {
	return len(dep.GoFiles) == 0 && len(dep.CompiledGoFiles) == 0 && len(dep.Errors) > 0
}

// importPlaces returns where the files of some packages import a path, the
// files with most directives first.
func (s *scan) importPlaces(path string, importers []*packages.Package) (places []diag.Range) {
	var files []*file
	for _, p := range importers {
		files = append(files, s.filesOf(p)...)
	}
	slices.SortFunc(files, func(a, b *file) int {
		return cmp.Or(cmp.Compare(len(b.directives), len(a.directives)), cmp.Compare(a.path, b.path))
	})
	for _, f := range slices.Compact(files) {
		for _, spec := range f.syntax.Imports {
			if got, err := strconv.Unquote(spec.Path.Value); err == nil && got == path {
				places = append(places, f.rangeOf(spec.Path))
			}
		}
	}
	return places
}

// importFault says why the go command did not find a package.
func (s *scan) importFault(path string, dep *packages.Package) diag.ImportFault {
	f := diag.ImportFault{Path: path, Message: strings.TrimSpace(dep.Errors[0].Msg)}
	first, _, _ := strings.Cut(path, "/")
	dir, inModule := s.module.dirOf(path)
	switch {
	case inModule:
		f.Kind, f.Dir = diag.NoDirectory, strings.TrimPrefix(strings.TrimPrefix(path, s.module.path), "/")
		if info, err := s.disk.Stat(dir); err == nil && info.IsDir() {
			f.Kind = diag.NoGoFiles
		}
		f.Generating = s.generating
		f.Near = config.Nearest(f.Dir, s.modulePackages())
		if f.Near != "" {
			f.Near = s.module.path + "/" + f.Near
		}
	case !strings.Contains(first, "."):
		f.Kind = diag.NotStandard
		f.Near = config.Nearest(path, standardPackages())
	case strings.Contains(f.Message, "replacement directory"):
		f.Kind = diag.NoReplacement
		f.Cause, f.Dir = s.replacement(path)
	case strings.Contains(f.Message, "missing go.sum entry"):
		f.Kind = diag.NoSum
	case strings.Contains(f.Message, "GOPROXY=off"):
		f.Kind = diag.Offline
	case strings.Contains(f.Message, "mod=vendor"), strings.Contains(f.Message, filepath.FromSlash("/vendor/"+path)):
		f.Kind = diag.NotVendored
	case unreachable().MatchString(f.Message):
		f.Kind = diag.Unreachable
	case strings.Contains(f.Message, "no required module provides"), strings.Contains(f.Message, "cannot find module providing"):
		f.Kind = diag.NotRequired
		if path != apiPath {
			f.Near = config.Nearest(path, []string{apiPath})
		}
	default:
		f.Kind = diag.OtherMistake
	}
	return f
}

// unreachable is how the go command's messages about a module end that it cannot
// get at, most often as it is private or there is no network.
var unreachable = pattern(`dial tcp|no such host|i/o timeout|40[134] |410 Gone|terminal prompts disabled|could not read Username|Permission denied`)

// modulePackages are the module's folders with Go files, relative to its root.
func (s *scan) modulePackages() []string { return s.packagesBelow(".") }

// packagesBelow are the folders with Go files from one of the module's on.
func (s *scan) packagesBelow(dir string) (dirs []string) {
	entries, _ := s.disk.ReadDir(filepath.Join(s.module.dir, filepath.FromSlash(dir))) // a folder that cannot be listed has none
	if slices.ContainsFunc(entries, isGoFile) {
		dirs = append(dirs, dir)
	}
	for _, entry := range entries {
		below := path.Join(dir, entry.Name)
		if entry.IsDir() && s.module.leftOutBecause(s.module.dir, below) == "" {
			dirs = append(dirs, s.packagesBelow(below)...)
		}
	}
	return dirs
}

// standardPackages are those whose names are most often mistyped.
func standardPackages() []string {
	return strings.Fields("bufio bytes cmp context crypto/rand embed encoding/base64 encoding/binary encoding/json errors " +
		"fmt hash/fnv image image/color image/draw image/jpeg image/png io io/fs iter log log/slog maps math math/bits " +
		"math/cmplx math/rand math/rand/v2 net/http os os/exec path path/filepath reflect regexp runtime slices sort " +
		"strconv strings sync sync/atomic testing text/template time unicode unicode/utf8 unsafe")
}
