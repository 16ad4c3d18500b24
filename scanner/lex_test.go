package scanner

import (
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
)

// shown writes what a directive was read as: verb, then key=value with the
// items of the value where it has commas, then the faults.
func shown(src *diag.Source, d Directive, faults []fault) string {
	out := []string{d.Verb}
	for _, a := range d.Args {
		text := a.Key + "=" + a.Value
		if items := a.Items(src); len(items) > 1 {
			for i, item := range items {
				text += "|"[:min(i, 1)]
				text += "<" + item.Text + ">"
			}
		}
		out = append(out, text)
	}
	for _, f := range faults {
		out = append(out, "!"+f.why)
	}
	return strings.Join(out, " ; ")
}

func TestLexDirective(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"//reactor:model name=a", "model ; name=a"},
		{"//reactor:model name=a\r", "model ; name=a"},
		{"//reactor:model name=a\t weights=b,c  // and a note", "model ; name=a ; weights=b,c<b>|<c>"},
		{"//reactor:model config=http://x", "model ; config=http://x"},
		{`//reactor:model author="Ada L" "key=a b" ` + "note=`c:\\d`", `model ; author=Ada L ; key=a b ; note=c:\d`},
		{`//reactor:model author="Ada \"L\" \u00e9\xff"`, "model ; author=Ada \"L\" é\xff"},
		{`//reactor:model weights=["a", "b,c"] x=1`, "model ; weights=a,b,c<a>|<b,c> ; x=1"},
		{`//reactor:model weights="a, b"`, "model ; weights=a, b<a>|<b>"},
		{`//reactor:model "weights=a,b"`, "model ; weights=a,b<a>|<b>"},
		{`//reactor:model weights=a,"b c"`, "model ; weights=a,b c<a>|<b c>"},
		{`//reactor:model weights=a,,b`, "model ; weights=a,,b<a>|<>|<b>"},
		{`//reactor:model weights=[]`, "model ; weights="},
		{`//reactor:command set_prompt async`, "command ; =set_prompt ; =async"},
		{`//reactor:model name="a b`, "model ; name=a b ; !this quote is never closed"},
		{`//reactor:model name="a\qb"`, `model ; name=ab ; !Go has no such escape sequence`},
		{`//reactor:model weights=[a`, "model ; weights=a ; !this bracket is never closed"},
		{`//reactor:model =a`, "model ; =a ; !there is no key before the ="},
		{"//reactor:model", "model"},
		{"//reactor:", ""},
		{"//reactor:model,name=x", "model,name=x"},
	} {
		src := diag.NewSource("a.go", []byte("package a\n"+test.in+"\ntype A struct{}\n"))
		d, faults := lexDirective(src, 10)
		if got := shown(src, d, faults); got != test.want {
			t.Errorf("%s\n got %q\nwant %q", test.in, got, test.want)
		}
	}
}

func TestArgumentsKnowTheirPlace(t *testing.T) {
	text := `//reactor:model "name=Long Live" weights=["a", "bb"] config="x\ty" // end`
	src := diag.NewSource("a.go", []byte(text))
	d, _ := lexDirective(src, 0)
	part := func(r diag.Range) string { return text[r.Start:r.End] }
	items := d.Get("weights").Items(src)
	for _, test := range []struct {
		at   diag.Range
		want string
	}{
		{d.Head, "//reactor:model"},
		{d.Range, strings.TrimSuffix(text, " // end")},
		{d.Args[0].Range, `"name=Long Live"`},
		{d.Args[0].KeyRange, "name"},
		{d.Args[0].ValueRange, "Long Live"},
		{d.Args[0].Part(src, 5, 9), "Live"},
		{items[0].Range, "a"},
		{items[1].Range, "bb"},
		{d.Get("config").ValueRange, `x\ty`},
	} {
		if got := part(test.at); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func FuzzLexDirective(f *testing.F) {
	for _, seed := range []string{
		" name=a", ` "name=a b" x=["a","b`, "` `=\"\\", `,name=x`, " weights=a,\"b\\xff\" // c", " [", " \"=\"", " a=[\"\\\"\",]",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, rest string) {
		src := diag.NewSource("a.go", []byte(prefix+rest))
		d, _ := lexDirective(src, 0)
		last := d.Head.End
		for _, a := range d.Args {
			if a.Range.Start < last || a.Range.End < a.Range.Start || a.Range.End > len(src.Text) {
				t.Fatalf("argument %q at %d-%d after %d", a.Value, a.Range.Start, a.Range.End, last)
			}
			last = a.Range.End
			for _, item := range a.Items(src) {
				if item.Range.Start < a.Range.Start || item.Range.End > a.Range.End {
					t.Fatalf("item %q at %d-%d outside of %d-%d", item.Text, item.Range.Start, item.Range.End, a.Range.Start, a.Range.End)
				}
			}
		}
	})
}
