package weights

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"
)

// Puller brings weights from a store into folders. Several pullers, also of other
// processes, may have the same Dir: one of them pulls, and the others find what
// it has pulled.
//
// A folder becomes visible by a rename when all files in it are on the disk and
// as locked. Until then they are in the hidden folder .NAME.pull beside it, where
// the next pull finds what an interrupted one has left.
type Puller struct {
	Store Store

	// Dir is where the folders appear. It is made where it is missing.
	Dir string

	// Connections is how many files are read from the store at once; zero is 8.
	Connections int

	// Replace tells to put the weights in the place of a folder that is not what
	// is locked. Without it, that is an error which wraps [ErrDifferent].
	Replace bool

	// Watcher is told how it goes on; nil is nobody.
	Watcher Watcher
}

// Pulled is the end of the pull of weights.
type Pulled struct {
	Name string `json:"name"`

	// Dir is the folder, visible and as locked unless Err is set.
	Dir string `json:"dir"`

	// Files and Bytes are what it holds.
	Files int   `json:"files"`
	Bytes int64 `json:"bytes"`

	// Fetched are the bytes that came from the store.
	Fetched int64 `json:"fetched"`

	// Err says why it is not there.
	Err error `json:"-"`
}

// Pull brings all weights of a lock, and returns how each ended, in order. It
// returns when ctx is done, and leaves what it has for the next pull.
func (p Puller) Pull(ctx context.Context, l Lock) []Pulled {
	if p.Watcher == nil {
		p.Watcher = nobody{}
	}
	if p.Connections <= 0 {
		p.Connections = 8
	}
	slots := make(chan struct{}, p.Connections)
	ended := make([]Pulled, len(l))
	var wg sync.WaitGroup
	for i, w := range l {
		wg.Go(func() {
			pull := &pull{Puller: p, weights: w, slots: slots}
			err := pull.run(ctx)
			ended[i] = Pulled{w.Name, filepath.Join(p.Dir, w.Name), len(w.Files), w.Size(), pull.fetched.Load(), err}
		})
	}
	wg.Wait()
	return ended
}

// names of what is beside the folder of some weights: no name of weights has dots.
func (p *pull) staged() string { return "." + p.weights.Name + ".pull" }
func (p *pull) old() string    { return "." + p.weights.Name + ".old" }
func (p *pull) mutex() string  { return "." + p.weights.Name + ".lock" }

// run brings the weights, as the only process that does.
func (p *pull) run(ctx context.Context) error {
	if err := p.weights.check(spellings{}); err != nil {
		return err
	}
	if err := os.MkdirAll(p.Dir, 0o777); err != nil {
		return err
	}
	root, err := os.OpenRoot(p.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if p.isSettled(ctx, root) {
		return nil
	}
	mutex, err := root.OpenFile(p.mutex(), os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return err
	}
	defer mutex.Close() // which gives it up
	if err := p.wait(ctx, mutex); err != nil {
		return err
	}
	return p.alone(ctx, root)
}

// isSettled tells whether the weights are there and no pull has left anything to be
// tidied: then nothing is written, as weights may be on a disk that only reads.
func (p *pull) isSettled(ctx context.Context, root *os.Root) bool {
	for _, left := range []string{p.staged(), p.old()} {
		if _, err := root.Lstat(left); !errors.Is(err, fs.ErrNotExist) {
			return false
		}
	}
	if _, err := root.Lstat(p.weights.Name); err != nil {
		return false
	}
	differences, err := p.weights.Check(ctx, filepath.Join(p.Dir, p.weights.Name))
	return err == nil && len(differences) == 0
}

// patience is how long it takes to see that another process has ended its pull.
const patience = 100 * time.Millisecond

// wait makes this process the only one to pull.
func (p *pull) wait(ctx context.Context, mutex *os.File) error {
	for told := false; ; told = true {
		busy, err := exclude(mutex)
		if err != nil {
			return fmt.Errorf("%s: keeping other processes out: %w", mutex.Name(), err)
		}
		if !busy {
			return nil
		}
		if !told {
			p.Watcher.Waits(p.weights.Name)
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(patience):
		}
	}
}

// alone brings the weights into root, where nobody else does.
func (p *pull) alone(ctx context.Context, root *os.Root) error {
	if err := root.RemoveAll(p.old()); err != nil {
		return err
	}
	visible, err := p.visible(ctx, root)
	if err != nil {
		return err
	}
	if visible == same {
		return root.RemoveAll(p.staged())
	}
	p.Watcher.Begins(p.weights.Name, p.weights.Size())
	if err := p.stage(ctx, root); err != nil {
		return err
	}
	return p.show(root, visible)
}

// sight is what stands where the weights belong.
type sight int

const (
	nothing sight = iota
	same
	different
)

// visible tells what stands where the weights belong, and refuses to go on when
// it must not be replaced.
func (p *pull) visible(ctx context.Context, root *os.Root) (sight, error) {
	_, err := root.Lstat(p.weights.Name)
	if errors.Is(err, fs.ErrNotExist) {
		return nothing, nil
	}
	if err != nil {
		return nothing, err
	}
	dir := filepath.Join(p.Dir, p.weights.Name)
	differences, err := p.weights.Check(ctx, dir)
	switch {
	case err == nil && len(differences) == 0:
		return same, nil
	case p.Replace:
		return different, ctx.Err()
	case err != nil:
		return nothing, err
	}
	first := differences[0]
	return nothing, fmt.Errorf("%s is %w: %s: %s%s", dir, ErrDifferent, first.Path, first.Text, more(len(differences)-1))
}

func more(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", and %d more", n)
}

// stage brings all files into the hidden folder.
func (p *pull) stage(ctx context.Context, root *os.Root) error {
	if info, err := root.Lstat(p.staged()); err == nil && !info.IsDir() {
		if err := root.Remove(p.staged()); err != nil {
			return err
		}
	}
	if err := root.MkdirAll(p.staged(), 0o777); err != nil {
		return p.explain(err)
	}
	stage, err := root.OpenRoot(p.staged())
	if err != nil {
		return err
	}
	defer stage.Close() // before the rename, which some systems refuse else
	if err := p.tidy(stage); err != nil {
		return err
	}
	err = each(ctx, p.Connections, len(p.weights.Files), func(ctx context.Context, i int) error {
		return p.fetch(ctx, stage, p.weights.Files[i])
	})
	if err == nil {
		err = p.sync(stage)
	}
	return p.explain(err)
}

// tidy takes out of the hidden folder what a pull cannot have left there for
// these weights.
func (p *pull) tidy(stage *os.Root) error {
	ours := map[string]bool{} // whether it is a file
	for _, dir := range p.folders() {
		ours[dir] = false
	}
	for _, f := range p.weights.Files {
		ours[f.Path] = true
	}
	var wrong []string
	err := fs.WalkDir(stage.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return err
		}
		isFile, known := ours[name]
		if known && (d.IsDir() && !isFile || d.Type().IsRegular() && isFile) {
			return nil
		}
		wrong = append(wrong, name)
		if d.IsDir() {
			return fs.SkipDir
		}
		return nil
	})
	for _, name := range wrong {
		err = errors.Join(err, stage.RemoveAll(name))
	}
	return err
}

// folders are those that the files are in.
func (p *pull) folders() []string {
	all := []string{"."}
	for _, f := range p.weights.Files {
		for dir := path.Dir(f.Path); dir != "."; dir = path.Dir(dir) {
			all = append(all, dir)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// sync brings the folders to the disk, so that not even a loss of power shows a
// folder without its files.
func (p *pull) sync(stage *os.Root) error {
	for _, dir := range p.folders() {
		if err := syncDir(stage, dir); err != nil {
			return err
		}
	}
	return nil
}

// syncDir brings the list of files in a folder to the disk. Windows has no such
// thing.
func syncDir(root *os.Root, dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// show makes the hidden folder visible.
func (p *pull) show(root *os.Root, visible sight) error {
	if visible == different {
		if err := root.Rename(p.weights.Name, p.old()); err != nil {
			return err
		}
	}
	if err := root.Rename(p.staged(), p.weights.Name); err != nil {
		return err
	}
	return errors.Join(syncDir(root, "."), root.RemoveAll(p.old()))
}

// explain says what a full disk means.
func (p *pull) explain(err error) error {
	if !isFull(err) {
		return err
	}
	return fmt.Errorf("%w: weights %q need %d bytes in %s; what is there is kept, and the next pull goes on with it",
		err, p.weights.Name, p.weights.Size(), p.Dir)
}
