//go:build linux || darwin

package disk

import (
	"io/fs"
	"os"
	"syscall"
)

// stampOf is the stamp in a stat.
func stampOf(info fs.FileInfo) stamp {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return stamp{size: info.Size(), mtime: info.ModTime().UnixNano()}
	}
	return stamp{
		size:  info.Size(),
		mtime: info.ModTime().UnixNano(),
		ctime: changeTime(st),
		ino:   st.Ino,
		dev:   uint64(st.Dev),
	}
}

// openFolder opens a folder, and nothing else: to open a pipe would wait for who
// writes to it.
func openFolder(name string) (*os.File, error) {
	return os.OpenFile(name, os.O_RDONLY|syscall.O_DIRECTORY, 0)
}
