package scanner

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/reactorgen/reactor/diag"
)

// returnPointer is the fix of a constructor that returns the model itself and
// not a pointer to it.
func (t *typed) returnPointer(fn *types.Func) diag.Fix {
	results := fn.Signature().Results()
	good := results.Len() == 1 || results.Len() == 2 && isError(results.At(1).Type())
	f, decl := t.funcDecl(fn)
	if !good || decl == nil || !types.Identical(results.At(0).Type(), t.obj.Type()) || decl.Body == nil {
		return diag.Fix{}
	}
	edits := []diag.Edit{f.insert(f.offset(decl.Type.Results.List[0].Type.Pos()), "*")}
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if len(n.Results) == 0 {
				break
			}
			if lit, ok := n.Results[0].(*ast.CompositeLit); ok {
				edits = append(edits, f.insert(f.offset(lit.Pos()), "&"))
			}
		}
		return true
	})
	return diag.ReturnPointer(t.obj.Name(), edits)
}

// otherPointer is the fix of a constructor's parameter that is supplied as a
// pointer and taken as a value, or the other way round.
func (t *typed) otherPointer(fn *types.Func, v *types.Var) diag.Fix {
	f, decl := t.funcDecl(fn)
	if decl == nil {
		return diag.Fix{}
	}
	i := slices.IndexFunc(decl.Type.Params.List, func(field *ast.Field) bool {
		return f.offset(field.Pos()) <= t.placeOfVar(v).Start && t.placeOfVar(v).Start < f.offset(field.End())
	})
	if i < 0 {
		return diag.Fix{}
	}
	typ := decl.Type.Params.List[i].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		if _, ok := t.input(pointerTo(v.Type())); !ok {
			return diag.Fix{}
		}
		at := f.src.Range(f.offset(star.Pos()), f.offset(star.X.Pos()))
		return diag.TakeType(t.typeText(pointerTo(v.Type())), []diag.Edit{replace(at, "")})
	}
	if _, ok := t.input(types.NewPointer(v.Type())); !ok {
		return diag.Fix{}
	}
	return diag.TakeType("*"+t.typeText(v.Type()), []diag.Edit{f.insert(f.offset(typ.Pos()), "*")})
}
