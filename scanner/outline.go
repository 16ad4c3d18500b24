package scanner

import (
	"slices"
	"strings"
)

// outline is what a scan of a good project needs of its tree: most files have
// nothing to do with us, and to list and to note them again costs a scan of a large
// module more than everything else. It is as good as the tree while the folders and
// the notes of the other files are the same, and the project is good.
type outline struct {
	Files               []outlined
	YAML, Links, Unread []string
	Left                []outlinedFolder
}

// outlined is a file, outlinedFolder a folder that is left out.
type (
	outlined struct {
		Path, Outside string
		Foreign       bool
	}
	outlinedFolder struct{ Path, Why string }
)

// outline leaves out the files that hold nothing and are in no package that does.
func (t *tree) outline() *outline {
	o := &outline{YAML: t.yaml, Links: t.links, Unread: t.unread}
	needed := make(map[string]bool)
	for _, f := range t.files {
		if f.note.holds {
			needed[f.dir()] = true
		}
	}
	for _, f := range slices.Concat(t.files, t.outside) {
		if !f.note.isIdle() || f.unread != "" || f.outside == "" && needed[f.dir()] || isMainPlace(f.path) {
			o.Files = append(o.Files, outlined{f.path, f.outside, f.foreign})
		}
	}
	for _, l := range t.left {
		o.Left = append(o.Left, outlinedFolder{l.dir, l.why})
	}
	return o
}

// tree is the tree with the files of the outline.
func (o *outline) tree(root string) *tree {
	t := &tree{yaml: o.YAML, links: o.Links, unread: o.Unread}
	for _, l := range o.Left {
		t.left = append(t.left, leftOut{l.Path, l.Why})
	}
	for _, f := range o.Files {
		file := newFile(root, f.Path)
		if file.outside, file.foreign = f.Outside, f.Foreign; f.Outside == "" {
			t.files = append(t.files, file)
		} else {
			t.outside = append(t.outside, file)
		}
	}
	return t
}

// has tells whether the outline still has a file of which another text is there.
func (o *outline) has(path string, before, after note) bool {
	return before.holds == after.holds && slices.ContainsFunc(o.Files, func(f outlined) bool { return f.Path == path })
}

func isYAML(name string) bool {
	return strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml")
}
