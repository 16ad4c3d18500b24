package lsp

import (
	"context"
	"path/filepath"
)

// namesOf are the names of the project that a document is in, by the newest texts of
// all files; nil where there is no project. They are made on request, and are there
// for the next one until something is known to have changed.
func (s *server) namesOf(ctx context.Context, d *document, a age) (*names, error) {
	if err := s.settled(ctx); err != nil {
		return nil, err
	}
	s.naming.Lock()
	defer s.naming.Unlock()
	s.mu.Lock()
	m := s.modules[d.module]
	if m == nil {
		s.mu.Unlock()
		return nil, nil
	}
	dir, modelDir := s.modelOf(m, d)
	n, stamp := m.names[dir], m.asked
	s.mu.Unlock()
	if modelDir == "" {
		return nil, nil
	}
	if a == fromNow || !n.isOf(d, stamp, modelDir) {
		n = nameAll(ctx, s.texts(d), a == fromNow, dir, m.goMod, modelDir)
		n.stamp, n.modelDir = stamp, modelDir
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.modules[m.dir] == m {
		m.names = map[string]*names{dir: n} // of one project at a time
	}
	return n, s.modified(d)
}

// age is how old the names of a project may be.
type age int

const (
	anyAge  age = iota // from before a file was changed that the client does not watch
	fromNow            // and with the tests of the whole module: none of the places may be missing
)

// isOf tells whether names are those that a document is in, and no look at the module
// was asked for since.
func (n *names) isOf(d *document, stamp int, modelDir string) bool {
	return n != nil && n.stamp == stamp && n.modelDir == modelDir && n.texts.open[d.path] == d
}

// modelOf are the folders of a document's project and of its model: by what is known
// of the project, or else by the directive in a document that is open. The caller
// holds mu.
func (s *server) modelOf(m *module, d *document) (dir, modelDir string) {
	if k, ok := s.projectOf(d); ok && k.Model.Package.Dir != "" {
		return k.Dir, filepath.Join(k.Dir, filepath.FromSlash(k.Model.Package.Dir))
	}
	for _, other := range s.documents {
		if other.module == m.dir && other.isGo() && declares(other.path, other.text, "model") {
			return m.dir, filepath.Dir(other.path)
		}
	}
	return "", ""
}
