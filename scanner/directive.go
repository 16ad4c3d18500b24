package scanner

import (
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// Directive is one //reactor: comment, taken apart.
type Directive struct {
	// Verb is the word after the colon: "model" in //reactor:model.
	Verb string

	// Range spans the directive without a trailing comment, Head is the part
	// up to the verb's end.
	Range, Head diag.Range

	// Args are what follows, in order.
	Args []Arg
}

// Get returns the first argument with the given key, or nil.
func (d *Directive) Get(key string) *Arg {
	for i := range d.Args {
		if d.Args[i].Key == key {
			return &d.Args[i]
		}
	}
	return nil
}

// Value returns the value of the first argument with the given key, or "".
func (d *Directive) Value(key string) string {
	if arg := d.Get(key); arg != nil {
		return arg.Value
	}
	return ""
}

// places are the ranges of the arguments by their keys.
func (d *Directive) places() map[string]diag.Range {
	places := make(map[string]diag.Range, len(d.Args))
	for _, arg := range d.Args {
		places[arg.Key] = arg.Range
	}
	return places
}

// Arg is one argument of a directive: key=value, or a value alone.
type Arg struct {
	// Key is empty for a value alone.
	Key string

	// Value is the text without quotes and escapes; of a list in brackets it is
	// the items with commas between them.
	Value string

	// Range spans the whole argument, KeyRange its key, ValueRange what is
	// between the quotes of its value.
	Range, KeyRange, ValueRange diag.Range

	text   []byte // Value while it is being read
	places []int  // the source offset of each byte of Value
	commas []int  // where in Value a comma separates items
	ends   int    // the source offset after Value's last byte
}

// Part returns the range of Value[from:to] in the source.
func (a *Arg) Part(src *diag.Source, from, to int) diag.Range {
	return src.Range(a.place(from), a.placeAfter(to))
}

func (a *Arg) place(i int) int {
	if i < len(a.places) {
		return a.places[i]
	}
	return a.ends
}

// placeAfter is the source offset after the byte before i.
func (a *Arg) placeAfter(i int) int {
	if i = min(i, len(a.places)); i == 0 {
		return a.place(0)
	}
	if i < len(a.places) && a.places[i-1]+1 >= a.places[i] {
		return a.places[i]
	}
	return min(a.places[i-1]+1, a.ends)
}

// Item is one item of a list.
type Item struct {
	Text  string
	Range diag.Range
}

// Items returns the value as a list: a,b or ["a","b"]. Blanks around an item
// are no part of it. An empty value is an empty list.
func (a *Arg) Items(src *diag.Source) []Item {
	if a.Value == "" {
		return nil
	}
	var items []Item
	from := 0
	for _, comma := range append(a.commas[:len(a.commas):len(a.commas)], len(a.Value)) {
		text := a.Value[from:comma]
		start := from + len(text) - len(strings.TrimLeft(text, " \t"))
		text = strings.Trim(text, " \t")
		items = append(items, Item{text, a.Part(src, start, start+len(text))})
		from = comma + 1
	}
	return items
}
