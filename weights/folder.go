package weights

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"sync"
)

// Hash returns the weights of a name that are in the folder dir, ready to be
// locked. Weights are plain files with safe names: anything else, and a folder
// without files, is an error.
func Hash(ctx context.Context, name, dir string) (Weights, error) {
	w := Weights{Name: name}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return w, err
	}
	defer root.Close()
	entries, err := list(root)
	if err != nil {
		return w, err
	}
	for _, e := range entries {
		if !e.mode.IsRegular() {
			return w, fmt.Errorf("%s/%s is %s; weights are plain files", name, e.path, kind(e.mode))
		}
		w.Files = append(w.Files, File{Path: e.path, Size: e.size})
	}
	if err := w.check(spellings{}); err != nil {
		return w, fmt.Errorf("%s: %w", dir, err)
	}
	err = each(ctx, hashers, len(w.Files), func(ctx context.Context, i int) (err error) {
		w.Files[i], err = hashFile(ctx, root, w.Files[i].Path)
		return err
	})
	return w, err
}

// hashers is how many files are read at once: more than one disk or processor
// keeps busy, and little memory.
const hashers = 4

// entry is something in a folder that is no folder.
type entry struct {
	path string // with forward slashes
	mode fs.FileMode
	size int64
}

// list returns all in a folder that is no folder, ordered by path.
func list(root *os.Root) (all []entry, err error) {
	err = fs.WalkDir(root.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			all = append(all, entry{path, info.Mode(), info.Size()})
		}
		return err
	})
	slices.SortFunc(all, func(a, b entry) int {
		if a.path < b.path {
			return -1
		}
		return 1
	})
	return all, err
}

// kind says what is no plain file.
func kind(mode fs.FileMode) string {
	switch mode.Type() {
	case fs.ModeDir:
		return "a folder"
	case fs.ModeSymlink:
		return "a symbolic link"
	case fs.ModeNamedPipe:
		return "a pipe"
	case fs.ModeSocket:
		return "a socket"
	}
	return "a device"
}

// hashFile reads one file of a folder.
func hashFile(ctx context.Context, root *os.Root, path string) (File, error) {
	file, err := root.Open(path)
	if err != nil {
		return File{}, err
	}
	defer file.Close()
	h := sha256.New()
	n, err := io.Copy(h, reader{ctx, file})
	return File{Path: path, Size: n, Sum: Sum(h.Sum(nil))}, err
}

// reader reads until its context is done.
type reader struct {
	ctx context.Context
	io.Reader
}

func (r reader) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(b)
}

// each calls do for all numbers below n, several at once, and returns the first
// error. After an error nothing is begun, and the context of what runs is done.
func each(ctx context.Context, atOnce, n int, do func(context.Context, int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	numbers := make(chan int)
	var wg sync.WaitGroup
	for range min(atOnce, n) {
		wg.Go(func() {
			for i := range numbers {
				if err := do(ctx, i); err != nil {
					cancel(err)
				}
			}
		})
	}
	for i := range n {
		select {
		case numbers <- i:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(numbers)
	wg.Wait()
	return context.Cause(ctx)
}

// ErrDifferent says that a folder is not what is locked.
var ErrDifferent = errors.New("not what is locked")

// Difference is one thing in which a folder is not what is locked.
type Difference struct {
	Path string `json:"path"`

	// What is wrong: "missing", "extra", "size", "content" or "kind".
	What string `json:"what"`

	// Text says it in a few words, without the path.
	Text string `json:"text"`
}

// Check reads the folder dir and returns in what it differs from the weights, in
// the order of paths. The error says that it cannot be read.
func (w Weights) Check(ctx context.Context, dir string) ([]Difference, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	entries, err := list(root)
	if err != nil {
		return nil, err
	}
	found := map[string]entry{}
	for _, e := range entries {
		found[e.path] = e
	}
	all := make([]*Difference, len(w.Files), len(w.Files)+len(entries))
	err = each(ctx, hashers, len(w.Files), func(ctx context.Context, i int) (err error) {
		e, there := found[w.Files[i].Path]
		all[i], err = w.Files[i].check(ctx, root, e, there)
		return err
	})
	for _, f := range w.Files {
		delete(found, f.Path)
	}
	for path := range found {
		all = append(all, &Difference{path, "extra", "not locked"})
	}
	return inOrder(all), err
}

// check compares one file, which is e where it is there.
func (f File) check(ctx context.Context, root *os.Root, e entry, there bool) (*Difference, error) {
	switch {
	case !there:
		return &Difference{f.Path, "missing", "missing"}, nil
	case !e.mode.IsRegular():
		return &Difference{f.Path, "kind", kind(e.mode) + " and no plain file"}, nil
	case e.size != f.Size:
		return &Difference{f.Path, "size", fmt.Sprintf("%d bytes, locked %d", e.size, f.Size)}, nil
	}
	got, err := hashFile(ctx, root, f.Path)
	if err != nil || got == f {
		return nil, err
	}
	return &Difference{f.Path, "content", fmt.Sprintf("SHA-256 %s, locked %s", got.Sum, f.Sum)}, nil
}

func inOrder(all []*Difference) (sorted []Difference) {
	for _, d := range all {
		if d != nil {
			sorted = append(sorted, *d)
		}
	}
	slices.SortFunc(sorted, func(a, b Difference) int {
		if a.Path < b.Path {
			return -1
		}
		return 1
	})
	return sorted
}
