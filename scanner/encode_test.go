package scanner

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor/diag"
)

// fill sets everything in a value to something that is not zero and stands nowhere
// else, as deep as values inside of their own kind go.
func fill(v reflect.Value, n *int, depth int) {
	*n++
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(int64(*n)*1_000_003 - 200_000_000)
	case reflect.String:
		v.SetString(fmt.Sprintf("text %d", *n))
	case reflect.Pointer:
		if depth < 8 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), n, depth+1)
		}
	case reflect.Slice:
		if depth < 8 {
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			fill(v.Index(0), n, depth+1)
			fill(v.Index(1), n, depth+1)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 3 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(key, n, depth+1)
			fill(value, n, depth+1)
			v.SetMapIndex(key, value)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n, depth+1)
		}
	default:
		panic(v.Type().String())
	}
}

// fullResult has something in everything that a result keeps.
func fullResult() *Result {
	var k struct {
		Project Project
		Causes  []diag.Diagnostic
		Tags    []string
		Ledger  []Entry
	}
	n := 0
	fill(reflect.ValueOf(&k).Elem(), &n, 0)
	r := &Result{Project: &k.Project, Diagnostics: new(diag.List), Sources: new(diag.Sources), Tags: k.Tags, entries: k.Ledger, described: true}
	for _, d := range k.Causes {
		r.Diagnostics.Add(d)
	}
	return r
}

var noFiles = func(string) ([]byte, error) { return nil, errors.New("there are no files") }

// TestEncodeKeepsAll fails for a field of Project, Diagnostic or Entry that is lost,
// and wants a decision on one of Result that it does not know.
func TestEncodeKeepsAll(t *testing.T) {
	known := []string{"Project", "Diagnostics", "Sources", "Tags", "entries", "described"}
	ofTheRun := []string{"Level", "Why", "Counts", "unread", "Draft"} // of the run that made the result
	for i := range reflect.TypeFor[Result]().NumField() {
		if name := reflect.TypeFor[Result]().Field(i).Name; !slices.Contains(known, name) && !slices.Contains(ofTheRun, name) {
			t.Errorf("is Result.%s kept?", name)
		}
	}
	for name, r := range map[string]*Result{
		"full":  fullResult(),
		"empty": {Diagnostics: new(diag.List), Sources: new(diag.Sources)},
	} {
		t.Run(name, func(t *testing.T) {
			data, err := r.encode()
			if err != nil {
				t.Fatal(err)
			}
			got, err := decodeResult(data, noFiles)
			if err != nil {
				t.Fatal(err)
			}
			sameResult(t, r, got)
			again, err := got.encode()
			if err != nil || string(again) != string(data) {
				t.Errorf("encoded again it is other bytes (%v)", err)
			}
		})
	}
}

func sameResult(t *testing.T, want, got *Result) {
	t.Helper()
	for _, part := range []struct {
		name      string
		want, got any
	}{
		{"project", want.Project, got.Project},
		{"sorted", want.Diagnostics.Sorted(), got.Diagnostics.Sorted()},
		{"all", want.Diagnostics.All(), got.Diagnostics.All()},
		{"errors", want.Diagnostics.HasErrors(), got.Diagnostics.HasErrors()},
		{"tags", want.Tags, got.Tags},
		{"ledger", want.Ledger(), got.Ledger()},
		{"described", want.described, got.described},
	} {
		if diff := cmp.Diff(part.want, part.got); diff != "" {
			t.Errorf("%s differs (-want +got):\n%s", part.name, diff)
		}
	}
}

// TestEncodeKeepsNamesOfSources reads what ranges point into, once it is asked for.
func TestEncodeKeepsNamesOfSources(t *testing.T) {
	r := &Result{Diagnostics: new(diag.List), Sources: new(diag.Sources)}
	r.Diagnostics.Add(diag.Diagnostic{
		Range:  diag.Range{File: "cause.go", Line: 1},
		Hidden: []diag.Diagnostic{{Related: []diag.Related{{Range: diag.Range{File: "deep.go", Line: 1}}}}},
		Fixes:  []diag.Fix{{Edits: []diag.Edit{{Range: diag.Range{File: "unknown.go"}}}}},
	})
	r.Project = &Project{Model: Model{Args: map[string]diag.Range{"name": {File: "model.go"}}}}
	for _, file := range []string{"cause.go", "deep.go", "model.go", "unconcerned.go"} {
		r.Sources.Add(file, []byte("package a\n"))
	}
	data, err := r.encode()
	if err != nil {
		t.Fatal(err)
	}
	var read []string
	got, err := decodeResult(data, func(file string) ([]byte, error) {
		read = append(read, file)
		return []byte("package b\n"), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if read != nil {
		t.Errorf("%v were read before they were asked for", read)
	}
	for _, file := range []string{"cause.go", "deep.go", "model.go"} {
		if src := got.Sources.Get(file); src == nil || src.Line(1) != "package b" {
			t.Errorf("%s is not a source", file)
		}
	}
	for _, file := range []string{"unknown.go", "unconcerned.go"} {
		if got.Sources.Get(file) != nil {
			t.Errorf("%s is a source", file)
		}
	}
	if len(read) != 3 {
		t.Errorf("read %v", read)
	}
}

// TestEncodeRefusesWhatItWouldLose guards the form against types that it has no
// bytes for.
func TestEncodeRefusesWhatItWouldLose(t *testing.T) {
	for _, value := range []any{&struct{ hidden int }{}, &struct{ F func() }{}, &struct{ F []float64 }{F: []float64{1}}} {
		if _, err := appendPlain(nil, value); err == nil {
			t.Errorf("%T was written", value)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	data, err := fullResult().encode()
	if err != nil {
		t.Fatal(err)
	}
	deep, err := appendPlain(nil, &kept{Causes: nested(deepest / 2)})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"nothing":     "",
		"cut off":     string(data[:len(data)/2]),
		"long list":   "\x00\xff\xff\xff\xff\x0f",
		"long number": "\x00" + strings.Repeat("\xff", 20),
		"too deep":    string(deep) + "\x00",
		"odd pointer": "\x02",
	} {
		if _, err := decodeResult([]byte(text), noFiles); err == nil {
			t.Errorf("%s: decoded", name)
		}
	}
}

// TestDecodeRefusesLedger takes a ledger that is not whole for an empty one.
func TestDecodeRefusesLedger(t *testing.T) {
	data, err := fullResult().encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"cut off": string(data[:len(data)-1]), "more": string(data) + "\x00"} {
		r, err := decodeResult([]byte(text), noFiles)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := r.Ledger(); got != nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// nested is a diagnostic that hides one that hides one, and so on.
func nested(depth int) []diag.Diagnostic {
	if depth == 0 {
		return nil
	}
	return []diag.Diagnostic{{Hidden: nested(depth - 1)}}
}

// FuzzDecodeResult decodes any bytes: it refuses them, or they are a result that can
// be written and read again.
func FuzzDecodeResult(f *testing.F) {
	data, err := fullResult().encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add([]byte{})
	small, err := (&Result{Diagnostics: new(diag.List), Sources: new(diag.Sources)}).encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(small)
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := decodeResult(data, noFiles)
		if err != nil {
			return
		}
		written, err := r.encode()
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeResult(written, noFiles)
		if err != nil {
			t.Fatal(err)
		}
		sameResult(t, r, got)
	})
}

// BenchmarkDecodeResult decodes a good project: a model with a constructor and a
// dozen commands.
func BenchmarkDecodeResult(b *testing.B) {
	data, err := goodResult().encode()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decodeResult(data, noFiles); err != nil {
			b.Fatal(err)
		}
	}
}

// TestDecodeAllocates guards the replay against a form that makes more than the
// values themselves.
func TestDecodeAllocates(t *testing.T) {
	data, err := goodResult().encode()
	if err != nil {
		t.Fatal(err)
	}
	got := testing.AllocsPerRun(10, func() {
		if _, err := decodeResult(data, noFiles); err != nil {
			t.Fatal(err)
		}
	})
	if got > 50 {
		t.Errorf("%v allocations for a good project", got)
	}
}

// goodResult is that of a model with a dozen commands.
func goodResult() *Result {
	at := diag.Range{File: "model/model.go", Start: 1200, End: 1300, Line: 40, Column: 1}
	p := &Project{Dir: "/home/ada/plasma", Module: "example.com/plasma", ModuleDir: "/home/ada/plasma", Mains: []string{"cmd/plasma/main.go"}}
	p.Model = Model{
		Name: "plasma", Type: "Plasma", Package: Package{Path: "example.com/plasma/model", Name: "model", Dir: "model"}, Range: at,
		Args: map[string]diag.Range{"name": at, "config": at, "weights": at}, Config: "configs/default.yaml", Weights: []string{"vae"},
		Constructor: &Constructor{Name: "New", Inputs: []Input{{Kind: InputWeights}, {Kind: InputContext}}, ReturnsError: true},
	}
	r := &Result{Project: p, Diagnostics: new(diag.List), Sources: new(diag.Sources), described: true}
	for range 12 {
		param := Param{Name: "prompt", Value: Value{Kind: KindString, GoType: "string", Description: "What to draw", MinLen: -1, MaxLen: 500}}
		p.Model.Commands = append(p.Model.Commands, Command{
			Name: "set_prompt", Method: "SetPrompt", Range: at, Description: "Set the generation prompt", Params: []Param{param}, ReturnsError: true,
		})
		r.entries = append(r.entries, Entry{Range: at, Text: "//reactor:command set_prompt", Verdict: Honoured, Reason: "on method SetPrompt"})
	}
	return r
}
