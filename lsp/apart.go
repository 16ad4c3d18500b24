package lsp

import (
	"context"
	"path"
	"path/filepath"
	"slices"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

// isSeveral tells whether models in several folders were found.
func isSeveral(r *scanner.Result) bool {
	for _, d := range r.Diagnostics.Causes() {
		if d.Code == diag.RG402 && slices.ContainsFunc(d.Related, func(other diag.Related) bool {
			return path.Dir(other.Range.File) != path.Dir(d.Range.File)
		}) {
			return true
		}
	}
	return false
}

// separate finds the projects of the module, where it has several.
func (m *module) separate(ctx context.Context, v view) error {
	o := m.server.options.Scan
	o.Dir, o.Overlay = m.dir, m.overlay(v, m.dir)
	all, err := scanner.FindProjects(ctx, o)
	if err != nil {
		return err
	}
	own := 0
	for _, root := range all.Roots {
		if _, goMod := new(server).folderOf(filepath.Join(m.dir, root, "x.go")); goMod == m.goMod {
			own++
		}
	}
	if own < 2 {
		all = nil
	}
	if all == nil || m.apart == nil || !slices.Equal(all.Roots, m.apart.Roots) {
		m.engines = make(map[string]*scanner.Engine)
		if all != nil || m.apart != nil {
			m.unlearn()
		}
	}
	m.apart, m.between = all, nil
	if all != nil {
		found := newFindings(m, v)
		found.add(m.dir, all.Between)
		m.between = found.all
	}
	return nil
}

// lookBetween looks again at which projects there are and what is wrong between
// them, which takes longer than a scan of one.
func (m *module) lookBetween(ctx context.Context, v view, found *findings) error {
	before, between := m.apart, m.between
	if err := m.separate(ctx, v); err != nil {
		return err
	}
	switch {
	case m.apart == nil || !slices.Equal(before.Roots, m.apart.Roots):
		found, err := m.scan(ctx, v)
		if err != nil {
			return err
		}
		return m.server.deliver(m, v, found)
	case !slices.EqualFunc(between, m.between, finding.equal):
		found.replace(between, m.between)
		return m.server.deliver(m, v, found)
	}
	return nil
}
