package diag_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/testproject"
)

// labelled is a part of the source with its label. The first of a frame is the
// culprit, the others are related places.
type labelled struct{ part, label string }

// TestFrames shows frames around what is hard to count in cells. The golden files
// are what a terminal shows: marks have to stand under what they name.
func TestFrames(t *testing.T) {
	long := strings.Repeat("weights,", 40)
	for name, test := range map[string]struct {
		text  string
		marks []labelled
	}{
		"tabs":              {"\tname\t=\tlonglive\n", []labelled{{"=", "equals"}, {"longlive", "the name"}, {"\tname", "with its tab"}}},
		"cjk":               {"name=長生き weights=重み fps=30\n", []labelled{{"fps=30", "run-time value"}, {"長生き", "Han and Hiragana"}, {"み", "one of two"}}},
		"hangul":            {"name=한국어 name=\u1112\u1161\u11ab x\n", []labelled{{"x", "here"}, {"한국어", "composed"}, {"\u1112\u1161\u11ab", "of three letters"}}},
		"emoji":             {"a 👍🏽 b 👩‍👩‍👧 c ❤️ d 🇯🇵 e 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f f\n", []labelled{{"f", "after all"}, {"👍🏽", "with a skin tone"}, {"👩‍👩‍👧", "joined"}, {"❤️", "with a selector"}, {"🇯🇵", "a flag of two letters"}, {"e", "between"}}},
		"combining":         {"cafe\u0301 \u0928\u093f x\n", []labelled{{"x", "here"}, {"\u0301", "all of the letter"}, {"\u0928\u093f", "a vowel sign"}}},
		"hidden":            {"a\u200bb\u202ec\u00a0d\u200d e \x1b[31m \xff f\n", []labelled{{"f", "here"}, {"\u200b", "zero width space"}, {"\u202e", "right to left"}, {"\u00a0", "no-break space"}}},
		"lone_accent":       {"\u0301a b\n", []labelled{{"b", "here"}}},
		"crlf":              {"one\r\ntwo\r\nthree\r\n", []labelled{{"two\r\nthree", "to the end of the line"}, {"\r\nthree", ""}}},
		"far_lines":         {"one\ntwo\nthree\n\n\n\nseven\n" + strings.Repeat("\n", 992) + "thousand\n", []labelled{{"three", "culprit"}, {"one", "first, the line between is shown"}, {"seven", "far"}, {"thousand", "farther"}}},
		"neighbour_lines":   {"one\ntwo\nthree\n", []labelled{{"two", "culprit"}, {"three", "below"}, {"one", "above"}}},
		"one_line":          {"model name=a name=b name=c\n", []labelled{{"name=b", "second"}, {"name=a", "first"}, {"name=c", "third"}, {"model", ""}}},
		"long_end":          {"begin " + long + " fps=30\n", []labelled{{"fps=30", "at the end"}}},
		"long_begin":        {"begin " + long + " end\n", []labelled{{"begin", "at the beginning"}}},
		"long_middle":       {"begin " + long + "fps=30," + long + " end\n", []labelled{{"fps=30", "in the middle"}, {"weights,fps", "around"}}},
		"long_apart":        {"begin " + long + " end\n", []labelled{{"begin", "at the beginning"}, {"end", "at the end"}}},
		"long_mark":         {"begin " + long + " end\n", []labelled{{long, "longer than what is shown"}}},
		"long_wide":         {strings.Repeat("長", 100) + "生" + strings.Repeat("長", 100) + "\n", []labelled{{"生", "cut between wide letters"}}},
		"long_wide_shifted": {"a" + strings.Repeat("長", 100) + "生" + strings.Repeat("長", 100) + "\n", []labelled{{"生", "cut between wide letters"}}},
		"long_line_between": {"one\n" + long + "\nthree\n", []labelled{{"one", "culprit"}, {"three", "the line between is cut"}}},
		"byte_order_mark":   {"\ufeffpackage a\n", []labelled{{"package", "the first word"}}},
		"end_of_file":       {"one", []labelled{{"", "culprit"}}},
	} {
		t.Run(name, func(t *testing.T) {
			var sources diag.Sources
			source := sources.Add("model.go", []byte(test.text))
			d := diag.Diagnostic{Code: diag.RG101, Severity: diag.Error, Summary: name}
			for i, m := range test.marks {
				at := strings.LastIndex(test.text, m.part)
				if at < 0 {
					t.Fatalf("%q is not in the text", m.part)
				}
				r := source.Range(at, at+len(m.part))
				if i == 0 {
					d.Range, d.Label = r, m.label
					continue
				}
				d.Related = append(d.Related, diag.Related{Range: r, Label: m.label})
			}
			var b strings.Builder
			if err := (diag.Text{Sources: &sources, Frames: true}).Write(&b, []diag.Diagnostic{d}); err != nil {
				t.Fatal(err)
			}
			testproject.GoldenFile(t, filepath.Join("testdata", "frames", name+".txt"), b.String())
		})
	}
}
