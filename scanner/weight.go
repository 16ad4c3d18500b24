package scanner

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// weightNames reports the names that the model's package asks its weights for
// and the directive does not declare, where they are constants. A package that
// makes weights of its own may ask those for anything.
func (t *typed) weightNames(p placed) {
	var calls []*ast.CallExpr
	for _, syntax := range t.pkg.Syntax {
		if !t.isScanned(syntax.Package) {
			continue
		}
		for n := range ast.Preorder(syntax) {
			switch n := n.(type) {
			case *ast.Ident:
				if f, ok := t.pkg.TypesInfo.Uses[n].(*types.Func); ok && isAPIFunc(f, "NewWeights") {
					return
				}
			case *ast.CallExpr:
				calls = append(calls, n)
			}
		}
	}
	declared := p.weights()
	for _, call := range calls {
		if name, ok := t.weightsPath(call); ok && !slices.ContainsFunc(declared, func(i Item) bool { return i.Text == name }) {
			t.undeclared(p, declared, call.Args[0], name)
		}
	}
}

// weights are the items of a model directive's weights.
func (p placed) weights() []Item {
	if arg := p.directive.Get("weights"); arg != nil {
		return arg.Items(p.file.src)
	}
	return nil
}

// weightsPath returns the name that a call asks reactor.Weights for, if it does
// and the name is a constant.
func (t *typed) weightsPath(call *ast.CallExpr) (name string, ok bool) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) != 1 {
		return "", false
	}
	f, ok := t.pkg.TypesInfo.Uses[sel.Sel].(*types.Func)
	if !ok || !isAPIFunc(f, "Path") || f.Signature().Recv() == nil || !isAPI(f.Signature().Recv().Type(), "Weights") {
		return "", false
	}
	value := t.pkg.TypesInfo.Types[call.Args[0]].Value
	if value == nil || value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(value), true
}

// isAPIFunc tells whether a function or method is one of that name in the
// author's API.
func isAPIFunc(f *types.Func, name string) bool {
	return f.Name() == name && f.Pkg() != nil && f.Pkg().Path() == apiPath
}

// undeclared reports a name, with the declared one that was probably meant.
func (t *typed) undeclared(p placed, declared []Item, arg ast.Expr, name string) {
	at := t.at(arg.Pos(), int(arg.End()-arg.Pos()))
	var names []string
	for _, item := range declared {
		names = append(names, item.Text)
	}
	near := config.Nearest(name, names)
	where := p.directive.Head
	if weights := p.directive.Get("weights"); weights != nil {
		where = weights.Range
	}
	fix := declareWeights(p, name)
	if near != "" {
		fix = t.nearName(ast.Unparen(arg), near)
	}
	t.report(diag.UndeclaredWeights(at, name, near, weightsName().MatchString(name), names, where).With(fix))
}
