package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
)

// watched are the files whose changes on the disk matter.
var watched = []string{"**/*.go", "**/*.{yaml,yml}", "**/go.{mod,sum,work}", "**/go.work.sum", "**/vendor/modules.txt", "**/weights.lock"}

// initialized asks the client to watch files, where it can.
func (s *server) initialized(context.Context, json.RawMessage) error {
	if !s.client.Workspace.DidChangeWatchedFiles.DynamicRegistration {
		return nil
	}
	r := registration{ID: "watch", Method: "workspace/didChangeWatchedFiles"}
	for _, glob := range watched {
		r.RegisterOptions.Watchers = append(r.RegisterOptions.Watchers, watcher{glob})
	}
	return s.conn.write(request{"2.0", "watch", "client/registerCapability", registrationParams{[]registration{r}}})
}

func (s *server) didOpen(ctx context.Context, params json.RawMessage) error {
	var p didOpenParams
	if err := json.Unmarshal(params, &p); err != nil {
		return err
	}
	t := p.TextDocument
	d := &document{uri: t.URI, path: pathOf(t.URI), version: t.Version, text: []byte(t.Text)}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.documents[t.URI] = d
	d.module = s.moduleOf(ctx, d.path)
	s.wake(true)
	return nil
}

func (s *server) didChange(_ context.Context, params json.RawMessage) error {
	var p didChangeParams
	if err := json.Unmarshal(params, &p); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.documents[p.TextDocument.URI]
	if d == nil {
		return fmt.Errorf("%s is not open", p.TextDocument.URI)
	}
	next := d.edited(p.ContentChanges, s.encoding)
	if next.version = d.version + 1; p.TextDocument.Version != nil {
		next.version = *p.TextDocument.Version
	}
	s.documents[d.uri] = next
	s.wake(false)
	return nil
}

// didSave looks at the disk again: there is more on it than what was saved.
func (s *server) didSave(ctx context.Context, _ json.RawMessage) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wake(true)
	return nil
}

func (s *server) didClose(_ context.Context, params json.RawMessage) error {
	var p documentParams
	if err := json.Unmarshal(params, &p); err != nil {
		return err
	}
	s.mu.Lock()
	d := s.documents[p.TextDocument.URI]
	delete(s.documents, p.TextDocument.URI)
	s.mu.Unlock()
	if d == nil {
		return fmt.Errorf("%s is not open", p.TextDocument.URI)
	}
	return s.tidy(d.path)
}

func (s *server) didChangeWatchedFiles(ctx context.Context, params json.RawMessage) error {
	var p didChangeWatchedFilesParams
	if err := json.Unmarshal(params, &p); err != nil {
		return err
	}
	if slices.ContainsFunc(p.Changes, func(c fileEvent) bool { return filepath.Base(pathOf(c.URI)) == "go.mod" }) {
		return s.place(ctx)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wake(true)
	return nil
}

func (s *server) didChangeWorkspaceFolders(ctx context.Context, params json.RawMessage) error {
	var p didChangeWorkspaceFoldersParams
	if err := json.Unmarshal(params, &p); err != nil {
		return err
	}
	s.mu.Lock()
	for _, gone := range p.Event.Removed {
		dir := pathOf(gone.URI)
		s.folders = slices.DeleteFunc(s.folders, func(f string) bool { return f == dir })
	}
	s.addFolders(p.Event.Added)
	s.mu.Unlock()
	return s.place(ctx)
}

// addFolders adds folders of the workspace. The caller holds mu.
func (s *server) addFolders(all []workspaceFolder) {
	for _, f := range all {
		if dir := pathOf(f.URI); dir != "" && !slices.Contains(s.folders, dir) {
			s.folders = append(s.folders, dir)
		}
	}
}

// place finds the modules of all documents again, when folders have become others,
// and lets go of those that nobody needs.
func (s *server) place(ctx context.Context) error {
	s.mu.Lock()
	for uri, d := range s.documents {
		placed := *d
		placed.module = s.moduleOf(ctx, d.path)
		s.documents[uri] = &placed
	}
	s.mu.Unlock()
	return s.tidy()
}

// tidy lets go of modules that nobody needs, clears what was published on them and
// on files that were closed, and looks at the rest again.
func (s *server) tidy(closed ...string) error {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	s.mu.Lock()
	paths := closed
	for dir, m := range s.modules {
		if !s.isNeeded(dir) {
			m.cancel()
			delete(s.modules, dir)
			for path := range m.findings {
				paths = append(paths, path)
			}
		}
	}
	s.wake(true)
	s.tellNews()
	out := s.publications(paths)
	s.mu.Unlock()
	return s.publish(out)
}
