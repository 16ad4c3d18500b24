package lsp

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"

	"github.com/reactorgen/reactor/scanner"
)

// decl is the declaration below a comment, as far as it is written.
type decl struct {
	name     string // "" is none
	isMethod bool
	params   []param // without a context
}

type param struct{ name, typ string }

// mostBelow is how much of a text is read for the declaration below a place.
const mostBelow = 64 << 10

// below is the declaration that the comment at the place stands on. What is around it
// need not be good.
func (c *completer) below() decl {
	line := c.line + 1
	for strings.HasPrefix(strings.TrimSpace(c.src.Line(line)), "//") {
		line++
	}
	rest := c.src.Text[c.src.Offset(line, 1):]
	text := append([]byte("package p\n"), rest[:min(len(rest), mostBelow)]...)
	syntax, _ := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution) // what it understands will do
	if syntax == nil || len(syntax.Decls) == 0 || int(syntax.Decls[0].Pos())-1 > len("package p\n") {
		return decl{}
	}
	switch d := syntax.Decls[0].(type) {
	case *ast.FuncDecl:
		return decl{d.Name.Name, d.Recv != nil, paramsOf(d.Type)}
	case *ast.GenDecl:
		if len(d.Specs) == 1 {
			if t, ok := d.Specs[0].(*ast.TypeSpec); ok {
				return decl{name: t.Name.Name}
			}
		}
	}
	return decl{}
}

func paramsOf(f *ast.FuncType) (all []param) {
	for _, field := range f.Params.List {
		typ := types.ExprString(field.Type)
		for _, name := range field.Names {
			if name.Name != "_" && typ != "reactor.Context" {
				all = append(all, param{name.Name, typ})
			}
		}
	}
	return all
}

// rank is smaller for directives that can stand on the declaration.
func (d decl) rank(v scanner.Verb) int {
	return rank(d.name == "" || strings.Contains(v.On, "method") == d.isMethod)
}

// nameFor is a name for what a directive on the declaration makes of it, or "".
func (d decl) nameFor(verb string) string {
	switch {
	case d.name == "":
		return ""
	case verb == "model":
		return scanner.ModelName(d.name)
	}
	return scanner.CommandName(d.name)
}

// snippet is what a directive cannot do without, with stops in the places of the
// values.
func (d decl) snippet(v scanner.Verb) string {
	var out strings.Builder
	n := 0
	for _, p := range v.Params {
		if !p.Required {
			continue
		}
		n++
		value := strings.ToLower(p.Name)
		if name := d.nameFor(v.Name); name != "" && (v.Name == "model" || v.Name == "command" || v.Name == "message") {
			value = name
		}
		key := ""
		if p.Form == scanner.FormKey {
			key = p.Name + "="
		}
		fmt.Fprintf(&out, " %s${%d:%s}", key, n, value)
	}
	return out.String()
}
