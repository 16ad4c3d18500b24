package lsp

import (
	"context"
	"maps"
	"slices"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

// foresee scans the project of a document as it would be after some edits, and refuses
// those that make it worse. The generated program is not looked at: it is to be
// generated again.
func (s *server) foresee(ctx context.Context, d *document, n *names, edits []byteEdit) error {
	s.mu.Lock()
	k, ok := s.projectOf(d)
	s.mu.Unlock()
	if !ok || len(edits) == 0 {
		return nil
	}
	now := make(map[string][]byte)
	for path, open := range n.texts.open {
		if open.isLaid() && isIn(k.Dir, path) {
			now[path] = open.text
		}
	}
	then := maps.Clone(now)
	maps.Copy(then, n.overlaid(edits))
	worse, err := scanned(ctx, k.options, relative(k.Dir, then))
	if err != nil || len(worse) == 0 {
		return err
	}
	known, err := scanned(ctx, k.options, relative(k.Dir, now))
	if err != nil {
		return err
	}
	for _, one := range worse {
		if !slices.ContainsFunc(known, func(other diag.Diagnostic) bool { return other.Code == one.Code }) {
			return refused("nothing was changed, since there would be a finding that there is not now, at %s:%d: %s [%s]", one.Range.File, one.Range.Line, one.Summary, one.Code)
		}
	}
	return nil
}

// scanned are the findings of a scan with some texts in the place of files.
func scanned(ctx context.Context, o scanner.Options, overlay map[string][]byte) ([]diag.Diagnostic, error) {
	o.Overlay, o.Also = overlay, nil
	r, err := scanner.Scan(ctx, o)
	if err != nil {
		return nil, err
	}
	return r.Diagnostics.Sorted(), nil
}
