//go:build unix

package state

import (
	"io/fs"
	"syscall"
)

// inode is the number of a file on its device, which one that takes its place does
// not have.
func inode(info fs.FileInfo) uint64 {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0
	}
	return uint64(st.Ino)
}
