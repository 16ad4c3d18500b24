package lsp

import (
	"context"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

// hover answers what there is to be said of what stands at a place; null where that is
// nothing of ours.
func (s *server) hover(ctx context.Context, q question) (any, error) {
	p, err := decode[positionParams](q.params)
	if err != nil || q.document == nil || q.document.module == "" {
		return nil, err
	}
	s.mu.Lock()
	e, page := s.encoding, hoverPage{markdown: s.client.prefersMarkdown()}
	s.mu.Unlock()
	offset := q.document.offset(p.Position, e)
	if at, ok := page.directive(q.document, offset); ok {
		return hover{page.content(), newLines(q.document.text, e).textRange(at.start, at.end)}, nil
	}
	n, m, err := s.mentioned(ctx, q, anyAge)
	if n == nil || err != nil {
		return nil, err
	}
	if m == nil {
		m = q.document.nameAt(offset)
	}
	if m == nil || m.isInCode() {
		return nil, nil
	}
	s.mu.Lock()
	k, ok := s.projectOf(q.document)
	s.mu.Unlock()
	if !ok {
		return nil, nil
	}
	if page.mention(m, k); len(page.parts) == 0 {
		return nil, nil
	}
	return hover{page.content(), n.texts.rangeOf(m.file, m.span)}, nil
}

// nameAt is the name in a directive at a place, in code that is too broken for it to
// be among those of the project; nil when there is none.
func (d *document) nameAt(offset int) *mention {
	spot, ok := d.directiveAt(offset)
	if !ok || spot.part != inValue && spot.part != inItem {
		return nil
	}
	kinds := map[string]entityKind{
		"model name": modelName, "model config": configPath, "model weights": weightsName, "command ": commandName, "message ": messageName, "track ": trackName,
	}
	kind, ok := kinds[spot.Verb+" "+spot.key()]
	if !ok || spot.key() == "" && !spot.isFirst() {
		return nil
	}
	return &mention{entity: &entity{kind: kind, name: spot.text}, role: inDirective, file: d.path, span: spot.span}
}

// prefersMarkdown tells whether the client shows hovers as Markdown rather than as
// plain text.
func (c *clientCapabilities) prefersMarkdown() bool {
	formats := c.TextDocument.Hover.ContentFormat
	return len(formats) > 0 && formats[0] == "markdown" || slices.Contains(formats, "markdown") && !slices.Contains(formats, "plaintext")
}

// directive says what the text of a directive says by itself: its verb, its keys and
// words, the code of one that ignores.
func (p *hoverPage) directive(d *document, offset int) (at span, ok bool) {
	spot, ok := d.directiveAt(offset)
	if !ok {
		return at, false
	}
	verbs := scanner.Verbs()
	i := slices.IndexFunc(verbs, func(v scanner.Verb) bool { return v.Name == spot.Verb })
	if i < 0 {
		return at, false
	}
	switch v := verbs[i]; {
	case spot.part == inHead:
		p.verb(v)
	case spot.part == inKey:
		p.key(v, spot.text)
	case v.Name == "ignore" && spot.isFirst():
		p.manual(spot.text)
	case spot.part == inValue && spot.key() == "" && !spot.isFirst():
		p.key(v, spot.text)
	}
	return spot.span, len(p.parts) > 0
}

// verb says what a directive means and takes.
func (p *hoverPage) verb(v scanner.Verb) {
	p.prose("On " + v.On + ": " + v.Meaning + ".")
	var items [][2]string
	for _, param := range v.Params {
		items = append(items, [2]string{written(param), param.Meaning})
	}
	p.list(items)
}

// written is how something that a directive takes is written.
func written(p scanner.VerbParam) string {
	if p.Form == scanner.FormKey {
		return p.Name + "=" + strings.ToUpper(p.Type)
	}
	return p.Name
}

// key says what a key or word of a directive means, and takes.
func (p *hoverPage) key(v scanner.Verb, key string) {
	for _, param := range v.Params {
		isMetadata := v.Name == "model" && param.Name == "KEY"
		if param.Name != key && !isMetadata || param.Form == scanner.FormValue {
			continue
		}
		p.code("", written(param))
		p.prose(param.Meaning + ".")
		return
	}
}

// manual explains a code, as the verb explain does.
func (p *hoverPage) manual(code string) {
	m, ok := diag.Explain(diag.Code(code))
	if !ok {
		return
	}
	p.prose(string(m.Code) + ": " + m.Title)
	p.prose(m.Text)
	p.code("go", m.Example)
	p.prose("Cure: " + m.Cure)
	p.code("diff", m.Edit)
	p.link("The manual of "+string(m.Code), m.Code.URL())
}
