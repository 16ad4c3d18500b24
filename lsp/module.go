package lsp

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/scanner"
)

// apiPath is our module: one that does not require it, and has no directive, is not
// spoken about.
const apiPath = "github.com/reactorgen/reactor"

// module is a part of a Go module whose projects are scanned by one goroutine.
type module struct {
	server *server
	dir    string             // absolute, without symbolic links
	goMod  string             // absolute: that of the Go module
	wakes  chan struct{}      // has room for one
	cancel context.CancelFunc // ends the goroutine

	// These belong to who holds the server's mu.
	asked    int                  // how often somebody wanted a look
	seen     int                  // what asked was for the last look that is over
	stale    bool                 // the disk may not be as it was
	news     chan struct{}        // closed when a look is over
	findings map[string][]finding // of the last look, by file
	saw      map[string]*document // by the last look, by URI
	known    map[string]known     // by the project's folder, relative to dir
	names    map[string]*names    // by the project's folder: of the one that was asked about last

	// The rest is the goroutine's own.
	apart   *scanner.Projects          // several projects; nil is one
	between []finding                  // what is wrong between them
	engines map[string]*scanner.Engine // by the project's folder, relative to dir
	foreign bool                       // the last look found nothing of ours
	saved   map[*document]bool         // those with the text that the disk has
}

// moduleOf returns the folder of the module that a file is in, or "", and starts the
// module's goroutine. The caller holds mu.
func (s *server) moduleOf(ctx context.Context, name string) string {
	if name == "" || !isOurs(name) {
		return ""
	}
	dir, goMod := s.folderOf(name)
	if dir == "" || s.modules[dir] != nil {
		return dir
	}
	ctx, cancel := context.WithCancel(ctx)
	m := &module{
		server: s, dir: dir, goMod: goMod, cancel: cancel,
		wakes: make(chan struct{}, 1), news: make(chan struct{}),
		engines: make(map[string]*scanner.Engine), known: make(map[string]known),
	}
	s.modules[dir] = m
	s.wait.Go(func() { m.run(ctx) })
	return dir
}

// wake has all modules look at the newest texts, and at the disk when it may have
// changed: what is in one may matter to another. The caller holds mu.
func (s *server) wake(stale bool) {
	for _, m := range s.modules {
		m.asked++
		m.stale = m.stale || stale
		select {
		case m.wakes <- struct{}{}:
		default:
		}
	}
}

// run looks whenever somebody wants it.
func (m *module) run(ctx context.Context) {
	defer m.end()
	for {
		select {
		case <-ctx.Done():
			return
		case <-m.wakes:
			v := m.server.view(m)
			_, err := m.server.guarded("scan", func() (any, error) { return nil, m.look(ctx, v) })
			if err != nil && ctx.Err() == nil {
				m.forget(v)
				_ = m.server.log(1, fmt.Sprintf("%s: %v", m.dir, err)) // the loop sees it when nobody listens
			}
			m.over(v)
		}
	}
}

// over tells those who wait that a look is over.
func (m *module) over(v view) {
	m.server.mu.Lock()
	defer m.server.mu.Unlock()
	m.seen = v.asked
	close(m.news)
	m.news = make(chan struct{})
}

// end lets nobody wait for a look that will not be.
func (m *module) end() {
	m.server.mu.Lock()
	defer m.server.mu.Unlock()
	m.seen = m.asked
	close(m.news)
}

// forget has the next look know nothing, after one that went wrong.
func (m *module) forget(v view) {
	m.apart, m.between, m.engines = nil, nil, make(map[string]*scanner.Engine)
	_ = m.server.deliver(m, v, nil) // the loop sees it when nobody listens
}

// look scans, and delivers what it has found.
func (m *module) look(ctx context.Context, v view) error {
	if m.foreign && !v.stale && !v.mentions() {
		return m.server.deliver(m, v, nil)
	}
	if v.stale {
		m.refresh(v)
	}
	found, err := m.scan(ctx, v)
	if err != nil {
		return err
	}
	if err := m.server.deliver(m, v, found); err != nil || m.apart == nil {
		return err
	}
	return m.lookBetween(ctx, v, found)
}

// refresh looks at the disk again. Texts that it has as well need not be laid on it,
// and without any, what a scan finds out is kept for the next start of the server.
func (m *module) refresh(v view) {
	for _, e := range m.engines {
		e.Refresh()
	}
	m.saved = make(map[*document]bool)
	for _, d := range v.documents {
		text, err := os.ReadFile(d.path)
		m.saved[d] = err == nil && bytes.Equal(text, d.text)
	}
}

// scan scans the project, or those that documents are in.
func (m *module) scan(ctx context.Context, v view) (*findings, error) {
	if m.apart == nil {
		found, err := m.scanOne(ctx, v)
		if found != nil || err != nil {
			return found, err
		}
	}
	found := newFindings(m, v)
	for _, root := range m.open(v) {
		r, err := m.engine(root).Scan(ctx, m.overlay(v, filepath.Join(m.dir, root)))
		if err != nil {
			return nil, err
		}
		m.learn(root, r)
		found.add(filepath.Join(m.dir, root), r)
	}
	found.addAll(m.between)
	return found, nil
}

// scanOne scans the module as one project. It finds nothing when it is several.
func (m *module) scanOne(ctx context.Context, v view) (*findings, error) {
	r, err := m.engine(".").Scan(ctx, m.overlay(v, m.dir))
	if err != nil {
		return nil, err
	}
	if isSeveral(r) {
		if err := m.separate(ctx, v); err != nil || m.apart != nil {
			return nil, err
		}
	}
	found := newFindings(m, v)
	if m.foreign = len(r.Ledger()) == 0 && !strings.Contains(read(m.goMod), apiPath+" v"); m.foreign {
		m.engines = make(map[string]*scanner.Engine)
		return found, nil
	}
	m.learn(".", r)
	found.add(m.dir, r)
	return found, nil
}

// open are the folders of the projects that documents are in.
func (m *module) open(v view) (roots []string) {
	for _, d := range v.documents {
		rel, err := filepath.Rel(m.dir, d.path)
		if err != nil || !filepath.IsLocal(rel) {
			continue
		}
		if root := m.rootOf(filepath.ToSlash(rel)); root != "" && !slices.Contains(roots, root) {
			roots = append(roots, root)
		}
	}
	slices.Sort(roots)
	return roots
}

// rootOf is the folder of the innermost project that a path is in, or "".
func (m *module) rootOf(name string) (root string) {
	for _, r := range m.apart.Roots {
		if (r == "." || strings.HasPrefix(name, r+"/")) && (root == "" || root == "." || len(r) > len(root)) {
			root = r
		}
	}
	return root
}

// engine is the one of a project.
func (m *module) engine(root string) *scanner.Engine {
	if m.engines[root] == nil {
		m.engines[root] = scanner.NewEngine(m.optionsOf(root))
	}
	return m.engines[root]
}

// optionsOf are those to scan a project with as it is on the disk.
func (m *module) optionsOf(root string) scanner.Options {
	o := m.server.options.Scan
	o.Dir = m.dir
	if m.apart != nil {
		o = m.apart.Options(root)
	}
	o.Overlay = nil
	return o
}
