package runner

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
)

// Object reads an argument that is an object: its members are read from what it
// returns.
func (a *Args) Object(name string) *Args {
	in := &Args{shared: a.shared, up: a, name: name, absent: true}
	v, p := a.value(name)
	if v == nil {
		return in
	}
	members, ok := v.(map[string]any)
	if !ok {
		a.refuse(name, "must be an object, not %s", show(v))
		return in
	}
	in.absent, in.members, in.schema = false, members, p.properties()
	return in
}

// List returns the reader of a list from that of its items.
func List[S ~[]T, T any](read func(*Args, string) T) func(*Args, string) S {
	return func(a *Args, name string) S {
		items, in := a.items(name)
		if in == nil {
			return nil
		}
		all := make(S, 0, len(items))
		for i := range items {
			all = append(all, read(in.item(items, i), ""))
			if a.shared.refusal != nil {
				return nil
			}
		}
		return all
	}
}

// Array reads a list of exactly as many items as into has.
func Array[T any](a *Args, name string, into []T, read func(*Args, string) T) {
	items, in := a.items(name)
	if in == nil {
		return
	}
	if len(items) != len(into) {
		a.refuse(name, "must have exactly %s, has %d", count(len(into), "item"), len(items))
		return
	}
	for i := range items {
		into[i] = read(in.item(items, i), "")
	}
}

// items are those of an argument that is a list, and the place to read them at;
// it is nil where there are none to read.
func (a *Args) items(name string) (items []any, in *Args) {
	v, p := a.value(name)
	if v == nil {
		return nil, nil
	}
	items, ok := v.([]any)
	if !ok {
		a.refuse(name, "must be a list, not %s", show(v))
		return nil, nil
	}
	if message := p.checkItems(len(items)); message != "" {
		a.refuse(name, "%s", message)
		return nil, nil
	}
	return items, &Args{shared: a.shared, up: a, name: name, schema: schema{"": p}}
}

// item moves to an item of a list.
func (a *Args) item(items []any, i int) *Args {
	a.at = place{kind: byIndex, index: i}
	a.part = &part{value: items[i], form: a.schema[""].item(i)}
	return a
}

// Map returns the reader of a map from that of its members.
func Map[M ~map[string]T, T any](read func(*Args, string) T) func(*Args, string) M {
	return func(a *Args, name string) M {
		v, p := a.value(name)
		if v == nil {
			return nil
		}
		members, ok := v.(map[string]any)
		if !ok {
			a.refuse(name, "must be an object, not %s", show(v))
			return nil
		}
		if message := p.checkMembers(len(members)); message != "" {
			a.refuse(name, "%s", message)
			return nil
		}
		all := make(M, len(members))
		for _, key := range slices.Sorted(maps.Keys(members)) {
			in := &Args{
				shared: a.shared, up: a, name: name, at: place{kind: byKey, key: key},
				part: &part{value: members[key], form: p.additional()},
			}
			all[key] = read(in, "")
		}
		return all
	}
}

// Optional returns the reader of what may be null, from the reader of what it is
// otherwise.
func Optional[T any](read func(*Args, string) T) func(*Args, string) *T {
	return func(a *Args, name string) *T {
		v, p, ok := a.find(name)
		if !ok || v == nil {
			return nil
		}
		in := &Args{shared: a.shared, up: a, name: name, part: &part{value: v, form: p.notNull()}}
		value := read(in, "")
		if a.shared.refusal != nil {
			return nil
		}
		return &value
	}
}

// Any reads an argument that may be any JSON: nil, bool, float64, string, []any
// or map[string]any.
func Any(a *Args, name string) any {
	v, _, _ := a.find(name)
	plain, ok := plainOf(v)
	if !ok {
		a.refuse(name, "has a number that is too large")
	}
	return plain
}

// plainOf returns a value with float64 for its numbers.
func plainOf(v any) (plain any, ok bool) {
	switch v := v.(type) {
	case json.Number:
		f, err := v.Float64()
		return f, err == nil
	case []any:
		all := make([]any, len(v))
		for i, item := range v {
			if all[i], ok = plainOf(item); !ok {
				return nil, false
			}
		}
		return all, true
	case map[string]any:
		all := make(map[string]any, len(v))
		for key, item := range v {
			if all[key], ok = plainOf(item); !ok {
				return nil, false
			}
		}
		return all, true
	}
	return v, true
}

// Raw reads an argument that may be any JSON, as compact text. The members of
// objects are sorted; numbers keep their digits.
func Raw(a *Args, name string) json.RawMessage {
	v, _, ok := a.find(name)
	if !ok {
		return nil
	}
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		a.refuse(name, "is not JSON: %v", err)
		return nil
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n"))
}
