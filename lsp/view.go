package lsp

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"
)

// view is what a look sees: the newest documents.
type view struct {
	asked     int
	stale     bool
	encoding  encoding
	documents map[string]*document // by URI
}

// view returns what is to be seen.
func (s *server) view(m *module) view {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := view{m.asked, m.stale, s.encoding, make(map[string]*document, len(s.documents))}
	for uri, d := range s.documents {
		v.documents[uri] = d
	}
	m.stale = false
	return v
}

// overlay is the texts that stand in the place of files, by their paths relative to
// a folder. Of a file that is open under several URIs, it is always the same one.
func (m *module) overlay(v view, dir string) map[string][]byte {
	all := make(map[string][]byte, len(v.documents))
	for _, uri := range slices.Backward(slices.Sorted(maps.Keys(v.documents))) {
		d := v.documents[uri]
		if rel, err := filepath.Rel(dir, d.path); err == nil && d.isLaid() && !m.saved[d] {
			all[filepath.ToSlash(rel)] = d.text
		}
	}
	return all
}

// mentions tells whether one of the documents may have a directive.
func (v view) mentions() bool {
	for _, d := range v.documents {
		if bytes.Contains(d.text, []byte("reactor")) {
			return true
		}
	}
	return false
}

// settled waits until all modules have seen what there is to be seen by now.
func (s *server) settled(ctx context.Context) error {
	goals := make(map[*module]int)
	s.mu.Lock()
	for _, m := range s.modules {
		goals[m] = m.asked
	}
	s.mu.Unlock()
	for m, goal := range goals {
		if err := m.await(ctx, goal); err != nil {
			return err
		}
	}
	return nil
}

// await waits until a module has looked as often as somebody wanted it by then.
func (m *module) await(ctx context.Context, goal int) error {
	for {
		m.server.mu.Lock()
		seen, news := m.seen, m.news
		m.server.mu.Unlock()
		if seen >= goal {
			return nil
		}
		select {
		case <-ctx.Done():
			return errors.New("cancelled")
		case <-news:
		}
	}
}
