package lsp

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"strconv"
	"strings"
)

// isAPIType tells whether a type, or what it points to, is the one of a name in the
// author's API.
func isAPIType(t types.Type, name string) bool { return isNamedType(t, apiPath, name) }

func isNamedType(t types.Type, path, name string) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == path
}

// asker is a method that is asked for a name: its receiver's package, type, and name.
type asker struct{ path, typ, method string }

// askers are the methods whose first argument is a name of the project.
var askers = map[asker]entityKind{
	{apiPath, "Weights", "Path"}:                     weightsName,
	{apiPath, "Config", "Get"}:                       configKey,
	{apiPath, "Config", "String"}:                    configKey,
	{apiPath, "Config", "Bool"}:                      configKey,
	{apiPath, "Config", "Int"}:                       configKey,
	{apiPath, "Config", "Float"}:                     configKey,
	{apiPath, "Config", "Duration"}:                  configKey,
	{apiPath, "Config", "Strings"}:                   configKey,
	{apiPath + "/reactortest", "Session", "Command"}: commandName,
	{apiPath + "/reactortest", "Session", "Try"}:     commandName,
	{apiPath + "/reactortest", "Session", "Track"}:   trackName,
}

// calls takes what asks for names by constants, in all packages of the module that the
// model reaches.
func (n *naming) calls() {
	for _, p := range n.source.reached() {
		for _, f := range p.files {
			for node := range ast.Preorder(f.syntax) {
				if call, ok := node.(*ast.CallExpr); ok {
					n.call(p, f, call)
				}
				for _, key := range trackKeys(p.info, node) {
					n.asked(p, f, trackName, key)
				}
			}
		}
	}
}

// call takes a call that asks for a name by a constant.
func (n *naming) call(p *goPackage, f *goFile, call *ast.CallExpr) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return
	}
	method, ok := p.info.Uses[sel.Sel].(*types.Func)
	if !ok || method.Signature().Recv() == nil {
		return
	}
	for a, kind := range askers {
		if a.method == method.Name() && isNamedType(method.Signature().Recv().Type(), a.path, a.typ) {
			if e := n.asked(p, f, kind, call.Args[0]); e != nil && kind == commandName && len(call.Args) > 1 {
				n.arguments(p, f, e, call.Args[1])
			}
		}
	}
}

// asked takes the name that something is asked for, if it is a constant.
func (n *naming) asked(p *goPackage, f *goFile, kind entityKind, arg ast.Expr) (e *entity) {
	value := p.info.Types[arg].Value
	if value == nil || value.Kind() != constant.String {
		return nil
	}
	name := constant.StringVal(value)
	switch kind {
	case configKey:
		n.askedKey(p, f, arg, name)
		return nil
	case weightsName:
		e = n.entity(kind, name)
	default:
		e = n.find(kind, name)
	}
	if e != nil {
		n.constant(p, f, e, arg, span{0, len(name)})
	}
	return e
}

// arguments takes the names of parameters in the JSON that a test gives to a command.
func (n *naming) arguments(p *goPackage, f *goFile, command *entity, arg ast.Expr) {
	lit, ok := ast.Unparen(arg).(*ast.BasicLit)
	for _, e := range n.entities {
		if e.kind != paramName || e.of != command {
			continue
		}
		if !ok || lit.Kind != token.STRING || lit.Value[0] != '`' {
			if !ok || strings.Contains(lit.Value, e.name) {
				e.why = "what the command is given at " + n.placeOf(f.path, f.span(arg)) + " is not written in backquotes"
			}
			continue
		}
		whole := f.span(lit)
		key := regexp.MustCompile(`"(` + regexp.QuoteMeta(e.name) + `)"\s*:`)
		for _, at := range key.FindAllSubmatchIndex(f.text[whole.start:whole.end], -1) { // its value has no carriage returns
			n.add(e, mention{role: inString, file: f.path, span: span{whole.start + at[2], whole.start + at[3]}})
		}
	}
}

// constant adds the place of a constant that names an entity with a part of its value:
// the argument itself, and where the constant is declared when it has a name.
func (n *naming) constant(p *goPackage, f *goFile, e *entity, arg ast.Expr, part span) *mention {
	arg = ast.Unparen(arg)
	if lit, ok := arg.(*ast.BasicLit); ok {
		return n.literal(f, e, lit, part)
	}
	m := n.add(e, mention{role: inString, file: f.path, span: f.span(arg), path: e.path, stays: true})
	m.why = "it is put together by the expression at " + n.placeOf(f.path, m.span)
	ident, ok := arg.(*ast.Ident)
	if sel, is := arg.(*ast.SelectorExpr); is {
		ident, ok = sel.Sel, true
	}
	if !ok {
		return m
	}
	c, ok := p.info.Uses[ident].(*types.Const)
	if !ok {
		return m
	}
	if in, lit := n.source.literalOf(c); lit != nil {
		m.why = ""
		n.literal(in, e, lit, part).constant = c
		n.accounted(c, ident)
		n.twins(e, c, part)
	}
	return m
}

// literal adds the place of a string that is written out.
func (n *naming) literal(f *goFile, e *entity, lit *ast.BasicLit, part span) *mention {
	whole := f.span(lit)
	text, err := strconv.Unquote(lit.Value)
	at := span{whole.start + 1 + part.start, whole.start + 1 + part.end}
	isPlain := err == nil && string(f.text[whole.start+1:whole.end-1]) == text
	if !isPlain {
		at = span{whole.start + 1, whole.end - 1}
	}
	m := n.add(e, mention{role: inString, file: f.path, span: at, path: e.path})
	if !isPlain && part.end-part.start != len(text) {
		m.why = "the string at " + n.placeOf(f.path, at) + " has escape sequences in it"
	}
	return m
}

// accounted remembers a use of a constant that is one of a name.
func (n *naming) accounted(c *types.Const, use *ast.Ident) {
	if n.constants[c] == nil {
		n.constants[c] = make(map[*ast.Ident]bool)
	}
	n.constants[c][use] = true
}

// literalOf is the string that a constant is declared as, when it is no expression.
func (g *goSource) literalOf(c *types.Const) (*goFile, *ast.BasicLit) {
	f := g.fileOf(c.Pos())
	if f == nil {
		return nil, nil
	}
	for node := range ast.Preorder(f.syntax) {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, name := range spec.Names {
			if name.Pos() == c.Pos() && i < len(spec.Values) {
				lit, _ := ast.Unparen(spec.Values[i]).(*ast.BasicLit)
				return f, lit
			}
		}
	}
	return nil, nil
}
