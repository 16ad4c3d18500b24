package lsp

import (
	"github.com/reactorgen/reactor/scanner"
)

// known is a project as it was when it was good last, or as it is while it never was:
// what there is to be said of it while somebody types.
type known struct {
	*scanner.Project

	// options are those to scan it with as it is on the disk.
	options scanner.Options

	// wasGood tells that it is the one of a look that found nothing wrong, and good
	// that this was the last look.
	wasGood, good bool
}

// unknown is a project of which nothing is known but its folder.
func unknown(dir string) known { return known{Project: &scanner.Project{Dir: dir}} }

// learn keeps what a scan of the project in a folder, relative to the module's, has
// found.
func (m *module) learn(root string, r *scanner.Result) {
	m.server.mu.Lock()
	defer m.server.mu.Unlock()
	switch k := m.known[root]; {
	case r.Project != nil:
		m.known[root] = known{r.Project, m.optionsOf(root), true, true}
	case k.wasGood:
		k.good = false
		m.known[root] = k
	case r.Draft != nil:
		m.known[root] = known{Project: r.Draft, options: m.optionsOf(root)}
	}
}

// unlearn forgets projects whose folders are no longer theirs.
func (m *module) unlearn() {
	m.server.mu.Lock()
	defer m.server.mu.Unlock()
	clear(m.known)
}

// projectOf is the project that a file is in, the innermost one, as far as it is
// known. The caller holds mu.
func (s *server) projectOf(d *document) (in known, ok bool) {
	if m := s.modules[d.module]; m != nil {
		in, ok = m.projectAt(d.path)
	}
	return in, ok
}

// projectAt is the module's project that a file is in. The caller holds the server's
// mu.
func (m *module) projectAt(path string) (in known, ok bool) {
	for _, k := range m.known {
		if isIn(k.Dir, path) && (!ok || len(k.Dir) > len(in.Dir)) {
			in, ok = k, true
		}
	}
	return in, ok
}
