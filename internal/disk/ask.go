package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"
)

// raceTime is how long before the questions began a file must have changed last for
// its stamp to vouch for its text: file systems tell times apart no better than
// that.
const raceTime = 2 * time.Second

// askFile asks what there is of a name, and remembers it.
func (d *Disk) askFile(name string) (file, error) {
	f, err := d.statFile(name)
	d.remember(name, f)
	return f, err
}

// askText reads a file, and remembers it.
func (d *Disk) askText(name string) ([]byte, file, error) {
	text, f, err := d.readText(name)
	d.remember(name, f)
	return text, f, err
}

// askFolder lists a folder, and remembers it.
func (d *Disk) askFolder(name string) (folder, error) {
	f, err := d.listFolder(name)
	d.rememberFolder(name, f)
	return f, err
}

// statFile is the fact on a name when nobody asked for its text.
func (d *Disk) statFile(name string) (file, error) {
	d.counts.stats.Add(1)
	info, err := os.Stat(name)
	if err != nil {
		return missing(err), err
	}
	return d.fileOf(name, info), nil
}

// missing is the fact on a name that cannot be asked for.
func missing(err error) file {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return file{there: absent}
	case errors.Is(err, syscall.ENOTDIR):
		return file{there: blocked}
	}
	return file{there: failed, err: err.Error()}
}

// fileOf is the fact on a name with a stat. Only of a regular file does more count
// than its type.
func (d *Disk) fileOf(name string, info fs.FileInfo) file {
	f := file{there: found, typ: info.Mode().Type()}
	if f.typ == 0 {
		f.stamp = stampOf(info)
		f.racy, f.moved = d.judge(name, f.stamp)
	}
	return f
}

// judge tells whether something with a stamp could be another with the same stamp,
// and whether it changed since the questions began. A time that is still to come is
// of another clock, and says only that this stamp vouches for nothing.
func (d *Disk) judge(name string, s stamp) (racy, moved bool) {
	racy = s.ctime > d.since-int64(raceTime) || !d.devices.trusted(name, s.dev)
	return racy, s.ctime >= d.since && s.ctime <= d.now().UnixNano()
}

// readText is a file's text, and the fact on the file.
func (d *Disk) readText(name string) ([]byte, file, error) {
	d.counts.reads.Add(1)
	opened, err := os.Open(name)
	if err != nil {
		f := missing(err)
		if f.there == failed {
			f = d.unreadable(name, err)
		}
		return nil, f, err
	}
	defer opened.Close()
	info, err := opened.Stat()
	if err != nil {
		return nil, d.unreadable(name, err), err
	}
	f := d.fileOf(name, info)
	text, err := readAll(opened, info.Size())
	switch {
	case f.typ == fs.ModeDir, name == os.DevNull: // the type says it all
	case err != nil:
		f.text, f.err = unread, err.Error()
	case f.typ != 0:
		f.text = unsteady
	default:
		f.text, f.sum = known, SumOf(text)
		now, err := opened.Stat()
		f.moved = f.moved || err != nil || stampOf(now) != f.stamp
	}
	return text, f, err
}

// unreadable is the fact on a file that may be there and cannot be opened.
func (d *Disk) unreadable(name string, why error) file {
	info, err := os.Stat(name)
	if err != nil {
		return missing(err)
	}
	f := d.fileOf(name, info)
	f.text, f.err = unread, why.Error()
	return f
}

// readAll reads a file to its end, which is where its size says in general.
func readAll(opened *os.File, size int64) ([]byte, error) {
	const most = 1 << 30 // to make room for at once
	text := make([]byte, 0, min(max(size, 511), most)+1)
	for {
		n, err := opened.Read(text[len(text):cap(text)])
		text = text[:len(text)+n]
		if err == io.EOF {
			return text, nil
		}
		if err != nil {
			return text, err
		}
		if len(text) == cap(text) {
			text = append(text, 0)[:len(text)]
		}
	}
}

// listFolder is the fact on a folder's entries.
func (d *Disk) listFolder(name string) (folder, error) {
	d.counts.folders.Add(1)
	opened, err := openFolder(name)
	if err != nil {
		f := missing(err)
		return folder{there: f.there, err: f.err}, err
	}
	defer opened.Close()
	info, err := opened.Stat()
	if err != nil {
		return folder{there: failed, err: err.Error()}, err
	}
	f := folder{there: found, stamp: folderStamp(info)}
	f.racy, f.moved = d.judge(name, f.stamp)
	if f.entries, err = entriesOf(opened); err != nil {
		return folder{there: failed, err: err.Error()}, err
	}
	now, err := opened.Stat()
	f.moved = f.moved || err != nil || folderStamp(now) != f.stamp
	return f, nil
}

func entriesOf(opened *os.File) ([]Entry, error) {
	list, err := opened.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, len(list))
	for i, e := range list {
		entries[i] = Entry{e.Name(), e.Type()}
	}
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	return entries, nil
}

// folderStamp is the stamp of a folder, whose size says nothing.
func folderStamp(info fs.FileInfo) stamp {
	s := stampOf(info)
	s.size = 0
	return s
}
