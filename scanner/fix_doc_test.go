package scanner

import (
	"go/format"
	"slices"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
)

const ours = "//reactor:model name=a"

func TestRedoc(t *testing.T) {
	for _, test := range []struct {
		name, doc string
		drop      int
		add, want string
	}{
		{"into nothing", "", -1, ours, ours},
		{"behind text", "// T.", -1, ours, "// T.|//|" + ours},
		{"behind text and an empty line", "// T.|//", -1, ours, "// T.|//|" + ours},
		{"behind a directive", "// T.|//|//go:embed a", -1, ours, "// T.|//|//go:embed a|" + ours},
		{"behind a directive alone", "//go:embed a", -1, ours, "//go:embed a|" + ours},
		{"from the middle to the end", "// T.|//|// x|//|// More.", 2, ours, "// T.|//|// More.|//|" + ours},
		{"from the beginning to the end", "// x|//|// T.", 0, ours, "// T.|//|" + ours},
		{"from the end to the end", "// T.|//|// x", 2, ours, "// T.|//|" + ours},
		{"the only line", "// x", 0, ours, ours},
		{"off the end", "// T.|//|" + ours, 2, "", "// T."},
		{"off the middle", "// T.|//|" + ours + "|//|// More.", 2, "", "// T.|//|// More."},
		{"off the beginning", ours + "|//|// T.", 0, "", "// T."},
		{"off nothing else", ours, 0, "", ""},
		{"between directives", "// T.|//|" + ours + "|//go:embed a", 2, "", "// T.|//|//go:embed a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var lines []string
			if test.doc != "" {
				lines = strings.Split(test.doc, "|")
			}
			before := slices.Clone(lines)
			if got := strings.Join(redoc(lines, test.drop, test.add), "|"); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if !slices.Equal(lines, before) {
				t.Errorf("the lines became %q", lines)
			}
			text := "package a\n\n" + strings.ReplaceAll(test.want, "|", "\n") + "\ntype T struct{}\n"
			if test.want == "" {
				return
			}
			if formatted, err := format.Source([]byte(text)); err != nil || string(formatted) != text {
				t.Errorf("%v: gofmt makes it\n%s", err, formatted)
			}
		})
	}
}

func TestRewritten(t *testing.T) {
	for _, test := range []struct {
		doc  string
		i    int
		want string
	}{
		{"// x", 0, ours},
		{"// T.|//|// x", 2, "// T.|//|" + ours},
		{"// T.|// x", 1, "// T.|//|" + ours},
		{"// x|// T.", 0, "// T.|//|" + ours},
		{"// x|//go:embed a", 0, ours + "|//go:embed a"},
		{"// T.|//|// x|//go:embed a", 2, "// T.|//|" + ours + "|//go:embed a"},
		{"// T.|//|//go:embed a|// x", 3, "// T.|//|//go:embed a|" + ours},
	} {
		if got := strings.Join(rewritten(strings.Split(test.doc, "|"), test.i, ours), "|"); got != test.want {
			t.Errorf("%q: got %q, want %q", test.doc, got, test.want)
		}
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
