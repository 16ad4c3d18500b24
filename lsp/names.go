package lsp

import (
	"context"
	"path/filepath"
)

// namesOf are the names of the project that a document is in, by the newest texts of
// all files; nil where there is no project. They are made on request, and are there
// for the next one until something changes.
func (s *server) namesOf(ctx context.Context, d *document) (*names, error) {
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
	if n == nil || n.stamp != stamp || n.modelDir != modelDir {
		n = nameAll(ctx, s.texts(), dir, m.goMod, modelDir)
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
