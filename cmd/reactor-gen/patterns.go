package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// area is a part of a project that an argument names: a file, the files of a
// folder, or all of a tree. Its path is relative to the project's root.
type area struct {
	path         string
	folder, tree bool
}

// holds tells whether a file is in the area.
func (a area) holds(file string) bool {
	switch {
	case a.tree:
		return a.path == "." && !strings.HasPrefix(file, "../") || strings.HasPrefix(file, a.path+"/")
	case a.folder:
		return path.Dir(file) == a.path
	}
	return file == a.path
}

// readAreas reads the arguments of check: names of files and folders, and
// patterns as the go command has them. Root is the folder that stands for the
// working directory, and module its import path, or empty.
func readAreas(root, module string, args []string) (areas []area, err error) {
	for _, arg := range args {
		a, err := readArea(root, module, arg)
		if err != nil {
			return nil, err
		}
		areas = append(areas, a)
	}
	return areas, nil
}

func readArea(root, module, arg string) (area, error) {
	name, tree := filepath.ToSlash(arg), false
	if name == "..." {
		name, tree = ".", true
	} else if rest, ok := strings.CutSuffix(name, "/..."); ok {
		name, tree = rest, true
	}
	switch {
	case name == "":
		return area{}, errors.New("an argument is empty")
	case strings.Contains(name, "..."):
		return area{}, fmt.Errorf(`cannot read the pattern %q: "..." is only for the end, after a slash`, arg)
	}
	name, err := insideOf(name)
	if err != nil {
		return area{}, err
	}
	info, err := os.Stat(filepath.Join(root, filepath.FromSlash(name)))
	if below, ok := strings.CutPrefix(name+"/", module+"/"); err != nil && ok && module != "" {
		name = path.Clean("./" + below)
		info, err = os.Stat(filepath.Join(root, filepath.FromSlash(name)))
	}
	switch {
	case err != nil:
		return area{}, notThere(root, name)
	case tree && !info.IsDir():
		return area{}, fmt.Errorf("%s is not a folder, so that there is no %s", name, arg)
	}
	return area{name, info.IsDir(), tree}, nil
}

// insideOf returns a name relative to the working directory, in which it has to
// be.
func insideOf(name string) (string, error) {
	rel := path.Clean(name)
	if filepath.IsAbs(filepath.FromSlash(name)) {
		here, err := os.Getwd()
		if err != nil {
			return "", err
		}
		if rel, err = filepath.Rel(here, filepath.FromSlash(name)); err != nil || !filepath.IsLocal(rel) {
			rel = relReal(here, name)
		}
		rel = filepath.ToSlash(rel)
	}
	if !filepath.IsLocal(filepath.FromSlash(rel)) {
		return "", fmt.Errorf("%s is outside of the project, which is the working directory; -C DIR is for another", name)
	}
	return rel, nil
}

// relReal is a name relative to a folder, without the symbolic links on the way
// to both.
func relReal(dir, name string) string {
	dir, errDir := filepath.EvalSymlinks(dir)
	parent, errName := filepath.EvalSymlinks(filepath.Dir(filepath.FromSlash(name)))
	rel, err := filepath.Rel(dir, filepath.Join(parent, path.Base(name)))
	if errors.Join(errDir, errName, err) != nil {
		return ".."
	}
	return rel
}

// notThere says that there is no such file or folder, and which one may be meant.
func notThere(root, name string) error {
	dir, rest := ".", name
	for {
		first, more, _ := strings.Cut(rest, "/")
		entries, err := os.ReadDir(filepath.Join(root, filepath.FromSlash(dir)))
		if err != nil {
			return fmt.Errorf("there is no file or folder %s", name)
		}
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		if more != "" && slices.Contains(names, first) {
			dir, rest = path.Join(dir, first), more
			continue
		}
		if near := nearest(first, names); near != "" {
			return fmt.Errorf("there is no file or folder %s; did you mean %s?", name, path.Join(dir, near, more))
		}
		return fmt.Errorf("there is no file or folder %s", name)
	}
}

// limits are conditions on the places that a finding is about. It is shown when
// it meets all of them.
type limits []func(diag.Range) bool

// within is the limit to some areas.
func within(areas []area) func(diag.Range) bool {
	return func(at diag.Range) bool {
		return slices.ContainsFunc(areas, func(a area) bool { return a.holds(at.File) })
	}
}

// split parts the findings that are shown from those that are not.
func (l limits) split(all []diag.Diagnostic) (shown, hidden []diag.Diagnostic) {
	for _, d := range all {
		if l.show(d) {
			shown = append(shown, d)
		} else {
			hidden = append(hidden, d)
		}
	}
	return shown, hidden
}

// show tells whether a finding is shown. What decides whether there is a model,
// or may be caused by an edit anywhere, always is.
func (l limits) show(d diag.Diagnostic) bool {
	if !d.IsLocal() {
		return true
	}
	for _, limit := range l {
		if !slices.ContainsFunc(d.Places(), limit) {
			return false
		}
	}
	return true
}
