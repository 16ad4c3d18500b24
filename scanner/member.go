package scanner

import (
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/reactorgen/reactor/diag"
)

// field is a field of a struct, or of one that it embeds, as encoding/json sees
// it.
type field struct {
	*types.Var
	tag      reflect.StructTag
	key      string
	selector string
	depth    int
	zero     bool // left out when it is empty
	quoted   bool // written as a string
}

// fields describes the fields of a struct that JSON has.
func (k *kinds) fields(s *types.Struct) (members []Member, why *unfit) {
	all, why := k.collect(s, "", 0)
	if why != nil {
		return nil, why
	}
	for _, f := range all {
		if rival := k.rival(f, all); rival != nil {
			if rival.depth < f.depth {
				continue // it hides this one
			}
			return nil, &unfit{field: f.Var, why: func(at diag.Range) diag.Diagnostic {
				return diag.SameKey(at, f.key, f.Name(), rival.Name(), k.placeIn(rival.Var, at))
			}}
		}
		m, why := k.member(f)
		if why != nil {
			return nil, why
		}
		members = append(members, m)
	}
	return members, nil
}

// rival is another field of the same key that is not deeper: an earlier one of the
// same depth, or any that is less deep.
func (k *kinds) rival(f field, all []field) *field {
	for i := range all {
		other := &all[i]
		if other.Var == f.Var {
			continue
		}
		if other.key == f.key && (other.depth < f.depth || other.depth == f.depth && other.Pos() < f.Pos()) {
			return other
		}
	}
	return nil
}

// collect lists the fields of a struct with those of the structs that it embeds.
func (k *kinds) collect(s *types.Struct, prefix string, depth int) (all []field, why *unfit) {
	for i := range s.NumFields() {
		v, tag := s.Field(i), reflect.StructTag(s.Tag(i))
		name, options, _ := strings.Cut(tag.Get("json"), ",")
		embedded, isStruct := embeds(v, name)
		switch {
		case name == "-" && options == "" && tag.Get("json") == "-":
		case isStruct && pointerTo(v.Type()) != nil && !k.sent:
			return nil, &unfit{field: v, why: k.none(v.Type(), "it is embedded as a pointer, which may be nil", "embed the struct itself").why}
		case isStruct && depth > len(k.in)+maxEmbedded:
			return nil, &unfit{field: v, why: k.none(v.Type(), "it embeds itself", "give the field a name").why}
		case isStruct:
			below := ""
			if v.Exported() {
				below = prefix + v.Name() + "."
			}
			inner, why := k.collect(embedded, below, depth+1)
			if why != nil {
				return nil, why
			}
			all = append(all, inner...)
		case v.Exported():
			f := field{Var: v, tag: tag, key: v.Name(), selector: prefix + v.Name(), depth: depth}
			if isKey(name) {
				f.key = name
			}
			each := strings.Split(options, ",")
			f.zero = slices.Contains(each, "omitempty") || slices.Contains(each, "omitzero")
			f.quoted = slices.Contains(each, "string")
			all = append(all, f)
		}
	}
	return all, nil
}

// maxEmbedded is how deep structs may be embedded in each other.
const maxEmbedded = 16

// embeds returns the struct that a field embeds, whose fields count as those of
// the struct around it.
func embeds(v *types.Var, key string) (*types.Struct, bool) {
	if !v.Embedded() || key != "" {
		return nil, false
	}
	typ := v.Type()
	if elem := pointerTo(typ); elem != nil {
		typ = elem
	}
	s, ok := typ.Underlying().(*types.Struct)
	return s, ok
}

// isKey tells whether encoding/json takes a name of a tag.
func isKey(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r)
	})
}

// member describes one field, with the limits in its tag.
func (k *kinds) member(f field) (Member, *unfit) {
	v, why := k.value(f.Type())
	if why != nil {
		if why.field == nil {
			why.field = f.Var
		}
		return Member{}, why
	}
	m := Member{Key: f.key, Name: f.selector, Value: v}
	if k.sent {
		m.Optional = m.Optional && !f.zero
		m.Required = !f.zero
		if f.quoted && m.Kind != KindObject && m.Kind != KindList && m.Kind != KindMap {
			m.Kind, m.Named = KindString, TypeName{}
		}
	}
	decl, at := k.declared(f.Var)
	m.Description = f.tag.Get("description")
	if m.Description == "" && decl != nil {
		m.Description = strings.Join(strings.Fields(docOf(decl)), " ")
	}
	k.tagLimits(&m, f, decl, at)
	if !k.sent {
		m.Required = !f.zero && !m.Optional && m.Default == ""
	}
	return m, nil
}

// declared is the syntax of a field of the model's own package, and the place of
// a field of any.
func (k *kinds) declared(v *types.Var) (*ast.Field, diag.Range) {
	at := k.place(v)
	if v.Pkg() != k.pkg.Types {
		return nil, at
	}
	for _, file := range k.pkg.Syntax {
		if v.Pos() < file.FileStart || file.FileEnd < v.Pos() {
			continue
		}
		for n := range ast.Preorder(file) {
			if f, ok := n.(*ast.Field); ok && slices.ContainsFunc(f.Names, func(name *ast.Ident) bool { return name.Pos() == v.Pos() }) {
				return f, at
			}
		}
	}
	return nil, at
}

// placeIn is the place of a field, or in the place of what uses it where the
// field is not declared in the project.
func (t *typed) placeIn(v *types.Var, use diag.Range) diag.Range {
	if at := t.place(v); t.result.Sources.Get(at.File) != nil && !strings.HasPrefix(at.File, "../") {
		return at
	}
	return use
}
