package lsp

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
)

// otherUses refuses to rename by the declaration of a constant that has other uses
// than those that ask for the name.
func (n *naming) otherUses() {
	for _, p := range n.source.reached() {
		for id, obj := range p.info.Uses {
			c, ok := obj.(*types.Const)
			if !ok || n.constants[c] == nil || n.constants[c][id] {
				continue
			}
			f := n.source.fileOf(id.Pos())
			for _, e := range n.entities {
				for _, m := range e.mentions {
					if m.constant == c && f != nil {
						m.why = "the constant " + c.Name() + " stands for something else at " + n.placeOf(f.path, f.span(id)) + " as well"
					}
				}
			}
		}
	}
	for _, e := range n.entities {
		for _, m := range e.mentions {
			m.constant = nil // with which all types would be kept
		}
	}
}

// otherTexts finds the strings that are the name of something that is asked for by
// strings, at places that are not known to be.
func (n *naming) otherTexts() {
	byText := make(map[string]*entity)
	for _, e := range n.entities {
		if e.kind == commandName || e.kind == weightsName || e.kind == messageName || e.kind == trackName {
			byText[e.name] = e
		}
	}
	for _, p := range n.source.reached() {
		for _, f := range p.files {
			for node := range ast.Preorder(f.syntax) {
				lit, ok := node.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					continue
				}
				text, _ := strconv.Unquote(lit.Value) // no name is empty
				if e := byText[text]; e != nil && !e.isAt(f.path, f.span(lit)) {
					e.others = append(e.others, n.placeOf(f.path, f.span(lit)))
				}
			}
		}
	}
}

// isAt tells whether one of an entity's places is in a span.
func (e *entity) isAt(file string, s span) bool {
	return slices.ContainsFunc(e.mentions, func(m *mention) bool { return m.file == file && s.start <= m.start && m.end <= s.end })
}
