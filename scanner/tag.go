package scanner

import (
	"go/ast"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// tagLimits reads the limits in the tag of a field: min:"0" maxlen:"9". What is
// wrong with them is reported in the tag, or at the field where its source is
// another package's. What the model sends has no limits that somebody holds it to.
func (k *kinds) tagLimits(m *Member, f field, decl *ast.Field, at diag.Range) {
	d := &Directive{Verb: "param"}
	for _, p := range verb("param").Params {
		if p.Form != FormKey || p.Name == "description" || k.sent && p.Name == "default" {
			continue
		}
		text, ok := f.tag.Lookup(p.Name)
		if !ok {
			continue
		}
		in := k.tagPlace(decl, p.Name, at)
		d.Args = append(d.Args, Arg{
			Key: p.Name, Value: text, Range: in, KeyRange: in, ValueRange: in,
			commas: commasIn(text), ends: in.End,
		})
	}
	if len(d.Args) == 0 {
		return
	}
	l := &limits{
		typed: k.typed, name: f.Name(), value: &m.Value, basic: basicOf(f.Type()), directive: d,
		src: k.result.Sources.Get(at.File), typ: k.typeText(f.Type()), tag: true,
	}
	l.read()
}

// tagPlace is the place of a key with its value in a tag, or of the field where
// the tag cannot be looked at.
func (k *kinds) tagPlace(decl *ast.Field, key string, at diag.Range) diag.Range {
	if decl == nil || decl.Tag == nil {
		return at
	}
	tag := decl.Tag.Value
	start := strings.Index(tag, key+`:"`)
	for start > 0 && !strings.ContainsRune(" `", rune(tag[start-1])) {
		next := strings.Index(tag[start+1:], key+`:"`)
		if next < 0 {
			return at
		}
		start += 1 + next
	}
	if start < 0 {
		return at
	}
	end := start + len(key) + len(`:"`)
	for end < len(tag) && tag[end] != '"' {
		if tag[end] == '\\' {
			end++
		}
		end++
	}
	whole := k.at(decl.Tag.Pos(), len(tag))
	src := k.result.Sources.Get(whole.File)
	if src == nil {
		return at
	}
	return src.Range(whole.Start+start, whole.Start+min(end+1, len(tag)))
}
