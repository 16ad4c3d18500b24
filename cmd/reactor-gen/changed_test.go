package main

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor/diag"
)

var diffs = []struct {
	name, text string
	want       changes
}{
	{"none", "", changes{}},
	{"a line changes", "--- a/a.go\n+++ b/a.go\n@@ -3 +3 @@ func f() {\n-old\n+new\n", changes{"a.go": {{3, 3}}}},
	{"lines are put in and taken away", "--- a/a.go\n+++ b/a.go\n@@ -0,0 +1,2 @@\n+a\n+b\n@@ -7,2 +8,0 @@\n-c\n-d\n", changes{"a.go": {{1, 2}, {8, 9}}}},
	{"lines that look like the diff's", "--- a/a.go\n+++ b/a.go\n@@ -1,2 +1,2 @@\n--- a/b.go\n-@@ -1 +1 @@\n+++ b/b.go\n+@@ -1 +1 @@\n", changes{"a.go": {{1, 2}}}},
	{"no newline at the end", "--- a/a.go\n+++ b/a.go\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n", changes{"a.go": {{1, 1}}}},
	{"a file is gone", "--- a/a.go\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n", changes{}},
	{"a file is new", "--- /dev/null\n+++ b/a.go\n@@ -0,0 +1 @@\n+a\n", changes{"a.go": {{1, 1}}}},
	{"blanks", "--- a/a b.go\t\n+++ b/a b.go\t\n@@ -1 +1 @@\n-a\n+b\n", changes{"a b.go": {{1, 1}}}},
	{"not ASCII", "+++ b/größe.go\n@@ -1 +1 @@\n-a\n+b\n", changes{"größe.go": {{1, 1}}}},
	{"quoted", "+++ \"b/gr\\303\\266\\t\\\"\\\\.go\"\n@@ -1 +1 @@\n-a\n+b\n", changes{"grö\t\"\\.go": {{1, 1}}}},
	{"CRLF", "+++ b/a.go\n@@ -1 +1 @@\n-a\r\n+b\r\n", changes{"a.go": {{1, 1}}}},
	{"only moved", "diff --git a/a.go b/b.go\nsimilarity index 100%\nrename from a.go\nrename to b.go\n", changes{}},
}

func TestReadDiff(t *testing.T) {
	for _, test := range diffs {
		t.Run(test.name, func(t *testing.T) {
			got, err := readDiff(test.text)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(test.want, got, cmp.AllowUnexported(span{})); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestReadDiffRefuses(t *testing.T) {
	for _, text := range []string{
		"@@ -1 +1 @@\n-a\n+b\n",
		"+++ c/a.go\n",
		"+++ \"b/a.go\n",
		"+++ b/a.go\n@@ -1 @@\n",
		"+++ b/a.go\n@@ -1 +x @@\n",
		"+++ b/a.go\n@@ +1 -1 @@\n",
		"+++ b/a.go\n@@ -1 +1,-2 @@\n",
		"+++ b/a.go\n@@ -1 +1 @@\n-a\n",
	} {
		if got, err := readDiff(text); !errors.Is(err, errDiff) {
			t.Errorf("%q: got %v, %v", text, got, err)
		}
	}
}

func FuzzReadDiff(f *testing.F) {
	for _, test := range diffs {
		f.Add(test.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := readDiff(text)
		if err != nil && !errors.Is(err, errDiff) {
			t.Fatal(err)
		}
		for name, spans := range got {
			for _, s := range spans {
				if name == "" || s.last < s.first {
					t.Fatalf("%q: %v", name, spans)
				}
			}
		}
	})
}

func TestTouch(t *testing.T) {
	sources := new(diag.Sources)
	src := sources.Add("a.go", []byte("package a\n\n// A is.\n//\n//reactor:model name=a\ntype A struct{}\n\nvar b int\n"))
	model := src.Range(src.Offset(5, 1), src.Offset(5, 16))
	typ := src.Range(src.Offset(6, 6), src.Offset(6, 7))
	for _, test := range []struct {
		name string
		c    changes
		at   diag.Range
		want bool
	}{
		{"another file", changes{"b.go": nil}, model, false},
		{"a new file", changes{"a.go": nil}, model, true},
		{"the file as such", changes{"a.go": {{8, 8}}}, diag.Range{File: "a.go"}, true},
		{"no file", changes{"a.go": nil}, diag.Range{}, false},
		{"its line", changes{"a.go": {{5, 5}}}, model, true},
		{"its comment", changes{"a.go": {{3, 3}}}, model, true},
		{"its declaration", changes{"a.go": {{6, 6}}}, model, true},
		{"the comment above", changes{"a.go": {{3, 3}}}, typ, true},
		{"lines around", changes{"a.go": {{1, 2}, {7, 8}}}, model, false},
		{"lines below a declaration", changes{"a.go": {{7, 8}}}, typ, false},
		{"an unknown source", changes{"c.go": {{5, 5}}}, diag.Range{File: "c.go", Line: 5}, true},
	} {
		if got := test.c.touch(sources, test.at); got != test.want {
			t.Errorf("%s: got %t", test.name, got)
		}
	}
}

func TestGitIsMissing(t *testing.T) {
	t.Setenv("PATH", "")
	if _, err := (git{dir: "."}).run(t.Context(), "version"); err == nil || err.Error() != "git is not installed, or not in PATH" {
		t.Errorf("got %v", err)
	}
}
