package lsp

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// The structures of the protocol (Pull Diagnostics).
type (
	diagnosticOptions struct {
		Identifier            string `json:"identifier"`
		InterFileDependencies bool   `json:"interFileDependencies"`
		WorkspaceDiagnostics  bool   `json:"workspaceDiagnostics"`
	}
	documentDiagnosticParams struct {
		TextDocument struct {
			URI string `json:"uri"`
		} `json:"textDocument"`
		PreviousResultID string `json:"previousResultId"`
	}
	workspaceDiagnosticParams struct {
		PreviousResultIDs []previousResultID `json:"previousResultIds"`
	}
	previousResultID struct {
		URI   string `json:"uri"`
		Value string `json:"value"`
	}
	workspaceDiagnosticReport struct {
		Items []any `json:"items"`
	}
)

// fullReport has the diagnostics of a document, and unchangedReport says that they
// are those of a result that the client has.
type (
	fullReport struct {
		Kind     string       `json:"kind"` // "full"
		ResultID string       `json:"resultId"`
		Items    []diagnostic `json:"items"`
	}
	unchangedReport struct {
		Kind     string `json:"kind"` // "unchanged"
		ResultID string `json:"resultId"`
	}
)

// reported is which document of the workspace a report is about. One that is not open
// has no version.
type reported struct {
	URI     string `json:"uri"`
	Version *int32 `json:"version"`
}

// pulls tells whether a client asks for the diagnostics of its documents.
func (c *clientCapabilities) pulls() bool { return c.TextDocument.Diagnostic != nil }

// pullDocument answers with the diagnostics of one document.
func (s *server) pullDocument(ctx context.Context, q question) (any, error) {
	p, err := decode[documentDiagnosticParams](q.params)
	if err != nil {
		return nil, err
	}
	if err := s.settled(ctx); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	items, id := s.report(pathOf(p.TextDocument.URI))
	if id == p.PreviousResultID {
		return unchangedReport{"unchanged", id}, nil
	}
	return fullReport{"full", id, items}, nil
}

// report is what there is to be said of a file, and what names it. The caller holds
// mu.
func (s *server) report(path string) (items []diagnostic, id string) {
	items = []diagnostic{}
	for _, d := range s.diagnostics(path) {
		items = append(items, s.client.understood(d))
	}
	text, _ := json.Marshal(items) // it is plain data
	sum := sha256.Sum256(text)
	return items, hex.EncodeToString(sum[:8])
}

// pullWorkspace answers with the diagnostics of all files: to a client that has some,
// as soon as there are others. From the first time on, such a client is told of no
// file unasked.
func (s *server) pullWorkspace(ctx context.Context, q question) (any, error) {
	p, err := decode[workspaceDiagnosticParams](q.params)
	if err != nil {
		return nil, err
	}
	if err := s.pullAll(); err != nil {
		return nil, err
	}
	for {
		if err := s.settled(ctx); err != nil {
			return nil, err
		}
		s.mu.Lock()
		items, changed, news := s.reports(p.PreviousResultIDs)
		s.mu.Unlock()
		if changed || len(p.PreviousResultIDs) == 0 {
			return workspaceDiagnosticReport{items}, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-news:
		}
	}
}

// reports are those of all files with diagnostics and of those that the client knows
// of, and whether one is not as the client has it. News is closed when they may have
// become others. The caller holds mu.
func (s *server) reports(have []previousResultID) (items []any, changed bool, news <-chan struct{}) {
	items = []any{}
	had := make(map[string]string) // by path
	for _, one := range have {
		had[pathOf(one.URI)] = one.Value
	}
	all := maps.Clone(had)
	for _, m := range s.modules {
		for path := range m.findings {
			all[path] = ""
		}
	}
	delete(all, "")
	for _, path := range slices.Sorted(maps.Keys(all)) {
		diagnostics, id := s.report(path)
		uri, version := s.named(path, nil)
		if had[path] == id {
			items = append(items, struct {
				reported
				unchangedReport
			}{reported{uri, version}, unchangedReport{"unchanged", id}})
			continue
		}
		changed = true
		items = append(items, struct {
			reported
			fullReport
		}{reported{uri, version}, fullReport{"full", id, diagnostics}})
	}
	return items, changed, s.news
}

// pullAll takes back what was published: the client asks for all that there is.
func (s *server) pullAll() error {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	s.mu.Lock()
	s.asksAll = s.client.pulls()
	var paths []string
	for _, p := range s.published {
		paths = append(paths, p.path)
	}
	out := s.publications(paths)
	s.mu.Unlock()
	return s.publish(out)
}

// tellNews lets those go on who wait for other diagnostics. The caller holds mu.
func (s *server) tellNews() {
	close(s.news)
	s.news = make(chan struct{})
}

// elsewhere tells whether the findings changed in a document of which the client has
// no reason to ask for them again: its text is what the look before saw. The caller
// holds mu.
func (s *server) elsewhere(m *module, before map[string][]finding, saw map[string]*document) bool {
	if !s.client.pulls() || !s.client.Workspace.Diagnostics.RefreshSupport {
		return false
	}
	for uri, d := range s.documents {
		if saw[uri] == d && !reflect.DeepEqual(before[d.path], m.findings[d.path]) {
			return true
		}
	}
	return false
}

// refresh asks the client to ask for the diagnostics of its documents again.
func (s *server) refresh() error {
	s.mu.Lock()
	s.refreshes++
	id := fmt.Sprintf("refresh-%d", s.refreshes)
	s.mu.Unlock()
	return s.conn.write(request{"2.0", id, "workspace/diagnostic/refresh", nil})
}
