package scanner

import (
	"cmp"
	"go/constant"
	"go/types"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// configType is the author's config struct in the making of a schema. It follows the
// rules by which package config decodes into the struct.
type configType struct {
	*typed
	syntax map[string]*configFile // by the name of the file

	// Where a part of the schema was declared: the field's name, or the struct's.
	places map[*config.Schema]declaration

	within []types.Type // the named structs on the way
}

// declaration is where a value of a configuration is declared.
type declaration struct {
	at diag.Range

	// isEmbedded tells that it is an embedded struct that is not inlined.
	isEmbedded bool
}

// describeConfig returns the schema of the config struct that a constructor takes, and
// reports what is wrong with it.
func (t *typed) describeConfig(named *types.Named) (*config.Schema, *configType) {
	c := &configType{typed: t, syntax: make(map[string]*configFile), places: make(map[*config.Schema]declaration)}
	s, _ := c.form(named, "")
	schema := &s
	c.places[schema] = declaration{at: t.place(named.Obj())}
	return schema, c
}

// form is the form of the values of a type. It is no form, and ok is false, for a type
// that no configuration can hold.
func (c *configType) form(typ types.Type, name string) (s config.Schema, ok bool) {
	s.GoType = c.shortType(typ)
	if elem := pointerTo(typ); elem != nil {
		s, ok = c.form(elem, name)
		s.GoType, s.Optional = c.shortType(typ), true
		return s, ok
	}
	switch {
	case isNamed(typ, "time", "Duration"):
		s.Kind = config.Duration
		return s, true
	case hasMethod(typ, "UnmarshalText"):
		s.Kind = config.String
		return s, true
	case hasMethod(typ, "UnmarshalYAML"):
		return s, true
	}
	switch under := typ.Underlying().(type) {
	case *types.Basic:
		return c.basic(s, typ, under)
	case *types.Slice:
		return c.elements(s, config.List, under.Elem(), name)
	case *types.Array:
		n := int(under.Len())
		s.MinLen, s.MaxLen = &n, &n
		return c.elements(s, config.List, under.Elem(), name)
	case *types.Map:
		if key, text := under.Key().Underlying().(*types.Basic); !text || key.Info()&types.IsString == 0 {
			return s, false
		}
		return c.elements(s, config.Map, under.Elem(), name)
	case *types.Interface:
		return s, under.NumMethods() == 0
	case *types.Struct:
		return c.structure(s, typ, under, name), true
	}
	return s, false
}

// shortType is a type as the author wrote it, without what is in a struct that has no
// name.
func (c *configType) shortType(typ types.Type) string {
	text := c.typeText(typ)
	if i := strings.Index(text, "struct{"); i >= 0 {
		return text[:i] + "struct"
	}
	return text
}

// basic is the form of a basic type, or of a named type over one.
func (c *configType) basic(s config.Schema, typ types.Type, basic *types.Basic) (config.Schema, bool) {
	switch info := basic.Info(); {
	case basic.Kind() == types.Invalid: // the compiler says so
	case info&types.IsBoolean != 0:
		s.Kind = config.Bool
	case info&types.IsInteger != 0 && basic.Kind() != types.Uintptr:
		s.Kind = config.Int
		s.Min, s.Max = c.widest(basic)
	case info&types.IsFloat != 0:
		s.Kind = config.Float
	case info&types.IsString != 0:
		s.Kind = config.String
		if named, ok := types.Unalias(typ).(*types.Named); ok {
			s.Enum = c.allowed(named)
		}
	default:
		return s, false
	}
	return s, true
}

// allowed are the constants of a text type that has several of them, in the order of
// their declaration.
func (c *configType) allowed(named *types.Named) (values []string) {
	if named.Obj().Pkg() == nil {
		return nil
	}
	scope := named.Obj().Pkg().Scope()
	var all []*types.Const
	for _, name := range scope.Names() {
		if value, ok := scope.Lookup(name).(*types.Const); ok && types.Identical(value.Type(), named) {
			all = append(all, value)
		}
	}
	slices.SortFunc(all, func(a, b *types.Const) int {
		p, q := c.fset.Position(a.Pos()), c.fset.Position(b.Pos())
		return cmp.Or(cmp.Compare(p.Filename, q.Filename), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
	})
	for _, value := range all {
		if text := constant.StringVal(value.Val()); !slices.Contains(values, text) {
			values = append(values, text)
		}
	}
	if len(values) < 2 {
		return nil
	}
	return values
}

// widest are the limits of an integer type that has other ones than int64.
func (c *configType) widest(basic *types.Basic) (low, high *float64) {
	bits := 64
	if c.pkg.TypesSizes != nil {
		bits = 8 * int(c.pkg.TypesSizes.Sizeof(basic))
	}
	var least, most float64
	switch {
	case basic.Info()&types.IsUnsigned != 0:
		most = math.Ldexp(1, bits) - 1
	case bits == 64:
		return nil, nil
	default:
		least, most = -math.Ldexp(1, bits-1), math.Ldexp(1, bits-1)-1
	}
	return &least, &most
}

func (c *configType) elements(s config.Schema, kind config.Kind, elem types.Type, name string) (config.Schema, bool) {
	of, ok := c.form(elem, name)
	s.Kind, s.Elem = kind, &of
	return s, ok
}

// hasMethod tells whether a pointer to a type has a method, as what reads texts or
// YAML itself has.
func hasMethod(typ types.Type, name string) bool {
	named, ok := types.Unalias(typ).(*types.Named)
	if !ok {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(named), true, named.Obj().Pkg(), name)
	f, ok := obj.(*types.Func)
	if !ok || !f.Exported() {
		return false
	}
	results := f.Signature().Results()
	return f.Signature().Params().Len() == 1 && results.Len() == 1 && isError(results.At(0).Type())
}

// structure is the form of a struct. One within itself may be anything: a schema has
// an end.
func (c *configType) structure(s config.Schema, typ types.Type, under *types.Struct, name string) config.Schema {
	if slices.ContainsFunc(c.within, func(outer types.Type) bool { return types.Identical(outer, typ) }) {
		return s
	}
	c.within = append(c.within, typ)
	s.Kind = config.Struct
	var at []declaration
	s.Fields, at = c.fields(under, name)
	c.within = c.within[:len(c.within)-1]
	for i := range s.Fields {
		f := &s.Fields[i]
		for of := &f.Schema; of != nil; of = of.Elem {
			c.places[of] = at[i]
		}
	}
	return s
}

// fields are the keys of a struct, those of inlined structs among them, and where they
// are declared.
func (c *configType) fields(under *types.Struct, name string) (all []config.Field, at []declaration) {
	for i := range under.NumFields() {
		v := under.Field(i)
		f := c.fieldOf(v, under.Tag(i), strings.TrimPrefix(name+"."+v.Name(), "."))
		inner, isStruct := v.Type().Underlying().(*types.Struct)
		switch {
		case f.inline && isStruct:
			more, places := c.fields(inner, f.name)
			for j := range more {
				all, at = c.add(all, at, more[j], places[j], v)
			}
		case f.inline:
			c.report(diag.BadInline(f.at, v.Name(), c.typeText(v.Type())))
		case f.key == "":
			f.unset()
		default:
			s, ok := c.form(v.Type(), f.name)
			if !ok {
				c.report(diag.BadFieldType(f.at, v.Name(), c.typeText(v.Type())))
				continue
			}
			f.limit(&s)
			all, at = c.add(all, at, config.Field{Key: f.key, Name: f.name, Schema: s}, declaration{at: f.at}, v)
		}
	}
	return all, at
}

// add appends a field whose key is not taken.
func (c *configType) add(all []config.Field, at []declaration, f config.Field, place declaration, v *types.Var) ([]config.Field, []declaration) {
	i := slices.IndexFunc(all, func(other config.Field) bool { return other.Key == f.Key })
	if i >= 0 {
		c.report(diag.FieldTwice(place.at, f.Key, f.Name, at[i].at, all[i].Name))
		return all, at
	}
	_, isStruct := v.Type().Underlying().(*types.Struct)
	place.isEmbedded = v.Embedded() && isStruct
	return append(all, f), append(at, place)
}

// keyOf reads a yaml tag as package config does.
func keyOf(v *types.Var, tag string) (key string, options []string, inline bool) {
	yaml := reflect.StructTag(tag).Get("yaml")
	parts := strings.Split(yaml, ",")
	key, options = parts[0], parts[1:]
	inline = slices.Contains(options, "inline")
	switch {
	case yaml == "-", !v.Exported() && !(v.Embedded() && inline):
		return "", options, false
	case key == "":
		key = strings.ToLower(v.Name())
	}
	return key, options, inline
}
