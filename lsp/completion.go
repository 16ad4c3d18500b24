package lsp

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/reactorgen/reactor/diag"
)

// The structures of the protocol (Completion).
type (
	completionOptions struct {
		TriggerCharacters []string `json:"triggerCharacters"`
	}
	completionParams struct {
		Position position `json:"position"`
	}
	completionList struct {
		IsIncomplete bool             `json:"isIncomplete"`
		Items        []completionItem `json:"items"`
	}
	completionItem struct {
		Label            string     `json:"label"`
		Kind             itemKind   `json:"kind"`
		Detail           string     `json:"detail,omitempty"`
		Documentation    string     `json:"documentation,omitempty"`
		SortText         string     `json:"sortText"`
		FilterText       string     `json:"filterText"`
		InsertTextFormat textFormat `json:"insertTextFormat"`
		TextEdit         textEdit   `json:"textEdit"`
	}
)

// itemKind is a CompletionItemKind of the protocol, and textFormat an
// InsertTextFormat.
type (
	itemKind   int
	textFormat int
)

const (
	kindVariable   itemKind = 6
	kindProperty   itemKind = 10
	kindValue      itemKind = 12
	kindKeyword    itemKind = 14
	kindFile       itemKind = 17
	kindFolder     itemKind = 19
	kindEnumMember itemKind = 20

	plainText  textFormat = 1
	snippetFor textFormat = 2
)

// triggers are the characters behind which there is something to propose.
var triggers = []string{"/", ":", "=", " ", ",", "\"", ".", "{"}

// proposal is what could stand in the place of what is being typed.
type proposal struct {
	text    string // also what is shown, but for what separates it from what follows
	snippet string // in the place of text, for clients that can; none without
	kind    itemKind
	detail  string
	doc     string
}

// completion proposes what could stand at a place. It looks at the text as it is,
// which is rarely good while somebody types; what it says of the project is what was
// known when that was good last.
func (s *server) completion(ctx context.Context, q question) (any, error) {
	p, err := decode[completionParams](q.params)
	if err != nil {
		return nil, err
	}
	list := completionList{Items: []completionItem{}}
	if q.document == nil || q.document.module == "" {
		return list, nil
	}
	k, err := s.projectFor(ctx, q.document)
	if err != nil {
		return nil, err
	}
	c := newCompleter(q.document, k, q.document.offset(p.Position, s.encoding))
	c.complete(ctx)
	l := newLines(q.document.text, s.encoding)
	for i, one := range c.all {
		item := one.item(i, l.textRange(c.start, c.end))
		if one.snippet != "" && s.client.TextDocument.Completion.CompletionItem.SnippetSupport {
			item.InsertTextFormat, item.TextEdit.NewText = snippetFor, one.snippet
		}
		list.Items = append(list.Items, item)
	}
	return list, nil
}

// item is the form of a proposal in the protocol; it is the one of that number.
func (p proposal) item(i int, at textRange) completionItem {
	label := strings.TrimRight(p.text, " =:}")
	return completionItem{
		Label: label, Kind: p.kind, Detail: p.detail, Documentation: p.doc,
		SortText: fmt.Sprintf("%04d", i), FilterText: cmp.Or(label, p.text),
		InsertTextFormat: plainText, TextEdit: textEdit{at, p.text},
	}
}

// projectFor is the project that a document is in, as far as it is known; before the
// first look is over, it waits for that. One that was never good is its folder alone.
func (s *server) projectFor(ctx context.Context, d *document) (known, error) {
	s.mu.Lock()
	k, ok := s.projectOf(d)
	s.mu.Unlock()
	if ok {
		return k, nil
	}
	if err := s.settled(ctx); err != nil {
		return known{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if k, ok = s.projectOf(d); !ok {
		k = unknown(d.module)
	}
	return k, nil
}

// completer finds proposals for one place in a text.
type completer struct {
	project  known
	document *document
	src      *diag.Source
	offset   int

	line   int    // of the place, from 1
	before string // of the line, up to the place
	after  string // of the line, from the place on

	span // what is replaced
	all  []proposal
}

func newCompleter(d *document, k known, offset int) *completer {
	c := &completer{project: k, document: d, src: d.source(), offset: offset, span: span{offset, offset}}
	line, column := c.src.Position(offset)
	c.line = line
	text := c.src.Line(line)
	c.before, c.after = text[:min(column-1, len(text))], text[min(column-1, len(text)):]
	return c
}

func (c *completer) complete(ctx context.Context) {
	switch {
	case c.document.isGo():
		c.goText(ctx)
	case c.document.isYAML() && c.document.path == c.inProject(c.project.Model.Config) && c.project.Model.Config != "":
		c.yamlText()
	}
}

func (c *completer) propose(p proposal) { c.all = append(c.all, p) }

// inProject is the absolute name of a file of the project.
func (c *completer) inProject(name string) string {
	return filepath.Join(c.project.Dir, filepath.FromSlash(name))
}

// typed has what is replaced begin some bytes before the place.
func (c *completer) typed(before int) { c.start = c.offset - before }

// wordAfter is how many bytes behind the place belong to the word that it is in.
func (c *completer) wordAfter(isPart func(r rune) bool) int {
	return len(c.after) - len(strings.TrimLeftFunc(c.after, isPart))
}

// isBlankText tells whether there is nothing but blanks.
func isBlankText(text []byte) bool { return len(bytes.TrimSpace(text)) == 0 }

// pattern is a regular expression that is compiled when it is needed first: what has
// to be done at the start of the program, all its verbs wait for.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
