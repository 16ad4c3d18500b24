package lsp

// The structures of the requests about what stands at a place: definition, references,
// hover, prepareRename, rename, documentLink.

type positionParams struct {
	Position position `json:"position"`
}

type referenceParams struct {
	Context struct {
		IncludeDeclaration bool `json:"includeDeclaration"`
	} `json:"context"`
}

type renameParams struct {
	NewName string `json:"newName"`
}

type renameOptions struct {
	PrepareProvider bool `json:"prepareProvider"`
}

type prepareRenameResult struct {
	Range       textRange `json:"range"`
	Placeholder string    `json:"placeholder"`
}

type hover struct {
	Contents markupContent `json:"contents"`
	Range    textRange     `json:"range"`
}

type markupContent struct {
	Kind  string `json:"kind"` // "plaintext" or "markdown"
	Value string `json:"value"`
}

type documentLinkOptions struct {
	ResolveProvider bool `json:"resolveProvider"`
}

type documentLink struct {
	Range   textRange `json:"range"`
	Target  string    `json:"target"`
	Tooltip string    `json:"tooltip,omitempty"`
}

// requestFailed is the code of a request that is good and cannot be done (Base
// Protocol, LSPErrorCodes).
const requestFailed = -32803
