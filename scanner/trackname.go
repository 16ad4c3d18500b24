package scanner

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// trackNames reports the names under which the model's package puts pictures into
// a block and that are no tracks of video of the model, where they are constants.
func (t *typed) trackNames(p placed, declared []Track) {
	if t.pkg.TypesInfo == nil {
		return
	}
	for _, syntax := range t.pkg.Syntax {
		if !t.isScanned(syntax.Package) {
			continue
		}
		for n := range ast.Preorder(syntax) {
			for _, key := range t.trackKeys(n) {
				t.pictureOn(p, declared, key)
			}
		}
	}
}

// trackKeys are the keys of the pictures that a node itself puts into a block's tracks:
// by the literal of a block with the field, or by an assignment. Who only asks for a key,
// or deletes it, may ask for any.
func (t *typed) trackKeys(n ast.Node) (keys []ast.Expr) {
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		if t.isTracks(n.Key) {
			return literalKeys(n.Value)
		}
	case *ast.AssignStmt:
		for i, to := range n.Lhs {
			if index, ok := ast.Unparen(to).(*ast.IndexExpr); ok && t.isTracks(index.X) {
				keys = append(keys, index.Index)
			}
			if len(n.Lhs) == len(n.Rhs) && t.isTracks(to) {
				keys = append(keys, literalKeys(n.Rhs[i])...)
			}
		}
	}
	return keys
}

// isTracks tells whether an expression is the field Tracks of a block.
func (t *typed) isTracks(x ast.Expr) bool {
	x = ast.Unparen(x)
	if sel, ok := x.(*ast.SelectorExpr); ok {
		x = sel.Sel
	}
	id, ok := x.(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := t.pkg.TypesInfo.Uses[id].(*types.Var)
	return ok && v.IsField() && v.Name() == "Tracks" && v.Pkg() != nil && v.Pkg().Path() == apiPath
}

// literalKeys are the keys of the literal of a map.
func literalKeys(x ast.Expr) (keys []ast.Expr) {
	literal, ok := ast.Unparen(x).(*ast.CompositeLit)
	if !ok {
		return nil
	}
	for _, elem := range literal.Elts {
		if pair, ok := elem.(*ast.KeyValueExpr); ok {
			keys = append(keys, pair.Key)
		}
	}
	return keys
}

// pictureOn looks at the name of a track that a picture goes to.
func (t *typed) pictureOn(p placed, declared []Track, key ast.Expr) {
	value := t.pkg.TypesInfo.Types[key].Value
	if value == nil || value.Kind() != constant.String {
		return
	}
	name, sound := constant.StringVal(value), false
	var names []string
	for _, track := range declared {
		if track.Kind != "video" {
			sound = sound || track.Name == name
			continue
		}
		names = append(names, track.Name)
	}
	if slices.Contains(names, name) || !sound && t.isTracked(name) {
		return
	}
	near := config.Nearest(name, names)
	at := t.at(key.Pos(), int(key.End()-key.Pos()))
	declarable := trackName().MatchString(name) && !slices.Contains(reservedTracks(), name) && !sound
	var fix diag.Fix
	switch {
	case near != "":
		fix = t.nearName(ast.Unparen(key), near)
	case declarable:
		fix = addAbove(prefix+"track "+name, p.file.targetType(p.typ))
	}
	t.report(diag.UndeclaredTrack(at, name, near, declarable, sound, p.directive.Head).With(fix))
}

// isTracked tells whether a directive that does not count, or a comment that was
// meant as one, declares a track: what is wrong with that is said.
func (t *typed) isTracked(name string) bool {
	for _, f := range t.tree.files {
		for _, d := range f.found.directives {
			if d.Verb == "track" && (d.Value("") == name || d.Value("name") == name) {
				return true
			}
		}
		for _, m := range f.found.misses {
			if first, _, _ := strings.Cut(m.rest, " "); m.verb == "track" && first == name {
				return true
			}
		}
	}
	return false
}
