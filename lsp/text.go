package lsp

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// texts are files as the editor has them, or else as they are on the disk. Each is
// read once. They are for several goroutines.
type texts struct {
	encoding encoding
	open     map[string]*document // by path

	mu    sync.Mutex
	known map[string][]byte // by path; nil is none
	lines map[string]*lines // of known
}

// texts are those of now, for a request about a document.
func (s *server) texts(asked *document) *texts {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := newTexts(s.encoding)
	for _, d := range s.documents {
		t.open[d.path] = s.openAt(d.path, asked)
	}
	return t
}

// openAt is the document of a file, nil when it is not open. A file that is open under
// several URIs, by symbolic links, is the document that was asked about, or else the
// one with the smallest URI. The caller holds mu.
func (s *server) openAt(path string, asked *document) (found *document) {
	for _, d := range s.documents {
		switch {
		case d.path != path:
		case asked != nil && d.uri == asked.uri:
			return d
		case found == nil || d.uri < found.uri:
			found = d
		}
	}
	return found
}

// unchanged is an error unless a text is still what the client has, or the disk. The
// caller holds mu.
func (s *server) unchanged(t *texts, name string, asked *document) error {
	d := s.openAt(name, asked)
	if d != t.open[name] || d == nil && !bytes.Equal(t.get(name), []byte(read(name))) {
		return &responseError{contentModified, filepath.Base(name) + " has changed meanwhile"}
	}
	return nil
}

func newTexts(e encoding) *texts {
	return &texts{encoding: e, open: make(map[string]*document), known: make(map[string][]byte), lines: make(map[string]*lines)}
}

// mostBytesOfText is the size of the largest file that is read for its names.
const mostBytesOfText = 4 << 20

// get is the text of a file, nil when there is none to be had.
func (t *texts) get(name string) []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	if text, known := t.known[name]; known {
		return text
	}
	text := t.now(name)
	t.known[name] = text
	return text
}

// now is the text of a file as it is, which is not kept.
func (t *texts) now(name string) (text []byte) {
	if d := t.open[name]; d != nil {
		return d.text
	}
	if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() && info.Size() <= mostBytesOfText {
		text, _ = os.ReadFile(name)
	}
	return text
}

// in are the files with an extension in a folder, sorted.
func (t *texts) in(dir string, extensions ...string) (names []string) {
	entries, _ := os.ReadDir(dir) // a folder that is not there has none
	for _, e := range entries {
		names = append(names, filepath.Join(dir, e.Name()))
	}
	for name := range t.open {
		if filepath.Dir(name) == dir {
			names = append(names, name)
		}
	}
	names = slices.DeleteFunc(names, func(name string) bool { return !slices.Contains(extensions, filepath.Ext(name)) })
	slices.Sort(names)
	return slices.Compact(names)
}

// rangeOf is a part of a file in the client's units.
func (t *texts) rangeOf(name string, s span) textRange {
	text := t.get(name)
	mark := 0 // of the byte order, which an editor does not have in its text
	if t.open[name] == nil && bytes.HasPrefix(text, []byte("\ufeff")) {
		mark = 3
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.lines[name]
	if l == nil {
		l = newLines(text[mark:], t.encoding)
		t.lines[name] = l
	}
	return l.textRange(s.start-mark, s.end-mark)
}

// location is a part of a file for the client, under the URI that it has for it.
func (t *texts) location(name string, s span) location {
	uri := uriOf(name)
	if d := t.open[name]; d != nil {
		uri = d.uri
	}
	return location{uri, t.rangeOf(name, s)}
}
