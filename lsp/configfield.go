package lsp

import (
	"go/types"
	"reflect"
	"slices"
	"strings"
)

// keyed is a field of a struct with its key.
type keyed struct {
	key string
	v   *types.Var
}

// fieldsOf are the fields that keys set, those of inlined structs among them.
func fieldsOf(s *types.Struct) (all []keyed) {
	for i := range s.NumFields() {
		v := s.Field(i)
		tag, hasTag := reflect.StructTag(s.Tag(i)).Lookup("yaml")
		key, options, _ := strings.Cut(tag, ",")
		inlined := hasTag && slices.Contains(strings.Split(options, ","), "inline")
		if inner, ok := v.Type().Underlying().(*types.Struct); ok && inlined {
			all = append(all, fieldsOf(inner)...)
			continue
		}
		if tag == "-" || !v.Exported() {
			continue
		}
		if key == "" {
			key = strings.ToLower(v.Name())
		}
		all = append(all, keyed{key, v})
	}
	return all
}

// dotted is a path as a person writes it, with the numbers of items without brackets.
func dotted(path []string) string {
	return strings.NewReplacer("[", "", "]", "").Replace(strings.Join(path, "."))
}

// structOf is the struct that a type is, or points to, or nil.
func structOf(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

// elemOf is what a list or a map holds, or nil.
func elemOf(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	switch t := t.Underlying().(type) {
	case *types.Slice:
		return t.Elem()
	case *types.Array:
		return t.Elem()
	case *types.Map:
		return t.Elem()
	}
	return nil
}
