package config

import (
	"fmt"
	"reflect"
	"strings"
)

// field is one field of the author's struct, by the key that it is set with.
type field struct {
	key   string
	index []int
}

type fields []field

// fieldsOf returns the fields of a struct, those of inlined structs among them.
func fieldsOf(t reflect.Type) (all fields) {
	for i := range t.NumField() {
		f := t.Field(i)
		key, inline := keyOf(f)
		switch {
		case inline && f.Type.Kind() == reflect.Struct:
			for _, inner := range fieldsOf(f.Type) {
				all = append(all, field{inner.key, append([]int{i}, inner.index...)})
			}
		case key != "":
			all = append(all, field{key, []int{i}})
		}
	}
	return all
}

// keyOf reads a field's tag, `yaml:"key,inline"`. The key is empty for a field
// that no key sets.
func keyOf(f reflect.StructField) (key string, inline bool) {
	tag := f.Tag.Get("yaml")
	key, options, _ := strings.Cut(tag, ",")
	inline = strings.Contains(","+options+",", ",inline,")
	switch {
	case tag == "-", !f.IsExported() && !(f.Anonymous && inline):
		return "", false
	case key == "":
		key = strings.ToLower(f.Name)
	}
	return key, inline
}

func (all fields) find(key string) (field, bool) {
	for _, f := range all {
		if f.key == key {
			return f, true
		}
	}
	return field{}, false
}

func (all fields) names() []string {
	names := make([]string, len(all))
	for i, f := range all {
		names[i] = f.key
	}
	return names
}

// supported tells whether values of type t can be decoded; the error names the
// field that cannot. The types on the way here are in within.
func supported(t reflect.Type, name string, within []reflect.Type) error {
	for _, outer := range within {
		if outer == t {
			return nil
		}
	}
	within = append(within, t)
	if t.Kind() != reflect.Pointer && (reflect.PointerTo(t).Implements(textUnmarshaler) || reflect.PointerTo(t).Implements(yamlUnmarshaler)) {
		return nil
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return supported(t.Elem(), name, within)
	case reflect.Map:
		if t.Key().Kind() == reflect.String {
			return supported(t.Elem(), name, within)
		}
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return nil
		}
	case reflect.Struct:
		return supportedFields(t, within)
	case reflect.Complex64, reflect.Complex128, reflect.Chan, reflect.Func, reflect.UnsafePointer, reflect.Uintptr:
	default:
		return nil
	}
	return fmt.Errorf("config: %s has the type %s, which a configuration cannot hold", name, t)
}

func supportedFields(t reflect.Type, within []reflect.Type) error {
	for i := range t.NumField() {
		f := t.Field(i)
		key, inline := keyOf(f)
		name := t.String() + "." + f.Name
		if inline && f.Type.Kind() != reflect.Struct {
			return fmt.Errorf("config: %s: only a struct can be inlined", name)
		}
		if key != "" {
			if err := supported(f.Type, name, within); err != nil {
				return err
			}
		}
	}
	return nil
}
