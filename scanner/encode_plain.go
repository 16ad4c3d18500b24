package scanner

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// The form of plain values: numbers as varints, texts and lists after their
// lengths, structs as their fields in order. A list, map or pointer that is nil is 0,
// any other begins with 1 more than its length, which is 0 for a pointer. Nothing
// names a type or a field, so that the reader has to be of the writer's version.
//
// The forms of the standard library compile a plan for each type before its first
// value. A process that reads one value would wait for that longer than for the
// value.

// deepest is how many values may lie inside of each other.
const deepest = 1000

var errPlain = errors.New("not a value of this version")

// appendPlain appends the value that a pointer is to. An error says that a type in
// it has no form here, such as a function or a field that is not exported.
func appendPlain(data []byte, pointer any) ([]byte, error) {
	return appendValue(data, reflect.ValueOf(pointer).Elem())
}

func appendValue(data []byte, v reflect.Value) (_ []byte, err error) {
	switch v.Kind() {
	case reflect.Bool:
		return appendLength(data, v.Bool(), 0), nil
	case reflect.Int:
		return binary.AppendVarint(data, v.Int()), nil
	case reflect.String:
		data = binary.AppendUvarint(data, uint64(v.Len()))
		return append(data, v.String()...), nil
	case reflect.Pointer:
		if data = appendLength(data, !v.IsNil(), 0); !v.IsNil() {
			return appendValue(data, v.Elem())
		}
	case reflect.Slice:
		data = appendLength(data, !v.IsNil(), v.Len())
		for i := 0; i < v.Len() && err == nil; i++ {
			data, err = appendValue(data, v.Index(i))
		}
	case reflect.Map:
		data = appendLength(data, !v.IsNil(), v.Len())
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, key := range keys {
			if data, err = appendValue(data, key); err == nil {
				data, err = appendValue(data, v.MapIndex(key))
			}
			if err != nil {
				break
			}
		}
	case reflect.Struct:
		for i := 0; i < v.NumField() && err == nil; i++ {
			if !v.Type().Field(i).IsExported() {
				return nil, fmt.Errorf("%s.%s is not exported", v.Type(), v.Type().Field(i).Name)
			}
			data, err = appendValue(data, v.Field(i))
		}
	default:
		return nil, fmt.Errorf("%s is not plain", v.Type())
	}
	return data, err
}

func appendLength(data []byte, there bool, length int) []byte {
	if there {
		length++
	}
	return binary.AppendUvarint(data, uint64(length))
}

// readPlain reads what appendPlain wrote of a value, into one that a pointer is to,
// and returns what comes after it. The value shares the memory of the text.
func readPlain(text string, pointer any) (rest string, err error) {
	r := plainReader{rest: text}
	r.value(reflect.ValueOf(pointer).Elem(), 0)
	if r.failed {
		return "", errPlain
	}
	return r.rest, nil
}

// plainReader reads values from a text. Once it failed, all that it reads is zero.
type plainReader struct {
	rest   string
	failed bool
}

func (r *plainReader) value(v reflect.Value, depth int) {
	if depth > deepest {
		r.fail()
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(r.uint(1) == 1)
	case reflect.Int:
		u := r.uint(1<<64 - 1)
		v.SetInt(int64(u>>1) ^ -int64(u&1))
	case reflect.String:
		v.SetString(r.take(r.uint(uint64(len(r.rest)))))
	case reflect.Pointer:
		if r.uint(1) == 1 {
			v.Set(reflect.New(v.Type().Elem()))
			r.value(v.Elem(), depth+1)
		}
	case reflect.Slice:
		r.list(v, depth)
	case reflect.Map:
		r.table(v, depth)
	case reflect.Struct:
		for i := range v.NumField() {
			r.value(v.Field(i), depth+1)
		}
	default:
		r.fail()
	}
}

func (r *plainReader) list(v reflect.Value, depth int) {
	n := r.length()
	if n < 0 {
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), n, n))
	for i := 0; i < n && !r.failed; i++ {
		r.value(v.Index(i), depth+1)
	}
}

func (r *plainReader) table(v reflect.Value, depth int) {
	n := r.length()
	if n < 0 {
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), n))
	key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
	for i := 0; i < n && !r.failed; i++ {
		value.SetZero()
		r.value(key, depth+1)
		r.value(value, depth+1)
		v.SetMapIndex(key, value)
	}
}

// length reads the length of a list or map; -1 is nil. Each element takes a byte at
// least.
func (r *plainReader) length() int { return int(r.uint(uint64(len(r.rest)))) - 1 }

// uint reads a number that is not above a limit.
func (r *plainReader) uint(limit uint64) uint64 {
	u, n := uvarint(r.rest)
	if n <= 0 || u > limit {
		r.fail()
		return 0
	}
	r.rest = r.rest[n:]
	return u
}

// uvarint is binary.Uvarint for a text.
func uvarint(text string) (uint64, int) {
	if text != "" && text[0] < 0x80 {
		return uint64(text[0]), 1
	}
	return binary.Uvarint([]byte(text[:min(len(text), binary.MaxVarintLen64)]))
}

func (r *plainReader) take(n uint64) string {
	if n > uint64(len(r.rest)) {
		r.fail()
		return ""
	}
	text := r.rest[:n]
	r.rest = r.rest[n:]
	return text
}

func (r *plainReader) fail() { r.rest, r.failed = "", true }
