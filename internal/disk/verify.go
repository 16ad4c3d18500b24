package disk

import (
	"context"
	"io/fs"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Changes is what Verify found. The zero value says that all holds.
type Changes struct {
	Files   []string // absolute, sorted; also what was not there and is, and the other way round
	Dirs    []string // absolute, sorted; folders with other names in them, or of other types
	Touched int      // facts that hold, but not by their stat: worth an Encode
}

// Empty tells whether all holds.
func (c Changes) Empty() bool { return len(c.Files) == 0 && len(c.Dirs) == 0 }

// Verify asks the system whether all facts hold, and brings those that do not up to
// date, so that every answer from here on is the one of a Disk that knew nothing.
// The error is the context's; the Disk then asks everything anew.
func (d *Disk) Verify(ctx context.Context) (Changes, error) {
	if err := d.settle(); err != nil {
		return Changes{}, err
	}
	suspects, err := d.suspects(ctx)
	if err == nil {
		err = d.recheck(ctx, suspects)
	}
	if err != nil {
		return Changes{}, err
	}
	return d.apply(suspects), nil
}

// settle makes one table of all facts, none of which holds until it is verified.
func (d *Disk) settle() error {
	d.since = d.now().UnixNano()
	d.holds = false
	if len(d.files)+len(d.folders) == 0 {
		return nil
	}
	facts, ok := encodeTable(d.base, d.files, d.folders)
	if !ok {
		return errForm
	}
	base, err := decodeTable(slices.Concat(facts...))
	if err != nil {
		return err
	}
	d.base = base
	clear(d.files)
	clear(d.folders)
	return nil
}

// suspect is a fact whose stat does not vouch for it: of a file, or of a folder's
// entries.
type suspect struct {
	folder, file int // records; file is -1 for the entries

	name    string
	changed bool
	isFile  file
	isList  folder
}

// suspects stats all names of the table.
func (d *Disk) suspects(ctx context.Context) ([]suspect, error) {
	workers := make([]checker, min(runtime.GOMAXPROCS(0), d.base.len()/32+1))
	err := share(ctx, len(workers), d.base.len(), 16, func(worker, i int) {
		c := &workers[worker]
		c.table = d.base
		c.group(i)
	})
	var all []suspect
	for i := range workers {
		all = append(all, workers[i].suspects...)
		d.counts.stats.Add(workers[i].stats)
	}
	return all, err
}

// share calls do with the numbers below n from several goroutines, each taking a
// few at a time, until the context ends.
func share(ctx context.Context, workers, n, few int, do func(worker, i int)) error {
	var next atomic.Int64
	work := func(worker int) {
		for ctx.Err() == nil {
			to := int(next.Add(int64(few)))
			for i := to - few; i < min(to, n); i++ {
				do(worker, i)
			}
			if to >= n {
				return
			}
		}
	}
	var rest sync.WaitGroup
	for worker := 1; worker < workers; worker++ {
		rest.Go(func() { work(worker) })
	}
	work(0)
	rest.Wait()
	return ctx.Err()
}

// checker is one of the goroutines that look at a table.
type checker struct {
	table    *table
	suspects []suspect
	stats    int64
	scratch  scratch
}

func (c *checker) suspect(folder, file int) {
	c.suspects = append(c.suspects, suspect{folder: folder, file: file})
}

// recheck asks for each suspect again what was asked once.
func (d *Disk) recheck(ctx context.Context, suspects []suspect) error {
	return share(ctx, min(runtime.GOMAXPROCS(0), len(suspects)), len(suspects), 1, func(_, i int) {
		s := &suspects[i]
		s.name = d.base.path(s.folder)
		if s.file < 0 {
			d.recheckFolder(s)
			return
		}
		s.name = filepath.Join(s.name, d.base.name(s.file))
		d.recheckFile(s)
	})
}

func (d *Disk) recheckFolder(s *suspect) {
	was := d.base.folderAt(s.folder)
	s.isList, _ = d.listFolder(s.name)
	s.changed = was.moved || !s.isList.same(was)
}

func (d *Disk) recheckFile(s *suspect) {
	was := d.base.fileAt(s.file)
	is, _ := d.statFile(s.name)
	if is.there == found && was.text != unasked {
		is = d.recheckText(s.name, was, is)
	}
	s.changed = was.moved || !is.same(was) || is.text == unsteady || is.text == wanted && is.stamp != was.stamp
	if is.same(was) {
		is.note, is.noted = was.note, was.noted
	}
	s.isFile = is
}

// recheckText adds to a stat what is to be known of the text. What cannot be the
// same any more is not read before somebody asks, where the stat vouches for it.
func (d *Disk) recheckText(name string, was, is file) file {
	regular := is.typ == 0
	switch {
	case regular && (is.racy || was.text == known && was.stamp.size == is.stamp.size),
		was.text == unread && (regular || is.typ == fs.ModeDir):
		_, is, _ = d.readText(name)
	case regular:
		is.text = wanted
	case is.typ != fs.ModeDir:
		is.text = unsteady
	}
	return is
}

// apply takes what the suspects turned out to be.
func (d *Disk) apply(suspects []suspect) Changes {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.moved = false
	var changes Changes
	for _, s := range suspects {
		switch {
		case s.file < 0:
			changes.folder(d, s)
		default:
			changes.file(d, s)
		}
	}
	d.holds = true
	slices.Sort(changes.Files)
	slices.Sort(changes.Dirs)
	d.forget(changes)
	return changes
}

func (c *Changes) folder(d *Disk, s suspect) {
	was := d.base.folderAt(s.folder)
	if s.changed {
		c.Dirs = append(c.Dirs, s.name)
	} else if was.stamp == s.isList.stamp && was.racy == s.isList.racy {
		return
	} else {
		c.Touched++
	}
	d.moved = d.moved || s.isList.moved
	d.folders[s.name] = s.isList
}

func (c *Changes) file(d *Disk, s suspect) {
	was := d.base.fileAt(s.file)
	if s.changed {
		c.Files = append(c.Files, s.name)
		delete(d.before, s.name)
		if was.noted {
			d.before[s.name] = was.note
		}
	} else if was.stamp == s.isFile.stamp && was.racy == s.isFile.racy {
		return
	} else {
		c.Touched++
	}
	d.moved = d.moved || s.isFile.moved
	d.files[s.name] = s.isFile
}

// forget drops the facts on names that vanished from a folder whose entries are
// known, or with their folder: the entries tell when they come back.
func (d *Disk) forget(changes Changes) {
	dropped := make(map[string]bool)
	names := slices.Concat(changes.Files, changes.Dirs)
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		wasFile, wasList := d.base.file(name), d.base.folder(name)
		isFile, isList := d.files[name], d.folders[name]
		if !gone(wasFile.there, isFile.there) && !gone(wasList.there, isList.there) {
			continue
		}
		above := filepath.Dir(name)
		if !dropped[above] && d.folderLocked(above).there != found {
			continue
		}
		dropped[name] = true
		if _, ok := d.files[name]; ok {
			d.files[name] = file{}
		}
		if _, ok := d.folders[name]; ok {
			d.folders[name] = folder{}
		}
	}
}
