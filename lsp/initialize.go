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
	var can clientOptions
	if err := json.Unmarshal(p.InitializationOptions, &can); len(p.InitializationOptions) > 0 && err != nil {
		_ = s.log(2, "initializationOptions: "+err.Error()) // the loop sees it when nobody listens
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.can = can
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
	c.DefinitionProvider, c.ReferencesProvider, c.HoverProvider = true, true, true
	c.DocumentLinkProvider = new(documentLinkOptions)
	c.RenameProvider = true
	if s.client.TextDocument.Rename.PrepareSupport {
		c.RenameProvider = renameOptions{true}
	}
	s.offerMore(&c)
	c.Workspace.WorkspaceFolders.Supported = true
	c.Workspace.WorkspaceFolders.ChangeNotifications = true
	return c
}

// clientOptions are what a client may say besides its capabilities: which of our
// commands it has, and that gopls speaks of the same files.
type clientOptions struct {
	RunCommand       bool `json:"runCommand"`
	LocationsCommand bool `json:"locationsCommand"`
	BesideGopls      bool `json:"besideGopls"`
}

// offerMore offers what a client has to be able to show. The caller holds mu.
func (s *server) offerMore(c *serverCapabilities) {
	can := &s.client.TextDocument
	c.CompletionProvider = &completionOptions{TriggerCharacters: triggers}
	if can.CodeLens != nil {
		c.CodeLensProvider = new(codeLensOptions)
		if s.options.Generate != nil {
			c.ExecuteCommandProvider = &executeCommandOptions{[]string{generateCommand}}
		}
	}
	if s.client.pulls() {
		c.DiagnosticProvider = &diagnosticOptions{source, true, true}
	}
	if can.SemanticTokens != nil {
		c.SemanticTokensProvider = tokenLegend()
	}
}
