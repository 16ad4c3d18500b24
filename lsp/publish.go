package lsp

import (
	"maps"
	"reflect"
	"slices"
)

// publication is what was published last of a URI.
type publication struct {
	path        string
	document    *document // nil when it was not open
	diagnostics []diagnostic
}

// deliver makes the findings of a look those of its module, and publishes what has
// changed by it. None is nothing to be said about the module at all.
func (s *server) deliver(m *module, v view, found *findings) error {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	s.mu.Lock()
	if s.modules[m.dir] != m {
		s.mu.Unlock()
		return nil // it has gone away meanwhile
	}
	before, saw := m.findings, m.saw
	paths := slices.Collect(maps.Keys(m.findings))
	m.findings = make(map[string][]finding)
	if found != nil {
		for _, one := range found.all {
			m.findings[one.path] = append(m.findings[one.path], one)
		}
	}
	paths = slices.AppendSeq(paths, maps.Keys(m.findings))
	if found != nil && !m.foreign {
		for _, d := range v.documents {
			if d.module == m.dir {
				paths = append(paths, d.path)
			}
		}
	}
	m.saw = v.documents
	out, refresh := s.publications(paths), s.elsewhere(m, before, saw)
	s.tellNews()
	s.mu.Unlock()
	if err := s.publish(out); err != nil || !refresh {
		return err
	}
	return s.refresh()
}

// publish sends what was chosen. The caller holds publishing.
func (s *server) publish(all []publishDiagnosticsParams) error {
	for _, one := range all {
		if err := s.conn.notify("textDocument/publishDiagnostics", one); err != nil {
			return err
		}
	}
	return nil
}

// publications returns what is to be said of some files that was not said yet. Of a
// document that its module has not seen as it is by now, nothing is said: there will
// be another look. The caller holds mu.
func (s *server) publications(paths []string) (out []publishDiagnosticsParams) {
	slices.Sort(paths)
	for _, path := range slices.Compact(paths) {
		if path == "" {
			continue
		}
		open := false
		for _, uri := range slices.Sorted(maps.Keys(s.documents)) {
			d := s.documents[uri]
			if d.path != path {
				continue
			}
			open = true
			if s.client.pulls() {
				out = s.say(out, publication{path: path}, uri)
			} else if m := s.modules[d.module]; m == nil || m.saw[uri] == d {
				out = s.say(out, publication{path, d, s.diagnostics(path)}, uri)
			}
		}
		out = s.sayClosed(out, path, open)
	}
	return out
}

// sayClosed says what there is to be said of a file under its own URI, unless it is
// open, and takes back what was said under others.
func (s *server) sayClosed(out []publishDiagnosticsParams, path string, open bool) []publishDiagnosticsParams {
	own := uriOf(path)
	for _, uri := range slices.Sorted(maps.Keys(s.published)) {
		if s.published[uri].path == path && s.documents[uri] == nil && (open || s.asksAll || uri != own) {
			out = s.say(out, publication{path: path}, uri)
		}
	}
	if !open && !s.asksAll {
		out = s.say(out, publication{path, nil, s.diagnostics(path)}, own)
	}
	return out
}

// say adds a publication unless it is the one that was the last.
func (s *server) say(out []publishDiagnosticsParams, p publication, uri string) []publishDiagnosticsParams {
	last, said := s.published[uri]
	if last.document == p.document && reflect.DeepEqual(last.diagnostics, p.diagnostics) && (said || p.document == nil) {
		return out
	}
	if s.published[uri] = p; p.document == nil && len(p.diagnostics) == 0 {
		delete(s.published, uri)
	}
	params := publishDiagnosticsParams{URI: uri, Diagnostics: make([]diagnostic, 0, len(p.diagnostics))}
	if p.document != nil {
		params.Version = &p.document.version
	}
	for _, d := range p.diagnostics {
		params.Diagnostics = append(params.Diagnostics, s.client.understood(d))
	}
	return append(out, params)
}

// diagnostics are what the modules say of a file, each once. The caller holds mu.
func (s *server) diagnostics(path string) (all []diagnostic) {
	for _, f := range s.findingsOf(path) {
		all = append(all, f.diagnostic)
	}
	return all
}

// findingsOf are the findings in a file, of all modules, each once. The caller
// holds mu.
func (s *server) findingsOf(path string) (all []finding) {
	for _, dir := range slices.Sorted(maps.Keys(s.modules)) {
		for _, one := range s.modules[dir].findings[path] {
			same := func(known finding) bool { return reflect.DeepEqual(known.diagnostic, one.diagnostic) }
			if !slices.ContainsFunc(all, same) && !(s.can.BesideGopls && one.repeatsCompiler()) {
				all = append(all, one)
			}
		}
	}
	return all
}

// understood returns a diagnostic without what a client does not know of.
func (c *clientCapabilities) understood(d diagnostic) diagnostic {
	can := &c.TextDocument.PublishDiagnostics
	if !can.RelatedInformation {
		d.RelatedInformation = nil
	}
	if can.TagSupport == nil {
		d.Tags = nil
	}
	if !can.CodeDescriptionSupport {
		d.CodeDescription = nil
	}
	if !can.DataSupport {
		d.Data = nil
	}
	return d
}
