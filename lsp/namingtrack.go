package lsp

import (
	"go/ast"
	"go/types"
)

// trackKeys are the keys of a block's tracks in a node itself: b.Tracks[KEY], the
// literal of a block with the field, or one that is assigned to it.
func trackKeys(info *types.Info, node ast.Node) []ast.Expr {
	switch node := node.(type) {
	case *ast.IndexExpr:
		if isTracks(info, node.X) {
			return []ast.Expr{node.Index}
		}
	case *ast.KeyValueExpr:
		if isTracks(info, node.Key) {
			return mapKeys(node.Value)
		}
	case *ast.AssignStmt:
		if len(node.Lhs) == 1 && len(node.Rhs) == 1 && isTracks(info, node.Lhs[0]) {
			return mapKeys(node.Rhs[0])
		}
	}
	return nil
}

// isTracks tells whether an expression is the field Tracks of a block.
func isTracks(info *types.Info, x ast.Expr) bool {
	x = ast.Unparen(x)
	if sel, ok := x.(*ast.SelectorExpr); ok {
		x = sel.Sel
	}
	id, ok := x.(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := info.Uses[id].(*types.Var)
	return ok && v.IsField() && v.Name() == "Tracks" && v.Pkg() != nil && v.Pkg().Path() == apiPath
}

// mapKeys are the keys of the literal of a map.
func mapKeys(x ast.Expr) (keys []ast.Expr) {
	if lit, ok := ast.Unparen(x).(*ast.CompositeLit); ok {
		for _, elem := range lit.Elts {
			if pair, ok := elem.(*ast.KeyValueExpr); ok {
				keys = append(keys, pair.Key)
			}
		}
	}
	return keys
}
