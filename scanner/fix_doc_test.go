package scanner

import (
	"go/format"
	"slices"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
)

const ours = "//reactor:model name=a"

func TestDocComments(t *testing.T) {
	add := func(lines []string, _ int) []string { return added(lines, ours) }
	write := func(lines []string, i int) []string { return rewritten(lines, i, ours) }
	for _, test := range []struct {
		name   string
		change func([]string, int) []string
		doc    string
		i      int
		want   string
	}{
		{"add to nothing", add, "", 0, ours},
		{"add to text", add, "// T.", 0, "// T.|//|" + ours},
		{"add to text and an empty line", add, "// T.|//", 0, "// T.|//|" + ours},
		{"add to text and a directive", add, "// T.|//|//go:embed a", 0, "// T.|//|//go:embed a|" + ours},
		{"add to a directive", add, "//go:embed a", 0, "//go:embed a|" + ours},
		{"add to an old comment", add, "/* T. */", 0, "/* T. */|" + ours},
		{"drop the end", dropped, "// T.|//|" + ours, 2, "// T."},
		{"drop the middle", dropped, "// T.|//|" + ours + "|//|// More.", 2, "// T.|//|// More."},
		{"drop the beginning", dropped, ours + "|//|// T.", 0, "// T."},
		{"drop all", dropped, ours, 0, ""},
		{"drop one of two", dropped, "// T.|//|" + ours + "|//go:embed a", 2, "// T.|//|//go:embed a"},
		{"write the only line", write, "// x", 0, ours},
		{"write the last line", write, "// T.|//|// x", 2, "// T.|//|" + ours},
		{"write the last line of a paragraph", write, "// T.|// x", 1, "// T.|//|" + ours},
		{"write the first line", write, "// x|// T.", 0, "// T.|//|" + ours},
		{"write the first paragraph", write, "// x|//|// T.", 0, "// T.|//|" + ours},
		{"write a paragraph between", write, "// T.|//|// x|//|// More.", 2, "// T.|//|// More.|//|" + ours},
		{"write before a directive", write, "// x|//go:embed a", 0, ours + "|//go:embed a"},
		{"write between text and a directive", write, "// T.|//|// x|//go:embed a", 2, "// T.|//|" + ours + "|//go:embed a"},
		{"write behind a directive", write, "// T.|//|//go:embed a|// x", 3, "// T.|//|//go:embed a|" + ours},
		{"write an old comment", write, "//go:embed a|//|/* x */", 2, "//go:embed a|" + ours},
	} {
		t.Run(test.name, func(t *testing.T) {
			var lines []string
			if test.doc != "" {
				lines = strings.Split(test.doc, "|")
			}
			before := slices.Clone(lines)
			if got := strings.Join(test.change(lines, test.i), "|"); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if !slices.Equal(lines, before) {
				t.Errorf("the lines became %q", lines)
			}
			text := "package a\n\n" + strings.ReplaceAll(test.want, "|", "\n") + "\ntype T struct{}\n"
			if gofmt, err := format.Source([]byte(text)); test.want != "" && (err != nil || string(gofmt) != text) {
				t.Errorf("%v: gofmt makes it\n%s", err, gofmt)
			}
		})
	}
}

func TestTight(t *testing.T) {
	src := diag.NewSource("a.go", []byte("// reactor: né"))
	for _, test := range []struct {
		text       string
		start, end int
		want       string
	}{
		{"//reactor: né", 2, 3, ""},
		{"// reactor: né", 15, 15, ""},
		{"// reactor: nè", 13, 15, "è"},
		{"// a reactor: né", 3, 3, "a "},
	} {
		e := tight(src, 0, len(src.Text), test.text)
		if e.Range.Start != test.start || e.Range.End != test.end || e.Text != test.want {
			t.Errorf("%q: got %d to %d %q, want %d to %d %q", test.text, e.Range.Start, e.Range.End, e.Text, test.start, test.end, test.want)
		}
	}
}

func TestDropItem(t *testing.T) {
	for _, test := range []struct {
		args string
		item int
		want string
	}{
		{"weights=a,b,a", 2, "weights=a,b"},
		{"weights=a,b", 0, "weights=b"},
		{"weights=a,", 1, "weights=a"},
		{"weights=,a", 0, "weights=a"},
		{"weights=a,,b", 1, "weights=a,b"},
		{`weights="a, b"`, 1, `weights="a"`},
		{`weights="a, b"`, 0, `weights="b"`},
		{`weights=["a", "b", "a"]`, 2, `weights=["a", "b"]`},
		{`weights=["a", "b"]`, 0, `weights=["b"]`},
		{`weights=["a"]`, 0, `weights=[]`},
		{`weights=a,"b"`, 1, `weights=a`},
		{`"weights=a,b"`, 1, `"weights=a"`},
	} {
		src := diag.NewSource("a.go", []byte("//reactor:model "+test.args+" // why\n"))
		d, _ := lexDirective(src, 0)
		arg := d.Get("weights")
		e := dropItem(src, arg, arg.Items(src)[test.item])
		got := string(src.Text[:e.Range.Start]) + e.Text + string(src.Text[e.Range.End:])
		if want := "//reactor:model " + test.want + " // why\n"; got != want {
			t.Errorf("%s without item %d: got %q, want %q", test.args, test.item, got, want)
		}
	}
}

// TestQuoteIsRead writes values and reads them again.
func TestQuoteIsRead(t *testing.T) {
	for _, value := range []string{"", "a", "a b", `a"b`, "a`b", `a\b`, "a,b", "[a]", "// a", "é\t", "a=b", "//"} {
		src := diag.NewSource("a.go", []byte("//reactor:model key="+quote(value)+" next=1\n"))
		d, faults := lexDirective(src, 0)
		if d.Value("key") != value || d.Value("next") != "1" || len(faults) > 0 {
			t.Errorf("%q is written %s and read as %q", value, quote(value), d.Value("key"))
		}
	}
}

// FuzzRewrite puts a directive in the place of any line of any doc comment: the
// lines that are left are the others, and the directive is there once.
func FuzzRewrite(f *testing.F) {
	f.Add("T.\n\nreactor:model name=a\n\nMore.", 2)
	f.Add("reactor:model name=a", 0)
	f.Add("T.\ngo:embed a\nx", 2)
	f.Fuzz(func(t *testing.T, text string, i int) {
		var lines []string
		for line := range strings.SplitSeq(text, "\n") {
			if strings.ContainsAny(line, "\r\x00") {
				return
			}
			lines = append(lines, "//"+strings.TrimRight(" "+line, " \t"))
		}
		if i < 0 || i >= len(lines) {
			return
		}
		count := func(lines []string) (texts []string) {
			for _, line := range lines {
				if !isEmptyComment(line) {
					texts = append(texts, line)
				}
			}
			slices.Sort(texts)
			return texts
		}
		want := slices.Clone(lines)
		want[i] = ours
		if got := rewritten(lines, i, ours); !slices.Equal(count(got), count(want)) {
			t.Fatalf("%q became %q", lines, got)
		}
	})
}
