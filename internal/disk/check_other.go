//go:build !linux || (!amd64 && !arm64)

package disk

import (
	"os"
	"path/filepath"
)

// scratch is needed by no system call here.
type scratch struct{}

// group looks at the facts of a folder of the table, each by its whole name.
func (c *checker) group(i int) {
	t := c.table
	path := t.path(i)
	if was := t.folderHead(i); was.there != unknown && !c.listHolds(path, was) {
		c.suspect(i, -1)
	}
	for j := t.starts[i].file; j < t.starts[i+1].file; j++ {
		if !c.fileHolds(filepath.Join(path, t.name(j)), t.fileAt(j)) {
			c.suspect(i, j)
		}
	}
}

func (c *checker) listHolds(path string, was folder) bool {
	c.stats++
	info, err := os.Stat(path)
	if err != nil {
		return was.there == missing(err).there && was.there != failed
	}
	return was.there == found && info.IsDir() && !was.racy && !was.moved && folderStamp(info) == was.stamp
}

func (c *checker) fileHolds(name string, was file) bool {
	c.stats++
	info, err := os.Stat(name)
	if err != nil {
		return was.there == missing(err).there && was.there != failed
	}
	if was.there != found || was.typ != info.Mode().Type() || was.moved {
		return false
	}
	switch was.text {
	case unasked:
		return was.typ != 0 || was.stamp.size == info.Size()
	case known, wanted:
		return !was.racy && was.stamp == stampOf(info)
	}
	return false
}
