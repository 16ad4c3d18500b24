package scanner

import (
	"maps"
	"reflect"
	"slices"

	"github.com/reactorgen/reactor/diag"
)

// kept is what a result is written as, but for its ledger, which comes after it and
// is read when somebody asks for it, and the texts of files.
type kept struct {
	Project   *Project
	Causes    []diag.Diagnostic
	Sources   []string // names of files that ranges of the result are in, where their texts are known
	Tags      []string
	Described bool
}

// encode writes a result. It is the same bytes for the same result.
func (r *Result) encode() ([]byte, error) {
	k := kept{Project: r.Project, Causes: r.Diagnostics.Causes(), Tags: r.Tags, Described: r.described}
	files := make(map[string]bool)
	eachRange(reflect.ValueOf(k), func(at diag.Range) { files[at.File] = true })
	for _, file := range slices.Sorted(maps.Keys(files)) {
		if r.Sources.Get(file) != nil {
			k.Sources = append(k.Sources, file)
		}
	}
	data, err := appendPlain(nil, &k)
	if err != nil {
		return nil, err
	}
	ledger := r.Ledger()
	return appendPlain(data, &ledger)
}

// decodeResult reads what encode wrote. Nothing of the data is kept but strings,
// which share one copy of it. Texts of files are read when they are asked for, by a
// call of read with the name that ranges have.
func decodeResult(data []byte, read func(file string) ([]byte, error)) (*Result, error) {
	text := string(data)
	var k kept
	r := &Result{Diagnostics: new(diag.List), Sources: new(diag.Sources)}
	rest, err := readPlain(text, &k)
	if err != nil {
		return nil, err
	}
	r.unread = rest
	r.Project, r.Tags, r.described = k.Project, k.Tags, k.Described
	for _, d := range k.Causes {
		r.Diagnostics.Add(d)
	}
	for _, file := range k.Sources {
		r.Sources.AddLater(file, read)
	}
	return r, nil
}

// decodeLedger reads the ledger. One that cannot be read is empty: the data is what
// encode wrote, as far as its reader could tell.
func (r *Result) decodeLedger() {
	if rest, err := readPlain(r.unread, &r.entries); err != nil || rest != "" {
		r.entries = nil
	}
	r.unread = ""
}

// eachRange calls visit for all ranges in a plain value.
func eachRange(v reflect.Value, visit func(diag.Range)) {
	if at, ok := v.Interface().(diag.Range); ok {
		visit(at)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachRange(v.Elem(), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachRange(v.Index(i), visit)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			eachRange(v.MapIndex(key), visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			eachRange(v.Field(i), visit)
		}
	}
}
