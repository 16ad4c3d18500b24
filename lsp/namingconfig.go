package lsp

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

// configForm is the author's config struct, or the keys that an untyped configuration
// is asked for. The rules of keys are those of package config.
type configForm struct {
	*naming
	root    types.Type // nil where it is untyped
	fields  map[token.Pos]*ast.Field
	byField map[token.Pos]*entity // by where the field is declared
	byPath  map[string]*entity    // those of no field
	walked  map[types.Type]bool
}

// configKeys takes the fields of the config struct that the constructor takes, and the
// keys of the files that are decoded into it.
func (n *naming) configKeys() {
	c := &configForm{
		naming: n, root: n.configType(), fields: make(map[token.Pos]*ast.Field),
		byField: make(map[token.Pos]*entity), byPath: make(map[string]*entity), walked: make(map[types.Type]bool),
	}
	n.form = c
	for _, p := range n.source.reached() {
		for _, f := range p.files {
			for node := range ast.Preorder(f.syntax) {
				if s, ok := node.(*ast.StructType); ok {
					c.declared(s)
				}
			}
		}
	}
	if c.root != nil {
		c.walk(c.root, nil)
	}
	for _, file := range c.files() {
		c.yaml(file)
	}
}

func (c *configForm) declared(s *ast.StructType) {
	for _, field := range s.Fields.List {
		for _, name := range field.Names {
			c.fields[name.Pos()] = field
		}
	}
}

// configType is the struct that the constructor takes its configuration as, or nil.
func (n *naming) configType() types.Type {
	if n.pkg.types == nil || n.model == nil {
		return nil
	}
	for _, name := range []string{"New", "New" + n.model.Name.Name} {
		f, ok := n.pkg.types.Scope().Lookup(name).(*types.Func)
		if !ok || f.Signature().Results().Len() == 0 || !isNamedType(f.Signature().Results().At(0).Type(), n.pkg.path, n.model.Name.Name) {
			continue
		}
		for v := range f.Signature().Params().Variables() {
			typ := v.Type()
			if p, ok := types.Unalias(typ).(*types.Pointer); ok {
				typ = p.Elem()
			}
			named, ok := types.Unalias(typ).(*types.Named)
			if _, is := typ.Underlying().(*types.Struct); ok && is && named.Obj().Pkg() != nil && apiSource[named.Obj().Pkg().Path()] == "" {
				return typ
			}
		}
	}
	return nil
}

// walk makes entities of the fields of a type, at the path that leads to its values.
func (c *configForm) walk(t types.Type, path []string) {
	if c.walked[t] {
		return
	}
	c.walked[t] = true
	if elem := elemOf(t); elem != nil {
		c.walk(elem, append(slices.Clip(path), "[]"))
		return
	}
	s := structOf(t)
	if s == nil {
		return
	}
	all := fieldsOf(s)
	for _, one := range all {
		inner := append(slices.Clip(path), one.key)
		c.field(one, inner, all)
		c.walk(one.v.Type(), inner)
	}
}

// field makes an entity of a field, once for all paths that lead to it.
func (c *configForm) field(one keyed, path []string, beside []keyed) {
	e := c.byField[one.v.Pos()]
	if e == nil {
		e = &entity{kind: configKey, name: one.key, path: dotted(path)}
		c.byField[one.v.Pos()] = e
		c.entities = append(c.entities, e)
		c.declaration(e, one.v)
	}
	for _, other := range beside {
		e.taken = append(e.taken, other.key)
	}
}

// declaration adds the field and the key in its tag. A field without one gets one when
// its key is renamed: its name in Go is another matter.
func (c *configForm) declaration(e *entity, v *types.Var) {
	f := c.source.fileOf(v.Pos())
	if f == nil {
		return
	}
	name := f.between(v.Pos(), v.Pos()+token.Pos(len(v.Name())))
	m := c.add(e, mention{role: inCode, file: f.path, span: name, path: e.path})
	field := c.fields[v.Pos()]
	switch {
	case field == nil:
		m.why = "the key is that of the embedded struct at " + c.placeOf(f.path, name)
	case field.Tag == nil && len(field.Names) > 1:
		m.why = "several fields are declared together at " + c.placeOf(f.path, name)
	case field.Tag == nil:
		end := f.span(field.Type).end
		m.edit = &rewrite{span{end, end}, " `yaml:\"", "\"`"}
	case field.Tag.Value[0] != '`':
		m.why = "the tag at " + c.placeOf(f.path, f.span(field.Tag)) + " is not written in backquotes"
	default:
		c.tag(e, m, f, field)
	}
}

// tag adds the key in a tag, or has it added by a rename.
func (c *configForm) tag(e *entity, m *mention, f *goFile, field *ast.Field) {
	whole := f.span(field.Tag)
	at := whole.start + 1
	value, ok := tagValue(f.text[at:whole.end], "yaml")
	if !ok {
		m.edit = &rewrite{span{at, at}, `yaml:"`, `" `}
		return
	}
	at += value.start
	key, _, _ := strings.Cut(string(f.text[at:whole.start+1+value.end]), ",")
	switch key {
	case e.name:
		c.add(e, mention{role: inTag, file: f.path, span: span{at, at + len(key)}, path: e.path})
	case "":
		m.edit = &rewrite{span: span{at, at}} // it has options and no key
	default:
		m.why = "the key in the tag at " + c.placeOf(f.path, whole) + " is written in another way"
	}
}

// lookup is the key at a path of a file, or nil.
func (c *configForm) lookup(path []string) *entity {
	if c.root == nil {
		return c.byPath[dotted(path)]
	}
	t, e := c.root, (*entity)(nil)
	for _, name := range path {
		if elem := elemOf(t); elem != nil {
			t, e = elem, nil
			continue
		}
		s := structOf(t)
		if s == nil {
			return nil
		}
		all := fieldsOf(s)
		i := slices.IndexFunc(all, func(f keyed) bool { return f.key == name })
		if i < 0 {
			return nil
		}
		t, e = all[i].v.Type(), c.byField[all[i].v.Pos()]
	}
	return e
}

// open makes an entity of a key that no struct has.
func (c *configForm) open(path []string) *entity {
	e := &entity{kind: configKey, name: path[len(path)-1], path: dotted(path)}
	c.entities = append(c.entities, e)
	c.byPath[e.path] = e
	return e
}

// files are the factory configuration, and those beside it that set no key but those
// of the struct: they are to be had with -c.
func (c *configForm) files() (all []string) {
	if c.config == "" {
		return nil
	}
	for _, file := range c.texts.in(filepath.Dir(c.config), ".yaml", ".yml") {
		if file == c.config || c.root != nil && c.isOurs(file) {
			all = append(all, file)
		}
	}
	return all
}

// isOurs tells whether all keys at the top of a file are the struct's.
func (c *configForm) isOurs(file string) bool {
	keys := scanner.YAMLKeys(diag.NewSource(file, c.texts.get(file)))
	return len(keys) > 0 && !slices.ContainsFunc(keys, func(k scanner.YAMLKey) bool { return len(k.Path) == 1 && c.lookup(k.Path) == nil })
}

// askedKey adds the names of a dotted path that an untyped configuration is asked for.
func (n *naming) askedKey(p *goPackage, f *goFile, arg ast.Expr, key string) {
	path := strings.Split(key, ".")
	at := 0
	for i, name := range path {
		e := n.form.byPath[dotted(path[:i+1])]
		if e == nil {
			e = n.form.open(path[:i+1])
		}
		n.constant(p, f, e, arg, span{at, at + len(name)})
		at += len(name) + 1
	}
}
