//go:build !unix

package state

import "io/fs"

// inode is 0: files have no such number here that a stat tells.
func inode(fs.FileInfo) uint64 { return 0 }
