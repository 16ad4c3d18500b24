package scanner

import (
	"slices"

	"github.com/reactorgen/reactor/internal/disk"
)

// grove is the whole tree of an earlier scan, and the files that got another text
// since. It spares a scan in memory from walking again, and from noting files again
// that nobody edits. The zero value has no tree.
type grove struct {
	tree    *tree
	changed []string // absolute
}

// note takes what has changed since the last scan. The tree does not outlive a
// change of a folder, or of more than the text of a file that is in it.
func (g *grove) note(s *scan, changes disk.Changes) {
	if g.tree == nil {
		return
	}
	for _, name := range changes.Files {
		_, _, ok := s.notes(name)
		if !ok && !slices.Contains(g.tree.yaml, s.rel(name)) || !exists(s.disk, name) {
			g.tree = nil
			break
		}
		if !slices.Contains(g.changed, name) {
			g.changed = append(g.changed, name)
		}
	}
	if len(changes.Dirs) > 0 || g.tree == nil {
		*g = grove{}
	}
}

// keep makes the tree of a scan the one to use again.
func (g *grove) keep(t *tree) { *g = grove{tree: t} }

// again returns the tree for another scan, or nil.
func (g *grove) again() *tree {
	if g.tree == nil {
		return nil
	}
	fresh := func(files []*file) []*file {
		files = slices.Clone(files)
		for i, f := range files {
			if f.src != nil || f.syntax != nil || f.unread != "" || slices.Contains(g.changed, f.name) {
				files[i] = &file{path: f.path, name: f.name, test: f.test, outside: f.outside, foreign: f.foreign}
			}
		}
		return files
	}
	next := *g.tree
	next.files, next.outside = fresh(next.files), fresh(next.outside)
	return &next
}
