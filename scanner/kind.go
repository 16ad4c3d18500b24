package scanner

import (
	"go/types"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// kinds describes the forms of Go types in JSON: of what clients send, which has
// to be read by code that names the types, or of what the model sends, which
// encoding/json writes.
type kinds struct {
	*typed
	sent bool           // by the model
	in   []*types.Named // the structs that are being described
	left int            // how many more parts there may be
}

// maxParts is how many parts of parts a type may have.
const maxParts = 2000

// unfit says of a type, or of a field in it, that it has no form.
type unfit struct {
	field *types.Var // nil is the type as a whole
	why   func(at diag.Range) diag.Diagnostic
}

func (t *typed) taken() *kinds { return &kinds{typed: t, left: maxParts} }

func (t *typed) sentBy() *kinds { return &kinds{typed: t, sent: true, left: maxParts} }

// none says that a type has no form; help is what to do.
func (k *kinds) none(typ types.Type, why, help string) *unfit {
	text := k.typeText(typ)
	if k.sent {
		return &unfit{why: func(at diag.Range) diag.Diagnostic { return diag.NoSentForm(at, text, why) }}
	}
	return &unfit{why: func(at diag.Range) diag.Diagnostic { return diag.NoForm(at, text, why, help) }}
}

// value describes a type.
func (k *kinds) value(typ types.Type) (Value, *unfit) {
	v := Value{MinLen: -1, MaxLen: -1}
	if k.left--; k.left < 0 {
		return v, k.none(typ, "it has too many parts", "take less at once")
	}
	typ = types.Unalias(typ)
	if k.known(typ, &v) {
		return v, nil
	}
	if named, ok := typ.(*types.Named); ok {
		v.Named = k.typeName(named)
		if why := k.named(named, &v); why != nil || v.Kind != "" {
			return v, why
		}
	}
	switch u := typ.Underlying().(type) {
	case *types.Basic:
		return v, k.basic(typ, u, &v)
	case *types.Pointer:
		return k.pointer(typ, u)
	case *types.Slice:
		return k.list(typ, u.Elem(), 0, v)
	case *types.Array:
		return k.list(typ, u.Elem(), u.Len(), v)
	case *types.Map:
		return k.dictionary(typ, u, v)
	case *types.Struct:
		return k.object(typ, u, v)
	case *types.Interface:
		v.Kind, v.GoType = KindAny, "any"
		if !k.sent && (u.NumMethods() > 0 || v.Named.Name != "") {
			return v, k.none(typ, "an interface does not say what to make of a value", "take any, or a type of your own")
		}
		return v, nil
	case *types.Chan:
		return v, k.none(typ, "a channel is no value", "take the values themselves")
	case *types.Signature:
		return v, k.none(typ, "a function is no value", "take a name of what to do, such as a string type with constants")
	}
	return v, k.none(typ, "it has no JSON form", "take another type and convert it in the method")
}

// known describes the types that have a meaning of their own.
func (k *kinds) known(typ types.Type, v *Value) bool {
	switch {
	case isAPI(typ, "File"):
		v.Kind, v.GoType = KindFile, "reactor.File"
		if k.sent {
			v.Kind, v.GoType = KindAny, "any"
		}
	case isNamed(typ, "time", "Duration"):
		v.Kind, v.GoType = KindDuration, "int64"
		if k.sent {
			v.Kind = KindInteger // encoding/json writes nanoseconds
		}
	case isNamed(typ, "time", "Time") && k.sent:
		v.Kind, v.GoType = KindString, "string"
	case isNamed(typ, "encoding/json", "RawMessage"):
		v.Kind, v.GoType = KindAny, "json.RawMessage"
	default:
		return false
	}
	if named, ok := typ.(*types.Named); ok && v.Kind != KindFile {
		v.Named = k.typeName(named)
	}
	return true
}

// named is for what a named type says besides its form. Kind is set where that is
// all there is to it.
func (k *kinds) named(named *types.Named, v *Value) *unfit {
	asText, asJSON := k.hasMethod(named, "Text"), k.hasMethod(named, "JSON")
	switch {
	case k.sent && (asJSON || k.isBelow(named)):
		*v = Value{Kind: KindAny, GoType: "any", MinLen: -1, MaxLen: -1}
	case k.sent && asText:
		v.Kind, v.GoType = KindString, "string"
	case k.sent:
		if named.TypeArgs() != nil {
			v.Named.Name = instanceName(types.TypeString(named, func(*types.Package) string { return "" }))
		}
	case named.TypeArgs() != nil:
		return k.none(named, "it is an instance of a generic type", "declare a type of its own for it")
	case k.isBelow(named):
		return &unfit{why: func(at diag.Range) diag.Diagnostic { return diag.Recursive(at, named.Obj().Name()) }}
	case asText || asJSON:
		if _, basic := named.Underlying().(*types.Basic); !basic {
			return k.none(named, "it reads its JSON itself", "take a string or a json.RawMessage, and read it in the method")
		}
	}
	return nil
}

// hasMethod tells whether encoding/json would call MarshalText or MarshalJSON, or
// on the way in UnmarshalText or UnmarshalJSON.
func (k *kinds) hasMethod(named *types.Named, form string) bool {
	name := "Unmarshal" + form
	if k.sent {
		name = "Marshal" + form
	}
	obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(named), false, named.Obj().Pkg(), name)
	_, ok := obj.(*types.Func)
	return ok
}

// isBelow tells whether a struct is being described that a type is a part of.
func (k *kinds) isBelow(named *types.Named) bool { return slices.Contains(k.in, named) }

// instanceName makes one word of the name of an instance of a generic type:
// Pair_int_ of Pair[int].
func instanceName(text string) string {
	return strings.Map(func(r rune) rune {
		if isNameRune(r) && r != '.' {
			return r
		}
		return '_'
	}, text)
}

func (k *kinds) basic(typ types.Type, basic *types.Basic, v *Value) *unfit {
	v.Kind, v.GoType = kindOf(basic), basic.Name()
	if v.Kind == "" {
		return k.none(typ, "it has no JSON form", "take numbers or strings, and convert them in the method")
	}
	if named, ok := typ.(*types.Named); ok {
		k.constantsOf(named, v)
	}
	return nil
}

func (k *kinds) pointer(typ types.Type, p *types.Pointer) (Value, *unfit) {
	v, why := k.value(p.Elem())
	if why != nil {
		return v, why
	}
	if !k.sent && (v.Optional || v.Kind == KindAny || types.Unalias(typ) != typ.Underlying()) {
		return v, k.none(typ, "null would have two meanings", "take it without the pointer")
	}
	v.Optional = v.Kind != KindAny
	return v, nil
}

func (k *kinds) list(typ, elem types.Type, length int64, v Value) (Value, *unfit) {
	basic, _ := elem.Underlying().(*types.Basic)
	switch {
	case basic != nil && basic.Kind() == types.Byte && length == 0 && k.sent:
		v.Kind, v.GoType, v.Optional = KindString, "string", true
		return v, nil
	case basic != nil && basic.Kind() == types.Byte:
		return v, k.none(typ, "bytes have no form of their own in JSON", "take a reactor.File for data, or []int for numbers")
	case length > maxParts || typ != nil && isEmptyArray(typ):
		return v, k.none(typ, "of its length", "take a slice")
	}
	item, why := k.value(elem)
	if why != nil {
		return v, why
	}
	v.Kind, v.GoType, v.Elem, v.Length = KindList, "[]", &item, int(length)
	v.Optional = k.sent && length == 0
	return v, nil
}

func isEmptyArray(typ types.Type) bool {
	array, ok := typ.Underlying().(*types.Array)
	return ok && array.Len() == 0
}

func (k *kinds) dictionary(typ types.Type, m *types.Map, v Value) (Value, *unfit) {
	if !k.sent && !types.Identical(m.Key(), types.Typ[types.String]) {
		text, key := k.typeText(typ), k.typeText(m.Key())
		return v, &unfit{why: func(at diag.Range) diag.Diagnostic { return diag.KeyNotString(at, text, key) }}
	}
	item, why := k.value(m.Elem())
	if why != nil {
		return v, why
	}
	v.Kind, v.GoType, v.Elem, v.Optional = KindMap, "map", &item, k.sent
	return v, nil
}

// object describes a struct.
func (k *kinds) object(typ types.Type, s *types.Struct, v Value) (Value, *unfit) {
	named, _ := typ.(*types.Named)
	if named == nil && !k.sent {
		return v, k.none(typ, "generated code cannot name it", "declare a type of its own for it")
	}
	if named != nil {
		k.in = append(k.in, named)
		defer func() { k.in = k.in[:len(k.in)-1] }()
	}
	v.Kind, v.GoType = KindObject, "struct"
	fields, why := k.fields(s)
	if why == nil && len(fields) == 0 && !k.sent {
		why = k.none(typ, "it has no exported fields", "export them, or leave the parameter out")
	}
	v.Fields = fields
	return v, why
}

// reachable reports a type in a value that the program around the model cannot
// name.
func (t *typed) reachable(v Value, at diag.Range) {
	t.canName(diag.RG323, at, v.Named)
	if v.Elem != nil {
		t.reachable(*v.Elem, at)
	}
	for _, f := range v.Fields {
		t.reachable(f.Value, at)
	}
}
