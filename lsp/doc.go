// Package lsp is the language server: it tells an editor what is wrong with the
// projects of the files that are open in it, as they are typed, and cures it on
// request.
//
//	editor ──didChange──► server ──wake──► module ──Engine.Scan──► findings
//	   ▲                    documents         one goroutine each        │
//	   └── publishDiagnostics, codeAction ◄── by path and version ◄─────┘
//
// A document is a file as the editor has it, saved or not. Its module is the part
// of a Go module below the folder of go.mod, or below a folder of the editor's
// workspace inside of that; each has a goroutine of its own, which looks at the
// newest texts of all documents, and when it is done at those that are the newest
// by then. What a look has found is published for the texts that it saw and for
// no others. A module with models in several folders is several projects, as
// [scanner.FindProjects] finds them.
//
// What a client asks for, and does not wait for as it does for the next keystroke, is
// answered on the side: each request has a goroutine, by the table in request.go, and
// looks at the text as it was when it was asked. What there is to be known of a
// project while somebody types is what was known when it was good last.
//
// What stands at a place is asked for by definition, references, hover, rename and the
// like, each in a goroutine of its own. Where a name stands everywhere is not known
// before somebody asks:
//
//	directives ─┐
//	Go code ────┤
//	YAML ───────┼──naming──► names: entities with their mentions ──► answers
//	weights.lock┘            kept until a text changes
//
// It is made from the texts of that moment alone, with a type check that needs no go
// command, so that code that is not good has names too. Before a rename is handed out,
// a scan of the texts that it makes has to find nothing new.
//
// The messages are those of the Language Server Protocol 3.17. The findings are
// those of [scanner.Engine], to the letter; nothing is judged here. A module that
// has nothing to do with us is not spoken about. The server prints nothing: what there
// is to log goes to the editor. No file is written but by [Options.Generate].
package lsp
