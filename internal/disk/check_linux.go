//go:build linux && (amd64 || arm64)

package disk

import (
	"io/fs"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// scratch is what the system writes a stat to.
type scratch struct{ stat unix.Stat_t }

// group looks at the facts of a folder of the table: one open, and one stat for the
// folder itself and for each name, which the system reads where it is written. Of a
// folder without a fact on a name in it, one stat does.
func (c *checker) group(i int) {
	t := c.table
	r := t.folderRecord(i)
	if t.starts[i].file == t.starts[i+1].file && c.listStands(r) {
		return
	}
	fd, _, errno := unix.Syscall6(unix.SYS_OPENAT, atCwd, c.name(r), unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0, 0, 0)
	if errno != 0 {
		c.without(i, errno)
		return
	}
	defer unix.Close(int(fd))
	if there(r[24]) != unknown && !c.listHolds(fd, r) {
		c.suspect(i, -1)
	}
	for j := t.starts[i].file; j < t.starts[i+1].file; j++ {
		if !c.fileHolds(fd, t.fileRecord(j)) {
			c.suspect(i, j)
		}
	}
}

// atCwd is the folder that absolute names are not relative to (AT_FDCWD).
const atCwd = ^uintptr(99)

// name is the address of a name, which ends with a zero byte.
func (c *checker) name(r []byte) uintptr {
	return uintptr(unsafe.Pointer(unsafe.StringData(c.table.text[le.Uint32(r):])))
}

// without looks at the facts of a folder that cannot be opened. That there is
// nothing in it is what one may have known.
func (c *checker) without(i int, errno syscall.Errno) {
	is := failed
	switch errno {
	case unix.ENOENT:
		is = absent
	case unix.ENOTDIR:
		is = blocked
	}
	t := c.table
	c.stats++
	if was := there(t.folderRecord(i)[24]); was != unknown && (was != is || is == failed) {
		c.suspect(i, -1)
	}
	for j := t.starts[i].file; j < t.starts[i+1].file; j++ {
		if was := there(t.fileRecord(j)[28]); was != is || is == failed {
			c.suspect(i, j)
		}
	}
}

// listStands tells whether the entries of a folder hold, as far as a stat of its path
// tells.
func (c *checker) listStands(r []byte) bool {
	st := &c.scratch.stat
	if there(r[24]) != found || r[25] != 0 {
		return false
	}
	_, _, errno := unix.Syscall6(sysStatAt, atCwd, c.name(r), uintptr(unsafe.Pointer(st)), 0, 0, 0)
	if errno != 0 || st.Mode&unix.S_IFMT != unix.S_IFDIR || !c.stamped(r[32:], 0) {
		return false
	}
	c.stats++
	return true
}

func (c *checker) listHolds(fd uintptr, r []byte) bool {
	c.stats++
	st := &c.scratch.stat
	if there(r[24]) != found || r[25] != 0 {
		return false
	}
	if _, _, errno := unix.Syscall(unix.SYS_FSTAT, fd, uintptr(unsafe.Pointer(st)), 0); errno != 0 {
		return false
	}
	return c.stamped(r[32:], 0)
}

func (c *checker) fileHolds(fd uintptr, r []byte) bool {
	c.stats++
	st := &c.scratch.stat
	_, _, errno := unix.Syscall6(sysStatAt, fd, c.name(r), uintptr(unsafe.Pointer(st)), 0, 0, 0)
	switch {
	case errno == unix.ENOENT:
		return there(r[28]) == absent
	case errno != 0 || there(r[28]) != found || !sameType(st.Mode, fs.FileMode(le.Uint32(r[24:]))) || r[30]&flagMoved != 0:
		return false
	case content(r[29]) == unasked:
		return st.Mode&unix.S_IFMT != unix.S_IFREG || st.Size == int64(le.Uint64(r[32:]))
	case content(r[29]) == known, content(r[29]) == wanted:
		return r[30]&flagRacy == 0 && c.stamped(r[32:], st.Size)
	}
	return false
}

// stamped tells whether the stat has the stamp of a record.
func (c *checker) stamped(r []byte, size int64) bool {
	st := &c.scratch.stat
	return size == int64(le.Uint64(r)) &&
		st.Mtim.Nano() == int64(le.Uint64(r[8:])) &&
		st.Ctim.Nano() == int64(le.Uint64(r[16:])) &&
		st.Ino == le.Uint64(r[24:]) &&
		uint64(st.Dev) == le.Uint64(r[32:])
}

func sameType(mode uint32, typ fs.FileMode) bool {
	switch mode & unix.S_IFMT {
	case unix.S_IFREG:
		return typ == 0
	case unix.S_IFDIR:
		return typ == fs.ModeDir
	}
	return false // rare enough to look closer
}
