package lsp

import "encoding/json"

func (s *server) initialize(params json.RawMessage) (any, error) {
	p, err := decode[initializeParams](params)
	if err != nil {
		return nil, err
	}
	if p.WorkspaceFolders == nil && p.RootURI != "" {
		p.WorkspaceFolders = []workspaceFolder{{p.RootURI}}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phase, s.client = running, p.Capabilities
	s.encoding = choose(p.Capabilities.General.PositionEncodings)
	s.addFolders(p.WorkspaceFolders)
	return initializeResult{s.offer(), serverInfo{Name: source, Version: s.options.Version}}, nil
}

// offer is what the server does, for a client that can do what this one can. The
// caller holds mu.
func (s *server) offer() serverCapabilities {
	var c serverCapabilities
	c.PositionEncoding = string(s.encoding)
	c.TextDocumentSync = textDocumentSync{OpenClose: true, Change: 2, Save: true}
	c.CodeActionProvider.CodeActionKinds = []string{quickFix}
	c.Workspace.WorkspaceFolders.Supported = true
	c.Workspace.WorkspaceFolders.ChangeNotifications = true
	return c
}
