package lsp

import (
	"cmp"
	"context"
	"slices"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

// The structures of the protocol (Semantic Tokens).
type (
	semanticTokensOptions struct {
		Legend semanticTokensLegend `json:"legend"`
		Range  bool                 `json:"range"`
		Full   bool                 `json:"full"`
	}
	semanticTokensLegend struct {
		TokenTypes     []string `json:"tokenTypes"`
		TokenModifiers []string `json:"tokenModifiers"`
	}
	semanticTokensParams struct {
		Range *textRange `json:"range"` // none: the whole document
	}
	semanticTokens struct {
		Data []int `json:"data"`
	}
)

// tokenType is a type of the legend, by its place in it.
type tokenType int

const (
	tokenMacro tokenType = iota
	tokenProperty
	tokenString
	tokenParameter
	tokenEnumMember
)

// tokenLegend are the types of tokens, of those that the protocol names.
func tokenLegend() *semanticTokensOptions {
	return &semanticTokensOptions{
		Legend: semanticTokensLegend{[]string{"macro", "property", "string", "parameter", "enumMember"}, []string{}},
		Range:  true,
		Full:   true,
	}
}

// coloured is a part of a text that an editor colours.
type coloured struct {
	start, end int
	typ        tokenType
}

// semanticTokens are the tokens of the directives in a Go file, as it is by now.
func (s *server) semanticTokens(_ context.Context, q question) (any, error) {
	p, err := decode[semanticTokensParams](q.params)
	if err != nil {
		return nil, err
	}
	d := q.document
	if d == nil || !d.isGo() {
		return semanticTokens{[]int{}}, nil
	}
	l := newLines(d.text, s.encoding)
	tokens := tokensOf(d.source())
	if p.Range != nil {
		start, end := l.offset(p.Range.Start), l.offset(p.Range.End)
		tokens = slices.DeleteFunc(tokens, func(t coloured) bool { return t.end <= start || t.start >= end })
	}
	return semanticTokens{encoded(tokens, l)}, nil
}

// tokensOf are the tokens of the directives of a file.
func tokensOf(src *diag.Source) (all []coloured) {
	for _, d := range scanner.Directives(src) {
		all = append(all, coloured{d.Head.Start, d.Head.End, tokenMacro})
		for i, arg := range d.Args {
			if d.Verb == "ignore" && i > 0 {
				break // the reason is prose
			}
			if arg.Key != "" {
				all = append(all, coloured{arg.KeyRange.Start, arg.KeyRange.End, tokenProperty})
			}
			all = append(all, coloured{arg.ValueRange.Start, arg.ValueRange.End, valueToken(d.Verb, arg, i)})
		}
	}
	slices.SortStableFunc(all, func(a, b coloured) int { return cmp.Compare(a.start, b.start) })
	return all
}

// valueToken is the type of an argument's value.
func valueToken(verb string, arg scanner.Arg, i int) tokenType {
	switch {
	case verb == "param" && i == 0 && arg.Key == "":
		return tokenParameter
	case verb == "ignore", i > 0 && arg.Key == "", len(choices(verb, arg.Key)) > 0:
		return tokenEnumMember
	}
	return tokenString
}

// encoded is the form of tokens in the protocol: five numbers for each, of which the
// places are relative to the token before. A token is on one line, and none overlap.
func encoded(tokens []coloured, l *lines) []int {
	data := make([]int, 0, 5*len(tokens))
	var last position
	end := 0
	for _, t := range tokens {
		at := l.textRange(t.start, t.end)
		if t.start < end || t.start >= t.end || at.Start.Line != at.End.Line {
			continue
		}
		if end = t.end; at.Start.Line != last.Line {
			last.Character = 0
		}
		data = append(data, at.Start.Line-last.Line, at.Start.Character-last.Character, at.End.Character-at.Start.Character, int(t.typ), 0)
		last = at.Start
	}
	return data
}
