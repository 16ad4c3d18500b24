package config

import (
	"encoding"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"
)

// Decode stores the configuration in the struct that into points to. Keys are
// matched with the fields' yaml tags, or their names in lower case, and what the
// document does not mention stays as it is. It is strict: a key without a field,
// and a value of another type, is a mistake.
//
// Fields may be bool, integers (also for 1e3), floats (also for whole numbers),
// text (also for numbers and words, as they are written), time.Duration (text
// such as 250ms), types that implement encoding.TextUnmarshaler, structs, maps
// with text keys, slices, arrays, pointers, and any. Null sets a pointer, map,
// slice or any to nil and leaves a struct as it is. A list replaces all that a
// slice held, a mapping all that a map held.
//
// The text of an environment variable is a number or a truth value too, if it
// reads as one. A value that [Document.Resolve] has found no value for is left out.
//
// All mistakes are found at once: the error is [Errors]. Into holds everything
// else then. An into that is no pointer to a struct, or has fields of other
// types, is an ordinary error.
func (d *Document) Decode(into any) error {
	v := reflect.ValueOf(into)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return fmt.Errorf("config: cannot decode into %T: want a pointer to a struct", into)
	}
	if err := supported(v.Elem().Type(), "", nil); err != nil {
		return err
	}
	var found decoder
	found.decode(d.top(), v.Elem(), "")
	return found.mistakes.err()
}

// decoder collects the mistakes of one Decode.
type decoder struct{ mistakes Errors }

// wrong notes that n is not what the field at key wants.
func (d *decoder) wrong(n *node, key, want string) {
	d.mistakes = append(d.mistakes, n.errorf(key, "want "+want+", got "+n.is()))
}

var (
	duration        = reflect.TypeFor[time.Duration]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

func (d *decoder) decode(n *node, v reflect.Value, key string) {
	switch {
	case n.open: // its mistake is told already
	case n.missing():
		d.mistakes = append(d.mistakes, n.mustBeGiven(key))
	case v.Kind() == reflect.Pointer:
		d.pointer(n, v, key)
	case v.Type() == duration:
		d.duration(n, v, key)
	case v.CanAddr() && v.Addr().Type().Implements(yamlUnmarshaler):
		d.unmarshalYAML(n, v, key)
	case v.CanAddr() && v.Addr().Type().Implements(textUnmarshaler):
		d.unmarshal(n, v, key)
	case n.loose && v.Kind() != reflect.String && v.Kind() != reflect.Interface:
		d.kind(n.looksLike(), v, key)
	default:
		d.kind(n, v, key)
	}
}

func (d *decoder) kind(n *node, v reflect.Value, key string) {
	switch v.Kind() {
	case reflect.Struct:
		d.structure(n, v, key)
	case reflect.Map:
		d.mapOf(n, v, key)
	case reflect.Slice:
		d.slice(n, v, key)
	case reflect.Array:
		d.array(n, v, key)
	case reflect.Interface:
		d.any(n, v, key)
	case reflect.String:
		d.text(n, v, key)
	case reflect.Bool:
		d.bool(n, v, key)
	case reflect.Float32, reflect.Float64:
		d.float(n, v, key)
	default:
		d.integer(n, v, key)
	}
}

func (d *decoder) pointer(n *node, v reflect.Value, key string) {
	if n.null() {
		v.SetZero()
		return
	}
	if v.IsNil() {
		v.Set(reflect.New(v.Type().Elem()))
	}
	d.decode(n, v.Elem(), key)
}

func (d *decoder) structure(n *node, v reflect.Value, key string) {
	if n.null() {
		return
	}
	if n.kind != mapping {
		d.wrong(n, key, "a mapping of keys to values")
		return
	}
	known := fieldsOf(v.Type())
	for _, e := range n.entries {
		path := join(key, e.key)
		if f, ok := known.find(e.key); ok {
			d.decode(e.value, v.FieldByIndex(f.index), path)
			continue
		}
		d.mistakes = append(d.mistakes, unknown(e, key, known.names()))
	}
}

// unknown is an entry of the mapping at key that is none of the known ones.
func unknown(e entry, key string, known []string) *Error {
	const most = 8 // names that a person reads in an error
	err := e.errorf(join(key, e.key), "no such key")
	if near := Nearest(e.key, known); near != "" {
		err.Hint = join(key, near)
	} else if 0 < len(known) && len(known) <= most {
		err.Message += "; there are " + strings.Join(known, ", ")
	}
	return err
}

func (d *decoder) mapOf(n *node, v reflect.Value, key string) {
	if n.null() {
		v.SetZero()
		return
	}
	if n.kind != mapping {
		d.wrong(n, key, "a mapping of names to values")
		return
	}
	m := reflect.MakeMapWithSize(v.Type(), len(n.entries))
	for _, e := range n.entries {
		value := reflect.New(v.Type().Elem()).Elem()
		d.decode(e.value, value, join(key, e.key))
		m.SetMapIndex(reflect.ValueOf(e.key).Convert(v.Type().Key()), value)
	}
	v.Set(m)
}

func (d *decoder) slice(n *node, v reflect.Value, key string) {
	if n.null() {
		v.SetZero()
		return
	}
	if n.kind != list {
		d.wrong(n, key, "a list")
		return
	}
	items := reflect.MakeSlice(v.Type(), len(n.items), len(n.items))
	d.items(n, items, key)
	v.Set(items)
}

func (d *decoder) array(n *node, v reflect.Value, key string) {
	switch {
	case n.kind != list:
		d.wrong(n, key, fmt.Sprintf("a list of %d", v.Len()))
	case len(n.items) != v.Len():
		d.wrong(n, key, fmt.Sprintf("a list of %d", v.Len()))
		d.mistakes[len(d.mistakes)-1].Message += fmt.Sprintf(" of %d", len(n.items))
	default:
		d.items(n, v, key)
	}
}

func (d *decoder) items(n *node, v reflect.Value, key string) {
	for i, item := range n.items {
		d.decode(item, v.Index(i), element(key, i))
	}
}

func (d *decoder) any(n *node, v reflect.Value, key string) {
	value, err := n.untyped(key)
	if err != nil {
		d.mistakes = append(d.mistakes, err)
	} else if value == nil {
		v.SetZero()
	} else {
		v.Set(reflect.ValueOf(value))
	}
}

// unmarshal hands the text of a scalar to a type that reads text itself.
func (d *decoder) unmarshal(n *node, v reflect.Value, key string) {
	if n.kind != scalar || n.null() {
		d.wrong(n, key, "text for "+v.Type().String())
		return
	}
	if err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(n.text)); err != nil {
		d.mistakes = append(d.mistakes, n.errorf(key, err.Error()))
	}
}

func (d *decoder) text(n *node, v reflect.Value, key string) {
	if n.kind != scalar || n.null() {
		d.wrong(n, key, "text")
		return
	}
	v.SetString(n.text)
}

func (d *decoder) bool(n *node, v reflect.Value, key string) {
	truth, ok := n.value.(bool)
	if !ok {
		d.wrong(n, key, "true or false")
		return
	}
	v.SetBool(truth)
}

func (d *decoder) float(n *node, v reflect.Value, key string) {
	var f float64
	switch value := n.value.(type) {
	case float64:
		f = value
	case int64:
		f = float64(value)
	case uint64:
		f = float64(value)
	default:
		d.wrong(n, key, "a number")
		return
	}
	if v.OverflowFloat(f) && !math.IsInf(f, 0) {
		d.wrong(n, key, "a number that fits into "+v.Kind().String())
		return
	}
	v.SetFloat(f)
}

func (d *decoder) integer(n *node, v reflect.Value, key string) {
	switch value := n.value.(type) {
	case int64:
		if setInt(v, value) {
			return
		}
	case uint64:
		if v.CanUint() && !v.OverflowUint(value) {
			v.SetUint(value)
			return
		}
	case float64:
		if value != math.Trunc(value) || math.Abs(value) > 1<<53 {
			d.wrong(n, key, "a whole number")
			return
		}
		if setInt(v, int64(value)) {
			return
		}
	default:
		d.wrong(n, key, "a whole number")
		return
	}
	d.wrong(n, key, "a whole number that fits into "+v.Kind().String())
}

// setInt sets v, of any integer type, to i if it fits.
func setInt(v reflect.Value, i int64) bool {
	if v.CanUint() {
		if i < 0 || v.OverflowUint(uint64(i)) {
			return false
		}
		v.SetUint(uint64(i))
		return true
	}
	if v.OverflowInt(i) {
		return false
	}
	v.SetInt(i)
	return true
}

func (d *decoder) duration(n *node, v reflect.Value, key string) {
	if zero, ok := n.value.(int64); ok && zero == 0 {
		v.SetInt(0)
		return
	}
	text, _ := n.value.(string)
	span, err := time.ParseDuration(text)
	if err != nil {
		d.wrong(n, key, "a duration such as 250ms or 1m30s")
		return
	}
	v.SetInt(int64(span))
}
