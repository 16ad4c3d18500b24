package scanner_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor/scanner"
)

// worktree is a project on the disk that random edits change: what it should look
// like, and what was written of that. Edits change the former alone, and sync brings
// the disk to it.
type worktree struct {
	*rand.Rand
	t    testing.TB
	base string // all of it: the project, and modules beside it
	dir  string // the project

	content // as it should be
	written content
	moves   [][2]string      // of files and folders, which are to be moved and not written anew
	likely  []string         // files that edits choose more often
	project *scanner.Project // as it was scanned last, nil without a good one
}

// content is what files there are, by their paths below the base, with forward
// slashes, and links, with what they point to.
type content struct {
	files map[string]string
	links map[string]string
}

// inFolder are the files in a folder.
func (c content) inFolder(dir string) (all []string) {
	for p := range c.files {
		if path.Dir(p) == dir {
			all = append(all, p)
		}
	}
	return all
}

func (c content) clone() content { return content{maps.Clone(c.files), maps.Clone(c.links)} }

// newWorktree writes a project. Paths are relative to a new folder, in which the
// project is called app and the author's API api.
func newWorktree(t testing.TB, seed uint64, files map[string]string) *worktree {
	t.Helper()
	base, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w := &worktree{
		Rand: rand.New(rand.NewPCG(seed, 1)), t: t, base: base, dir: filepath.Join(base, "app"),
		content: content{maps.Clone(files), make(map[string]string)},
		written: content{make(map[string]string), make(map[string]string)},
	}
	maps.Copy(w.files, authorsAPI(t))
	w.sync()
	return w
}

// authorsAPI is the package that models import, as a module of its own, so that
// nothing else of this checkout takes part.
func authorsAPI(t testing.TB) map[string]string {
	t.Helper()
	names, err := filepath.Glob("../*.go")
	if err != nil || len(names) == 0 {
		t.Fatal(err, names)
	}
	files := map[string]string{"api/go.mod": "module github.com/reactorgen/reactor\n\ngo 1.26\n"}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "_test.go") {
			files["api/"+filepath.Base(name)] = string(text)
		}
	}
	return files
}

// name is the absolute name of a path.
func (w *worktree) name(path string) string { return filepath.Join(w.base, filepath.FromSlash(path)) }

// rename moves a file, or a folder with all that is in it. The times of what is in
// the folder stay.
func (w *worktree) rename(from, to string) bool {
	if from == to || strings.HasPrefix(to, from+"/") || strings.HasPrefix(from, to+"/") || w.has(to) || !w.has(from) {
		return false
	}
	move := func(all map[string]string) {
		for _, name := range slices.Sorted(maps.Keys(all)) {
			if rest, below := strings.CutPrefix(name, from+"/"); below {
				all[to+"/"+rest] = all[name]
			} else if name == from {
				all[to] = all[name]
			} else {
				continue
			}
			delete(all, name)
		}
	}
	move(w.files)
	move(w.links)
	w.moves = append(w.moves, [2]string{from, to})
	return true
}

// has tells whether there is a file, link or folder.
func (w *worktree) has(path string) bool {
	_, file := w.files[path]
	_, link := w.links[path]
	return file || link || len(w.below(path)) > 0
}

// below are the files below a folder, sorted.
func (w *worktree) below(dir string) []string {
	return w.match(func(p string) bool { return strings.HasPrefix(p, dir+"/") })
}

// match are the files whose paths fit, sorted.
func (w *worktree) match(fits func(path string) bool) (all []string) {
	for _, p := range slices.Sorted(maps.Keys(w.files)) {
		if fits(p) {
			all = append(all, p)
		}
	}
	return all
}

// texts are the files that have other texts than on the disk, by their paths
// relative to the project, as an editor would have them before it saves. It is nil
// when more has changed than an editor does.
func (w *worktree) texts() map[string][]byte {
	if len(w.moves) > 0 || !maps.Equal(w.links, w.written.links) {
		return nil
	}
	changed := make(map[string][]byte)
	for p, text := range w.files {
		if old, ok := w.written.files[p]; ok && old == text {
			continue
		}
		rel, inside := strings.CutPrefix(p, "app/")
		if isMain(p) { // what looks at mains takes them from the disk
			return nil
		}
		if _, ok := w.written.files[p]; !inside || !ok && !strings.HasSuffix(p, ".go") || !strings.HasSuffix(p, ".go") && !strings.HasSuffix(p, ".yaml") {
			return nil
		}
		if len(w.written.inFolder(path.Dir(p))) == 0 || w.isLinked(p) { // an overlay is not seen through links
			return nil
		}
		changed[rel] = []byte(text)
	}
	for p := range w.written.files {
		if _, ok := w.files[p]; !ok {
			return nil
		}
	}
	return changed
}

// changed are the first paths that are not as on the disk.
func (w *worktree) changed() (all []string) {
	for _, c := range [2][2]map[string]string{{w.files, w.written.files}, {w.links, w.written.links}} {
		for _, p := range slices.Sorted(maps.Keys(c[0])) {
			if old, ok := c[1][p]; !ok {
				all = append(all, "+"+p)
			} else if old != c[0][p] {
				all = append(all, p)
			}
		}
		for _, p := range slices.Sorted(maps.Keys(c[1])) {
			if _, ok := c[0][p]; !ok {
				all = append(all, "-"+p)
			}
		}
	}
	return all[:min(len(all), 8)]
}

// isLinked tells whether a link is to a file.
func (w *worktree) isLinked(p string) bool {
	for _, to := range w.links {
		if to == w.name(p) {
			return true
		}
	}
	return false
}

func isMain(p string) bool {
	return strings.HasPrefix(p, "app/cmd/") || strings.HasPrefix(p, "app/programs/") || strings.HasPrefix(p, "beside/longlive/") ||
		path.Base(p) == "reactor_main.go"
}

// untangle drops the links that are in the way of files, or that lie behind others.
func (w *worktree) untangle() {
	for p := range w.links {
		if _, file := w.files[p]; file || len(w.below(p)) > 0 {
			delete(w.links, p)
		}
		for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
			if _, file := w.files[dir]; file {
				delete(w.links, p)
			}
		}
	}
	for p := range w.files {
		for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
			if _, file := w.files[dir]; file {
				delete(w.files, p)
			}
		}
	}
}

// sync brings the disk to what it should be, and says how.
func (w *worktree) sync() (how string) {
	for _, m := range w.moves {
		w.must(os.MkdirAll(filepath.Dir(w.name(m[1])), 0o777))
		if err := os.Rename(w.name(m[0]), w.name(m[1])); err == nil {
			w.moved(m[0], m[1])
		} // what a move within this step has made anew is written below
	}
	w.moves = nil
	for p := range w.written.links {
		if w.links[p] != w.written.links[p] {
			w.remove(p)
		}
	}
	for p := range w.written.files {
		if _, ok := w.files[p]; !ok {
			w.remove(p)
		}
	}
	ways := w.IntN(6)
	for _, p := range slices.Sorted(maps.Keys(w.files)) {
		old, was := w.written.files[p]
		if was && old == w.files[p] {
			continue
		}
		w.must(os.MkdirAll(filepath.Dir(w.name(p)), 0o777))
		if len(w.written.files) == 0 || !was {
			w.must(os.WriteFile(w.name(p), []byte(w.files[p]), 0o666))
			continue
		}
		how = w.write(ways, w.name(p), w.files[p])
	}
	for p, to := range w.links {
		if w.written.links[p] != to {
			w.must(os.MkdirAll(filepath.Dir(w.name(p)), 0o777))
			w.must(os.RemoveAll(w.name(p)))
			w.must(os.Symlink(to, w.name(p)))
		}
	}
	w.written = w.content.clone()
	return how
}

// moved tells the record of what was written of a move.
func (w *worktree) moved(from, to string) {
	for _, all := range []map[string]string{w.written.files, w.written.links} {
		for _, name := range slices.Sorted(maps.Keys(all)) {
			if rest, below := strings.CutPrefix(name, from+"/"); below {
				all[to+"/"+rest] = all[name]
			} else if name == from {
				all[to] = all[name]
			} else {
				continue
			}
			delete(all, name)
		}
	}
}

// remove removes a file, and the folders that are empty after that.
func (w *worktree) remove(p string) {
	if err := os.Remove(w.name(p)); err != nil && !errors.Is(err, os.ErrNotExist) {
		w.t.Fatal(err)
	}
	for dir := path.Dir(p); dir != "." && dir != "app"; dir = path.Dir(dir) {
		if os.Remove(w.name(dir)) != nil {
			return
		}
	}
}

// write gives a file another text in one of the ways that editors and other tools
// have, and says which.
func (w *worktree) write(way int, name, text string) (how string) {
	info, err := os.Stat(name)
	if err != nil {
		way = -1 // it went with a link to its folder
	}
	put := func(name, text string) { w.must(os.WriteFile(name, []byte(text), 0o666)) }
	switch way {
	case 0:
		put(name+"~tmp", text)
		w.must(os.Rename(name+"~tmp", name))
		return "by another file in its place"
	case 1:
		put(name, text)
		w.must(os.Chtimes(name, info.ModTime(), info.ModTime()))
		return "with its old time"
	case 2:
		put(name, strings.ToUpper(text))
		put(name, text)
		return "twice at once"
	case 3:
		put(name, text)
		at := time.Now().Add(time.Duration(w.IntN(200)-100) * time.Hour)
		w.must(os.Chtimes(name, at, at))
		return fmt.Sprintf("as at %v", at.Format(time.DateTime))
	default:
		put(name, text)
		return ""
	}
}

// touch sets the times of some files, without a change.
func (w *worktree) touch(few int) {
	for range few {
		if all := w.below("app"); len(all) > 0 {
			now := time.Now()
			w.must(os.Chtimes(w.name(all[w.IntN(len(all))]), now, now))
		}
	}
}

func (w *worktree) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}
