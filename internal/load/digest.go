package load

import (
	"crypto/sha256"
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/reactorgen/reactor/internal/cache"
)

// digestOf returns a hash of all that other packages can see of a package, and the
// packages of other paths that are mentioned in it. Where something is written, in
// which order, and what function bodies do is not part of it.
func digestOf(pkg *types.Package, digest func(path string) cache.Key) (key cache.Key, mentions []string) {
	text, mentions := digestText(pkg, digest)
	return sha256.Sum256([]byte(text)), mentions
}

// digestText is what a digest is the hash of.
func digestText(pkg *types.Package, digest func(path string) cache.Key) (text string, mentions []string) {
	w := &digester{pkg: pkg, seen: make(map[*types.TypeName]bool), mentions: make(map[string]bool)}
	w.put("package ", pkg.Path(), " ", pkg.Name(), "\n")
	for _, name := range pkg.Scope().Names() { // sorted
		if token.IsExported(name) {
			w.object(pkg.Scope().Lookup(name))
		}
	}
	// What is reachable is described under its name, so its order must not depend
	// on the way to it.
	described := make(map[string]string)
	for len(w.reached) > 0 {
		obj := w.reached[0]
		w.reached = w.reached[1:]
		one := &digester{pkg: pkg, seen: w.seen, mentions: w.mentions}
		one.declared(obj)
		described[obj.Name()] += one.text.String()
		w.reached = append(w.reached, one.reached...)
	}
	for _, name := range slices.Sorted(maps.Keys(described)) {
		w.put(described[name])
	}
	mentions = slices.Sorted(maps.Keys(w.mentions))
	for _, path := range mentions {
		key := digest(path)
		w.put("mentions ", path, " ", string(key[:]), "\n")
	}
	return w.text.String(), mentions
}

// digester writes the text that a digest is of.
type digester struct {
	pkg      *types.Package
	text     strings.Builder
	seen     map[*types.TypeName]bool
	reached  []*types.TypeName // of the package, still to be described
	mentions map[string]bool
}

func (w *digester) put(all ...string) {
	for _, s := range all {
		w.text.WriteString(s)
	}
}

// object writes an exported object; a type is described later.
func (w *digester) object(obj types.Object) {
	switch obj := obj.(type) {
	case *types.TypeName:
		w.reach(obj)
	case *types.Const:
		w.put("const ", obj.Name(), " = ", constantText(obj.Val()), " ")
		w.typ(obj.Type())
		w.put("\n")
	case *types.Var:
		w.put("var ", obj.Name(), " ")
		w.typ(obj.Type())
		w.put("\n")
	case *types.Func:
		w.put("func ", obj.Name())
		w.signature(obj.Signature())
		w.put("\n")
	}
}

func constantText(value constant.Value) string { return fmt.Sprint(value.Kind(), value.ExactString()) }

func (w *digester) reach(obj *types.TypeName) {
	if !w.seen[obj] {
		w.seen[obj] = true
		w.reached = append(w.reached, obj)
	}
}

// declared writes the declaration of a type of the package.
func (w *digester) declared(obj *types.TypeName) {
	w.put("type ", obj.Name())
	if alias, ok := obj.Type().(*types.Alias); ok {
		w.typeParams(alias.TypeParams())
		w.put(" = ")
		w.typ(alias.Rhs())
		w.put("\n")
		return
	}
	named, ok := obj.Type().(*types.Named)
	if !ok {
		w.put(" = ")
		w.typ(obj.Type())
		w.put("\n")
		return
	}
	w.typeParams(named.TypeParams())
	w.put(" ")
	w.typ(named.Underlying())
	w.put("\n")
	var methods []string
	for m := range named.Methods() {
		one := &digester{pkg: w.pkg, seen: w.seen, mentions: w.mentions}
		one.put("method ", m.Name(), " of ")
		one.typ(m.Signature().Recv().Type())
		one.signature(m.Signature())
		methods = append(methods, one.text.String())
		w.reached = append(w.reached, one.reached...)
	}
	slices.Sort(methods)
	w.put(strings.Join(methods, "\n"), "\n")
}

func (w *digester) typeParams(list *types.TypeParamList) {
	for p := range list.TypeParams() {
		w.put("[", p.Obj().Name(), " ")
		w.typ(p.Constraint())
		w.put("]")
	}
}

func (w *digester) signature(s *types.Signature) {
	w.typeParams(s.TypeParams())
	w.tuple(s.Params(), s.Variadic())
	w.tuple(s.Results(), false)
}

func (w *digester) tuple(t *types.Tuple, variadic bool) {
	w.put("(")
	for v := range t.Variables() {
		w.put(v.Name(), " ")
		w.typ(v.Type())
		w.put(",")
	}
	w.put(strconv.FormatBool(variadic), ")")
}

// typ writes a type.
func (w *digester) typ(t types.Type) {
	switch t := t.(type) {
	case *types.Basic:
		w.put(t.Name())
	case *types.Pointer:
		w.put("*")
		w.typ(t.Elem())
	case *types.Slice:
		w.put("[]")
		w.typ(t.Elem())
	case *types.Array:
		w.put("[", strconv.FormatInt(t.Len(), 10), "]")
		w.typ(t.Elem())
	case *types.Map:
		w.put("map[")
		w.typ(t.Key())
		w.put("]")
		w.typ(t.Elem())
	case *types.Chan:
		w.put("chan", strconv.Itoa(int(t.Dir())), " ")
		w.typ(t.Elem())
	case *types.Struct:
		w.structure(t)
	case *types.Interface:
		w.iface(t)
	case *types.Signature:
		w.put("func")
		w.signature(t)
	case *types.Tuple:
		w.tuple(t, false)
	case *types.Union:
		for term := range t.Terms() {
			w.put("|", strconv.FormatBool(term.Tilde()))
			w.typ(term.Type())
		}
	case *types.TypeParam:
		w.put("$", t.Obj().Name())
	case *types.Alias:
		w.name(t.Obj(), t.TypeArgs())
	case *types.Named:
		w.name(t.Obj(), t.TypeArgs())
	default:
		w.put(fmt.Sprintf("%T %s", t, t))
	}
}

// name writes the name of a declared type, and remembers to describe it if it is
// of the package.
func (w *digester) name(obj *types.TypeName, args *types.TypeList) {
	switch {
	case obj.Pkg() == nil: // error, comparable, any
	case obj.Pkg() == w.pkg:
		w.reach(obj)
	default:
		w.mention(obj.Pkg())
	}
	w.put(obj.Name())
	for arg := range args.Types() {
		w.put("[")
		w.typ(arg)
		w.put("]")
	}
}

func (w *digester) mention(pkg *types.Package) {
	if pkg != nil && pkg != w.pkg {
		w.mentions[pkg.Path()] = true
		w.put(strconv.Quote(pkg.Path()), ".")
	}
}

func (w *digester) structure(t *types.Struct) {
	w.put("struct{")
	for i := range t.NumFields() {
		f := t.Field(i)
		if !f.Exported() {
			w.mention(f.Pkg())
		}
		w.put(f.Name(), " ", strconv.FormatBool(f.Embedded()), " ")
		w.typ(f.Type())
		w.put(" ", strconv.Quote(t.Tag(i)), ";")
	}
	w.put("}")
}

func (w *digester) iface(t *types.Interface) {
	w.put("interface{", strconv.FormatBool(t.IsImplicit()), " ")
	for m := range t.ExplicitMethods() {
		if !m.Exported() {
			w.mention(m.Pkg())
		}
		w.put(m.Name())
		w.signature(m.Signature())
		w.put(";")
	}
	for e := range t.EmbeddedTypes() {
		w.typ(e)
		w.put(";")
	}
	w.put("}")
}

// losesConstants tells whether a package exports a constant that export data
// rounds: a fraction whose denominator is no power of two.
func losesConstants(pkg *types.Package) bool {
	for _, name := range pkg.Scope().Names() {
		c, ok := pkg.Scope().Lookup(name).(*types.Const)
		if !ok || !c.Exported() {
			continue
		}
		switch value := c.Val(); value.Kind() {
		case constant.Float, constant.Complex:
			if isFraction(constant.Real(value)) || isFraction(constant.Imag(value)) {
				return true
			}
		}
	}
	return false
}

func isFraction(value constant.Value) bool {
	r, ok := constant.Val(value).(*big.Rat)
	return ok && r.Denom().TrailingZeroBits() != uint(r.Denom().BitLen()-1)
}
