package lsp

import (
	"net/url"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// document is a file as the editor has it. It is never modified: an edit makes
// another one.
type document struct {
	uri     string // as the client writes it
	path    string // absolute, without symbolic links; empty where it is no file
	module  string // the folder of the module that it is in, or empty
	version int32
	text    []byte
}

// edited returns the document after some changes. Each is in the text that the one
// before it made.
func (d document) edited(changes []contentChange, e encoding) *document {
	for _, c := range changes {
		if c.Range == nil {
			d.text = []byte(c.Text)
			continue
		}
		l := newLines(d.text, e)
		start, end := l.offset(c.Range.Start), l.offset(c.Range.End)
		start, end = min(start, end), max(start, end)
		d.text = slices.Concat(d.text[:start], []byte(c.Text), d.text[end:])
	}
	return &d
}

// isLaid tells whether the document's text stands in the place of the file before
// it is saved. Those that the go command reads do not: it might act on half of a
// version.
func (d *document) isLaid() bool {
	switch base := filepath.Base(d.path); base {
	case "go.mod", "go.sum", "go.work", "go.work.sum":
		return false
	default:
		return d.path != "" && !(base == "modules.txt" && filepath.Base(filepath.Dir(d.path)) == "vendor")
	}
}

// isOurs tells whether a file may be a reason to look at its module.
func isOurs(name string) bool {
	base := filepath.Base(name)
	return slices.Contains([]string{".go", ".yaml", ".yml"}, filepath.Ext(base)) || base == "go.mod"
}

// pathOf returns the file of a URI, or "" when it is not one's: without symbolic
// links as far as there is something on the disk.
func pathOf(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || !strings.HasPrefix(u.Path, "/") {
		return ""
	}
	name := u.Path
	if runtime.GOOS == "windows" {
		name = strings.TrimPrefix(name, "/")
		if u.Host != "" {
			name = "//" + u.Host + "/" + name
		}
	}
	return realPath(filepath.Clean(filepath.FromSlash(name)))
}

// realPath resolves the symbolic links in the folder of a file.
func realPath(name string) string {
	dir := filepath.Dir(name)
	if dir == name {
		return name
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		return filepath.Join(real, filepath.Base(name))
	}
	return filepath.Join(realPath(dir), filepath.Base(name))
}

// uriOf returns the URI of a file.
func uriOf(name string) string {
	slashed := filepath.ToSlash(name)
	if !path.IsAbs(slashed) {
		slashed = "/" + slashed // C:/x
	}
	return (&url.URL{Scheme: "file", Path: slashed}).String()
}
