package scanner

import (
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/reactorgen/reactor/diag"
)

// TestSearchSeesThroughBrokenCode holds the search to its promise: what is
// broken above a directive does not hide it, and text in a string is none.
func TestSearchSeesThroughBrokenCode(t *testing.T) {
	const directive = "//reactor:model name=a\ntype A struct{}\n"
	for _, test := range []struct {
		name, text string
		want       int
	}{
		{"good", "package a\n" + directive, 1},
		{"unclosed brace", "package a\nfunc f() {\n" + directive, 1},
		{"unclosed parenthesis", "package a\nfunc f(\n" + directive, 1},
		{"no package clause", directive, 1},
		{"curly quote", "package a\nconst s = “x”\n" + directive, 1},
		{"merge conflict", "package a\n<<<<<<< HEAD\n" + directive + "=======\n" + directive + ">>>>>>> theirs\n", 2},
		{"unterminated raw string", "package a\nconst s = `x\n" + directive, 0},
		{"unterminated comment", "package a\n/* x\n" + directive, 0},
		{"good raw string", "package a\nconst s = `\n" + directive + "`\n", 0},
		{"byte order mark", "\uFEFFpackage a\n" + directive, 1},
		{"line comment", "package a\n//line other.go:99\n" + directive, 1},
		{"zero bytes", "package a\n\x00\n" + directive, 1},
	} {
		src := diag.NewSource("a.go", []byte(test.text))
		in := search(src)
		if len(in.directives) != test.want {
			t.Errorf("%s: found %d, want %d", test.name, len(in.directives), test.want)
		}
		for _, d := range in.directives {
			if got := test.text[d.Range.Start:d.Range.End]; got != "//reactor:model name=a" {
				t.Errorf("%s: range is %q", test.name, got)
			}
		}
	}
}

// TestEveryTypingErrorIsNoticed makes every directive wrong by one and by two
// edits anywhere in its name.
func TestEveryTypingErrorIsNoticed(t *testing.T) {
	for _, verb := range knownVerbs() {
		wrong := edits("reactor:" + verb)
		for _, once := range edits("reactor:" + verb) {
			wrong = append(wrong, edits(once)...)
		}
		for _, name := range wrong {
			// A second colon inside of the first word is more than a slip.
			if name == "reactor:"+verb || strings.HasPrefix(name, "reacto:r:") {
				continue
			}
			line := "//" + name + " name=a"
			in := search(diag.NewSource("a.go", []byte("package a\n"+line+"\ntype A struct{}\n")))
			if len(in.misses) != 1 && (len(in.directives) != 1 || !isVerb(in.directives[0].Verb)) {
				t.Errorf("%q is neither honoured nor noticed", line)
			}
			if len(in.misses) == 1 && !mayHold([]byte(line)) {
				t.Errorf("%q is not even searched for", line)
			}
		}
	}
}

// TestQuoteInDirective puts a quotation mark anywhere into a directive's name.
func TestQuoteInDirective(t *testing.T) {
	for _, verb := range knownVerbs() {
		name := "reactor:" + verb
		for at := range len(name) {
			line := "//" + name[:at] + `"` + name[at:] + " name=a"
			in := search(diag.NewSource("a.go", []byte("package a\n"+line+"\ntype A struct{}\n")))
			if len(in.misses) != 1 || !mayHold([]byte(line)) {
				t.Errorf("%s is not noticed", line)
			}
		}
	}
}

// edits returns word with each letter removed, doubled, replaced, capital, and
// swapped with the next.
func edits(word string) (all []string) {
	for i := range word {
		before, letter, after := word[:i], word[i:i+1], word[i+1:]
		all = append(all, before+after, before+letter+letter+after, before+"q"+after, before+strings.ToUpper(letter)+after)
		if after != "" {
			all = append(all, before+after[:1]+letter+after[1:])
		}
	}
	return all
}

func TestProseIsNoDirective(t *testing.T) {
	for _, line := range []string{
		"// reactor:model is a directive",
		"// The reactor: model first",
		"// reactor models, reactor.Models and = signs",
		"//	//reactor:model name=x",
		"// factor:model name is x",
		"//go:generate go tool reactor-gen generate",
		"// reaction: modern times",
		"// https://reactor.model/x?y=1",
		"/* reactor: a model with commands */",
		"//nolint:reactor",
	} {
		src := diag.NewSource("a.go", []byte("package a\n"+line+"\n"))
		if in := search(src); len(in.misses) > 0 || len(in.directives) > 0 {
			t.Errorf("%q is taken for %+v", line, in)
		}
	}
}

// FuzzSearch puts any bytes through the token stage, and through the syntax
// error that they may be.
func FuzzSearch(f *testing.F) {
	paths, err := filepath.Glob("../testdata/projects/*.txtar")
	if err != nil || len(paths) == 0 {
		f.Fatal("no projects", err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".go") {
				f.Add(file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		src := diag.NewSource("a.go", text)
		in := search(src)
		for _, m := range in.misses {
			if m.from < 0 || m.to < m.from || m.at+m.to > len(text) {
				t.Fatalf("miss %+v outside of %d bytes", m, len(text))
			}
		}
		if len(in.directives)+len(in.misses) > 0 && !mayHold(text) {
			t.Fatal("a directive in a file that mayHold rules out")
		}
		parsed := &file{path: "a.go", src: src, directives: in.directives}
		parsed.parse(token.NewFileSet())
		if len(parsed.broken) > 0 {
			parsed.syntaxError()
		}
		s := &scan{result: &Result{Diagnostics: new(diag.List), Sources: new(diag.Sources)}, tree: new(tree)}
		s.place(parsed, in.directives)
	})
}
