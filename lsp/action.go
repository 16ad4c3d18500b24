package lsp

import (
	"context"
	"maps"
	"slices"
	"strings"
)

// quickFix is the kind of all our code actions.
const quickFix = "quickfix"

// codeActions are the fixes of the findings that a range touches. They are those of
// the text that the client asked about: the places that a client has kept of
// diagnostics are no more than a hint, and not asked for.
func (s *server) codeActions(ctx context.Context, q question) (any, error) {
	p, err := decode[codeActionParams](q.params)
	if err != nil {
		return nil, err
	}
	actions := []codeAction{}
	d := q.document
	s.mu.Lock()
	can := s.client.TextDocument.CodeAction.CodeActionLiteralSupport != nil
	s.mu.Unlock()
	if d == nil || !can || !wants(p.Context.Only, quickFix) {
		return actions, nil
	}
	if err := s.settled(ctx); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.modified(d); err != nil {
		return nil, err
	}
	for _, one := range s.findingsOf(d.path) {
		if !one.diagnostic.Range.touches(p.Range) {
			continue
		}
		for i, way := range one.fixes {
			edit, ok := s.workspaceEdit(d, way.edits)
			if !ok {
				continue
			}
			preferred := way.safe && i == 0 && s.client.TextDocument.CodeAction.IsPreferredSupport
			actions = append(actions, codeAction{way.title, quickFix, []diagnostic{s.client.understood(one.diagnostic)}, preferred, edit})
		}
	}
	return actions, nil
}

// wants tells whether a kind of action is among those that are asked for: a kind
// stands for all below it, and none for all.
func wants(only []string, kind string) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(o string) bool {
		return o == "" || o == kind || strings.HasPrefix(kind, o+".")
	})
}

// workspaceEdit puts edits into the form that the client can take, or tells that it
// can take none, with the versions that the document that was asked about, or else any,
// has of them. The caller holds mu.
func (s *server) workspaceEdit(asked *document, edits []fileEdit) (w workspaceEdit, ok bool) {
	can := s.client.Workspace.WorkspaceEdit
	files := make(map[string][]textEdit)
	isNew := make(map[string]bool)
	for _, e := range edits {
		files[e.path] = append(files[e.path], e.edit)
		isNew[e.path] = isNew[e.path] || e.isNew
	}
	if !can.DocumentChanges {
		w.Changes = make(map[string][]textEdit)
	}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		uri, version := s.named(path, asked)
		if isNew[path] && version == nil {
			if !can.DocumentChanges || !slices.Contains(can.ResourceOperations, "create") {
				return w, false
			}
			w.DocumentChanges = append(w.DocumentChanges, createFile{"create", uri})
		}
		if can.DocumentChanges {
			w.DocumentChanges = append(w.DocumentChanges, textDocumentEdit{versionedDocument{uri, version}, files[path]})
		} else {
			w.Changes[uri] = files[path]
		}
	}
	return w, true
}

// named is the URI of a file, and its version when it is open. The caller holds mu.
func (s *server) named(path string, asked *document) (uri string, version *int32) {
	if d := s.openAt(path, asked); d != nil {
		return d.uri, &d.version
	}
	return uriOf(path), nil
}
