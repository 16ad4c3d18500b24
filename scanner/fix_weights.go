package scanner

import (
	"go/ast"
	"strconv"

	"github.com/reactorgen/reactor/diag"
)

// declareWeights is the fix of a directive that does not declare weights.
func declareWeights(p placed, name string) diag.Fix {
	d := &p.directive
	arg := d.Get("weights")
	if !weightsName().MatchString(name) {
		return diag.Fix{}
	}
	src := p.file.src
	if arg == nil || arg.Value == "" {
		after := src.Range(d.Range.End, d.Range.End)
		edit := replace(after, " weights="+name)
		if arg != nil {
			edit = replace(arg.Range, "weights="+name)
		}
		return diag.WriteGuess("weights="+name, []diag.Edit{edit})
	}
	text := "," + name
	at := arg.ValueRange.End
	if src.Text[arg.Range.End-1] == ']' {
		text, at = `, "`+name+`"`, arg.Range.End-1
	}
	return diag.WriteGuess("weights="+arg.Value+","+name, []diag.Edit{replace(src.Range(at, at), text)})
}

// nearName is the fix of a constant name which is nearly a declared one, where it
// is written as such.
func (t *typed) nearName(arg ast.Expr, near string) diag.Fix {
	literal, ok := arg.(*ast.BasicLit)
	if !ok {
		return diag.Fix{}
	}
	text := strconv.Quote(near)
	return diag.WriteGuess(text, []diag.Edit{replace(t.at(literal.Pos(), len(literal.Value)), text)})
}
