package lsp

import (
	"context"
	"os"
	"path/filepath"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

// documentLinks answers with the places of a Go text that lead somewhere else: to the
// configuration, the folders of weights that are there, and the manuals of codes. It
// looks at nothing but the text and which files there are.
func (s *server) documentLinks(_ context.Context, q question) (any, error) {
	links := []documentLink{}
	d := q.document
	if d == nil || d.module == "" || !d.isGo() {
		return links, nil
	}
	s.mu.Lock()
	dir, e := d.module, s.encoding
	if k, ok := s.projectOf(d); ok {
		dir = k.Dir
	}
	s.mu.Unlock()
	src, l := d.source(), newLines(d.text, e)
	add := func(at diag.Range, target, tooltip string) {
		if target != "" && at.Start < at.End {
			links = append(links, documentLink{l.textRange(at.Start, at.End), target, tooltip})
		}
	}
	for _, one := range scanner.Directives(src) {
		switch {
		case one.Verb == "ignore" && len(one.Args) > 0:
			code := diag.Code(src.Text[one.Args[0].Range.Start:one.Args[0].Range.End])
			if code.Title() != "" {
				add(one.Args[0].Range, code.URL(), code.Title())
			}
		case one.Verb == "model":
			if a := one.Get("config"); a != nil {
				add(a.ValueRange, fileLink(dir, a.Value), "")
			}
			if a := one.Get("weights"); a != nil {
				for _, item := range a.Items(src) {
					if folder, from, ok := weightsFolder(item.Text, dir); ok {
						add(item.Range, uriOf(folder), from)
					}
				}
			}
		}
	}
	return links, nil
}

// fileLink is the URI of a file in a project, or "" when it is not there.
func fileLink(dir, name string) string {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return ""
	}
	path := filepath.Join(dir, filepath.FromSlash(name))
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return uriOf(path)
}
