package lsp

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/scanner"
)

// head is how a directive begins.
const head = "//reactor:"

// goText proposes what could stand in a directive, or as the name of weights.
func (c *completer) goText(ctx context.Context) {
	d, ok := scanner.DirectiveOn(c.src, c.line)
	typing := strings.TrimLeft(c.before, " \t")
	switch {
	case ok && spanOf(d.Head).has(c.offset):
		c.verbs(spanOf(d.Head), len(d.Args) == 0)
	case ok && c.offset > d.Head.End:
		c.argument(ctx, d)
	case len(typing) >= len("//") && strings.HasPrefix(head, typing):
		c.verbs(span{c.offset - len(typing), c.offset}, true)
	default:
		c.weightsPath()
	}
}

// verbs proposes directives, those first that can stand on what is below.
func (c *completer) verbs(in span, alone bool) {
	c.span = in
	below := c.below()
	all := scanner.Verbs()
	slices.SortStableFunc(all, func(a, b scanner.Verb) int { return below.rank(a) - below.rank(b) })
	for _, v := range all {
		p := proposal{text: head + v.Name, kind: kindKeyword, detail: "on " + v.On, doc: v.Meaning}
		if alone {
			p.snippet = p.text + below.snippet(v)
			p.text += " "
		}
		c.propose(p)
	}
}

// argument proposes what could stand at a place behind the head of a directive.
func (c *completer) argument(ctx context.Context, d scanner.Directive) {
	v, ok := verbOf(d.Verb)
	if !ok || c.offset > d.Range.End && !isBlankText(c.src.Text[d.Range.End:c.offset]) {
		return // it is in a comment behind the directive
	}
	i := slices.IndexFunc(d.Args, func(a scanner.Arg) bool { return c.offset <= a.Range.End })
	if i < 0 || c.offset < d.Args[i].Range.Start {
		c.newArgument(ctx, v, d, i == 0 || len(d.Args) == 0)
		return
	}
	arg := d.Args[i]
	c.span = spanOf(arg.ValueRange)
	switch {
	case arg.Key == "" && i == 0 && takesValue(v):
		c.values(ctx, v, "", &arg)
	case arg.Key == "":
		c.keys(v, d, i)
	case c.offset <= arg.KeyRange.End:
		c.span = spanOf(arg.KeyRange)
		c.end++ // the =
		c.keys(v, d, i)
	case c.span.has(c.offset):
		c.values(ctx, v, arg.Key, &arg)
	}
}

// newArgument proposes an argument where there is none yet.
func (c *completer) newArgument(ctx context.Context, v scanner.Verb, d scanner.Directive, first bool) {
	if first && takesValue(v) {
		c.values(ctx, v, "", nil)
		return
	}
	c.keys(v, d, -1)
}

func verbOf(name string) (scanner.Verb, bool) {
	all := scanner.Verbs()
	i := slices.IndexFunc(all, func(v scanner.Verb) bool { return v.Name == name })
	if i < 0 {
		return scanner.Verb{}, false
	}
	return all[i], true
}

// takesValue tells whether the first argument is a value without a key.
func takesValue(v scanner.Verb) bool { return v.Params[0].Form == scanner.FormValue }

// keys proposes the keys and words that a directive does not have yet, required ones
// first. The argument of a number is the one that is being typed.
func (c *completer) keys(v scanner.Verb, d scanner.Directive, typing int) {
	params := slices.Clone(v.Params)
	slices.SortStableFunc(params, func(a, b scanner.VerbParam) int { return rank(a.Required) - rank(b.Required) })
	for _, p := range params {
		given := slices.ContainsFunc(d.Args, func(a scanner.Arg) bool {
			return (a.Key == p.Name || a.Key == "" && a.Value == p.Name) && (typing < 0 || d.Args[typing].Range != a.Range)
		})
		switch {
		case given || p.Name == strings.ToUpper(p.Name):
		case p.Form == scanner.FormWord:
			c.propose(proposal{text: p.Name, kind: kindEnumMember, doc: p.Meaning})
		case p.Form == scanner.FormKey:
			c.propose(proposal{text: p.Name + "=", kind: kindProperty, detail: p.Type, doc: p.Meaning})
		}
	}
}

func rank(first bool) int {
	if first {
		return 0
	}
	return 1
}

// asked is a call of Path up to a place in its argument.
var asked = pattern("(\\w+)\\.Path\\([\"`]([^\"`]*)$")

// weightsPath proposes the declared names where weights are asked for one: as far as
// the text says, what is asked is a reactor.Weights.
func (c *completer) weightsPath() {
	m := asked().FindStringSubmatch(c.before)
	if m == nil || len(c.project.Model.Weights) == 0 {
		return
	}
	declared, err := regexp.Compile(`\b` + m[1] + `\b(?:, *\w+)*\s+\*?(?:\w+\.)?Weights\b`)
	if err != nil || !declared.Match(c.src.Text) {
		return
	}
	c.typed(len(m[2]))
	c.end += c.wordAfter(isWeightsRune)
	for _, name := range c.project.Model.Weights {
		c.propose(proposal{text: name, kind: kindFolder, detail: "weights of " + c.project.Model.Name})
	}
}
