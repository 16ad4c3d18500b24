package scanner

import (
	"go/ast"
	"go/constant"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// getter is a call that asks an untyped configuration for a constant key.
type getter struct {
	key      string
	kind     config.Kind
	at       diag.Range // the key
	literal  bool       // the key is written there
	fallback string     // as YAML, or empty
}

// getterKinds are the methods of reactor.Config that take a key, and what they want
// there.
var getterKinds = map[string]config.Kind{
	"Get": config.Any, "String": config.String, "Bool": config.Bool, "Int": config.Int, "Float": config.Float,
	"Duration": config.Duration, "Strings": config.List,
}

// asked is what the model's package asks its untyped configuration for.
type asked struct {
	getters []getter

	// open tells that there may be more that is asked for: a key that is no constant,
	// all keys at once, or a configuration that other code gets.
	open bool
}

// checkUntyped is for a constructor that takes a *reactor.Config: what its package asks
// for is held against the factory configuration.
func (t *typed) checkUntyped(p placed, v *types.Var) {
	if t.document == nil {
		return
	}
	asks := t.asks()
	c := &configType{typed: t, places: make(map[*config.Schema]declaration)}
	form := c.askedBelow("", asks.getters)
	faults := form.Foresee(t.document)
	y := t.factoryText(p, form, len(faults))
	meant := make(map[string]bool)
	for _, f := range faults {
		if f.Kind != config.UnknownKey {
			t.report(c.inYAML(p, y, f))
			continue
		}
		at := y.token(f.Line, f.Column, f.Text)
		if d, ok := c.identityKey(p, y, f, at); ok {
			t.report(d)
			continue
		}
		meant[f.Hint] = true
		if !asks.open {
			t.report(c.unread(y, f, at, v))
		}
	}
	values, err := t.document.Values()
	if err != nil {
		return
	}
	have := keysOf(values, "")
	for _, g := range asks.getters {
		if !meant[g.key] && !slices.Contains(have, g.key) {
			t.report(t.notInConfig(y, g, have))
		}
	}
}

// keysOf are the dotted paths of all keys of a configuration.
func keysOf(values map[string]any, path string) (all []string) {
	for _, key := range slices.Sorted(maps.Keys(values)) {
		all = append(all, path+key)
		if inner, ok := values[key].(map[string]any); ok {
			all = append(all, keysOf(inner, path+key+".")...)
		}
	}
	return all
}

// unread is a key that nothing asks for.
func (c *configType) unread(y *yamlText, f config.Fault, at diag.Range, v *types.Var) diag.Diagnostic {
	if f.Meant == "" {
		return diag.UnreadKey(at, f.Key, "", c.placeOfVar(v)).With(dropKey(y, at, f.Key))
	}
	return diag.UnreadKey(at, f.Key, f.Hint, c.places[&f.Schema.Field(f.Meant).Schema].at).With(renamedKey(y, at, f))
}

// notInConfig is a key that is asked for and not there.
func (t *typed) notInConfig(y *yamlText, g getter, have []string) diag.Diagnostic {
	near := config.Nearest(g.key, have)
	d := diag.NotInConfig(g.at, g.key, y.src.File, near, g.fallback)
	if near != "" && g.literal {
		return d.With(diag.WriteGuess(strconv.Quote(near), []diag.Edit{replace(g.at, strconv.Quote(near))}))
	}
	if near == "" && g.fallback != "" && !strings.Contains(g.key, ".") {
		if edit, ok := t.addLine(y.src, g.key, g.fallback); ok {
			return d.With(diag.AddKey(g.key+": "+g.fallback, y.src.File, []diag.Edit{edit}))
		}
	}
	return d
}

// asks looks for the calls of the configuration's methods in the model's package.
func (t *typed) asks() (all asked) {
	for _, syntax := range t.pkg.Syntax {
		if !t.isScanned(syntax.Package) {
			continue
		}
		for n := range ast.Preorder(syntax) {
			if call, ok := n.(*ast.CallExpr); ok {
				t.ask(&all, call)
			}
		}
	}
	return all
}

// ask looks at one call.
func (t *typed) ask(all *asked, call *ast.CallExpr) {
	f := t.called(call)
	for _, arg := range call.Args {
		if typ := t.pkg.TypesInfo.TypeOf(arg); typ != nil && isConfig(typ) && (f == nil || f.Pkg() != t.pkg.Types) {
			all.open = true // other code gets it
		}
	}
	if f == nil || f.Signature().Recv() == nil || !isConfig(f.Signature().Recv().Type()) {
		return
	}
	kind, known := getterKinds[f.Name()]
	if !known || len(call.Args) == 0 {
		all.open = true
		return
	}
	value := t.pkg.TypesInfo.Types[call.Args[0]].Value
	if value == nil || value.Kind() != constant.String {
		all.open = true
		return
	}
	arg := call.Args[0]
	_, literal := ast.Unparen(arg).(*ast.BasicLit)
	g := getter{key: constant.StringVal(value), kind: kind, at: t.at(arg.Pos(), int(arg.End()-arg.Pos())), literal: literal}
	if len(call.Args) > 1 {
		g.fallback = t.fallback(call.Args[1], kind)
	}
	all.getters = append(all.getters, g)
}

// called is the function or method that a call is of, if that is known.
func (t *typed) called(call *ast.CallExpr) *types.Func {
	var name *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = fun
	case *ast.SelectorExpr:
		name = fun.Sel
	default:
		return nil
	}
	f, _ := t.pkg.TypesInfo.Uses[name].(*types.Func)
	return f
}

// isConfig tells whether a type is *reactor.Config.
func isConfig(typ types.Type) bool {
	elem := pointerTo(typ)
	return elem != nil && isAPI(elem, "Config")
}

// fallback is a constant fallback as YAML has it, or "".
func (t *typed) fallback(arg ast.Expr, kind config.Kind) string {
	value := t.pkg.TypesInfo.Types[arg].Value
	if value == nil || kind == config.Duration {
		return ""
	}
	switch value.Kind() {
	case constant.String:
		s := config.Schema{Kind: config.String}
		if s.SetDefault(constant.StringVal(value)) == nil {
			return s.Default
		}
	case constant.Bool, constant.Int:
		return value.ExactString()
	case constant.Float:
		f, _ := constant.Float64Val(value)
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	return ""
}

// askedBelow is the form of the mapping at a path, "" or one with a dot at its end.
func (c *configType) askedBelow(path string, getters []getter) *config.Schema {
	s := &config.Schema{Kind: config.Struct}
	var at []diag.Range
	for _, g := range getters {
		rest, below := strings.CutPrefix(g.key, path)
		key, _, deeper := strings.Cut(rest, ".")
		if !below || s.Field(key) != nil {
			continue
		}
		of := config.Schema{Kind: g.kind, GoType: goTypes[g.kind], Strict: true}
		if deeper {
			of = *c.askedBelow(path+key+".", getters)
		}
		if of.Kind == config.List {
			of.Elem = &config.Schema{Kind: config.String, GoType: "string", Strict: true}
		}
		if differently(getters, path+key, g) {
			of = config.Schema{}
		}
		s.Fields, at = append(s.Fields, config.Field{Key: key, Schema: of}), append(at, g.at)
	}
	for i := range s.Fields {
		c.places[&s.Fields[i].Schema] = declaration{at: at[i]}
	}
	return s
}

// differently tells whether a key is asked for as values of several kinds.
func differently(getters []getter, key string, first getter) bool {
	return slices.ContainsFunc(getters, func(g getter) bool {
		return g.key == key && (first.key != key || g.kind != first.kind) || first.key == key && strings.HasPrefix(g.key, key+".")
	})
}

// goTypes are what the getters return.
var goTypes = map[config.Kind]string{
	config.Any: "any", config.String: "string", config.Bool: "bool", config.Int: "int", config.Float: "float64",
	config.Duration: "time.Duration", config.List: "[]string",
}
