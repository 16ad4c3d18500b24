package diag

import (
	"bytes"
	"slices"
	"testing"
)

// at is an edit of the file a.go.
func at(start, end int, text string) Edit {
	return Edit{Range{File: "a.go", Start: start, End: end}, text}
}

func fix(edits ...Edit) Fix { return Fix{Title: "do it", Edits: edits} }

func TestApply(t *testing.T) {
	for _, test := range []struct {
		name  string
		fixes []Fix
		want  string
		left  []int
	}{
		{"none", nil, "0123456789", nil},
		{"replace", []Fix{fix(at(2, 4, "ab"))}, "01ab456789", nil},
		{"delete and insert", []Fix{fix(at(0, 1, ""), at(10, 10, "!"))}, "123456789!", nil},
		{"in any order", []Fix{fix(at(8, 9, "x")), fix(at(1, 2, "y"))}, "0y234567x9", nil},
		{"two inserts of one fix at one place", []Fix{fix(at(5, 5, "a"), at(5, 5, "b"))}, "01234ab56789", nil},
		{"an insert of one fix before what it replaces", []Fix{fix(at(5, 6, "x"), at(5, 5, "a"))}, "01234ax6789", nil},
		{"an insert of one fix behind what it deletes", []Fix{fix(at(3, 5, ""), at(5, 5, "a"))}, "012a56789", nil},
		{"overlap", []Fix{fix(at(2, 5, "a")), fix(at(4, 6, "b"))}, "01a56789", []int{1}},
		{"inserts of two fixes at one place", []Fix{fix(at(5, 5, "a")), fix(at(5, 5, "b"))}, "01234a56789", []int{1}},
		{"equal inserts of two fixes", []Fix{fix(at(5, 5, "a")), fix(at(5, 5, "a"))}, "01234a56789", []int{1}},
		{"equal deletions of two fixes", []Fix{fix(at(3, 5, ""), at(9, 10, "x")), fix(at(3, 5, ""))}, "0125678x", nil},
		{"neighbours", []Fix{fix(at(2, 4, "a")), fix(at(4, 6, "b"))}, "01ab6789", nil},
		{"an insert where another fix deletes", []Fix{fix(at(2, 4, "")), fix(at(4, 4, "b"))}, "01456789", []int{1}},
		{"all or nothing", []Fix{fix(at(2, 5, "a")), fix(at(0, 1, "x"), at(4, 6, "b"))}, "01a56789", []int{1}},
		{"overlap within one fix", []Fix{fix(at(2, 5, "a"), at(4, 6, "b"))}, "0123456789", []int{0}},
		{"outside of the text", []Fix{fix(at(9, 11, "a"))}, "0123456789", []int{0}},
		{"backwards", []Fix{fix(at(5, 4, "a"))}, "0123456789", []int{0}},
		{"without edits", []Fix{fix()}, "0123456789", []int{0}},
		{"without a file", []Fix{fix(Edit{Text: "a"})}, "0123456789", []int{0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var sources Sources
			sources.Add("a.go", []byte("0123456789"))
			files, left := Apply(&sources, test.fixes)
			got := "0123456789"
			if len(files) > 0 {
				got = string(files[0].After)
			}
			if got != test.want || !slices.Equal(left, test.left) || len(files) > 1 {
				t.Errorf("got %q, left %v; want %q, left %v", got, left, test.want, test.left)
			}
		})
	}
}

func TestApplyToSeveralFiles(t *testing.T) {
	var sources Sources
	sources.Add("b.go", []byte("b"))
	sources.Add("a.go", []byte("a"))
	files, left := Apply(&sources, []Fix{fix(
		Edit{Range{File: "b.go", Start: 0, End: 1}, "B"},
		Edit{Range{File: "new.yaml"}, "fps: 30\n"},
		Edit{Range{File: "a.go", Start: 1, End: 1}, "A"},
	)})
	want := []Patched{{"a.go", []byte("a"), []byte("aA")}, {"b.go", []byte("b"), []byte("B")}, {"new.yaml", nil, []byte("fps: 30\n")}}
	if len(left) > 0 || !slices.EqualFunc(files, want, func(a, b Patched) bool {
		return a.File == b.File && bytes.Equal(a.Before, b.Before) && (a.Before == nil) == (b.Before == nil) && bytes.Equal(a.After, b.After)
	}) {
		t.Errorf("got %v, left %v", files, left)
	}
}

// FuzzApply applies edits that bytes describe, three to an edit: how far it is
// from the one before, how much it replaces, and by how much.
func FuzzApply(f *testing.F) {
	f.Add([]byte("package a\n"), []byte{1, 2, 3, 4, 0, 1})
	f.Add([]byte(""), []byte{0, 0, 9})
	f.Add([]byte("a\r\nb"), []byte{1, 2, 0, 1, 1, 200})
	f.Fuzz(func(t *testing.T, text, numbers []byte) {
		var sources Sources
		sources.Add("a.go", text)
		var fixes []Fix
		length, place := len(text), 0
		for ; len(numbers) >= 3; numbers = numbers[3:] {
			start := place + 1 + int(numbers[0])
			end := start + int(numbers[1])
			if end > len(text) {
				break
			}
			fixes = append(fixes, fix(at(start, end, string(bytes.Repeat([]byte("x"), int(numbers[2]))))))
			length += int(numbers[2]) - (end - start)
			place = end
		}
		slices.Reverse(fixes)
		files, left := Apply(&sources, fixes)
		if len(left) > 0 {
			t.Fatalf("left %v of %v", left, fixes)
		}
		if len(files) > 0 && len(files[0].After) != length {
			t.Fatalf("%d bytes, want %d", len(files[0].After), length)
		}
	})
}

// FuzzApplyAnything applies edits that may overlap and lie anywhere: each is done
// whole or left, and what is left does not touch what is kept.
func FuzzApplyAnything(f *testing.F) {
	f.Add([]byte("0123456789"), []byte{1, 3, 2, 4, 200, 100})
	f.Fuzz(func(t *testing.T, text, numbers []byte) {
		var sources Sources
		sources.Add("a.go", text)
		var fixes []Fix
		for ; len(numbers) >= 2; numbers = numbers[2:] {
			fixes = append(fixes, fix(at(int(int8(numbers[0])), int(int8(numbers[1])), "<>")))
		}
		files, left := Apply(&sources, fixes)
		again, leftAgain := Apply(&sources, fixes)
		if len(files) != len(again) || !slices.Equal(left, leftAgain) || len(files) > 0 && !bytes.Equal(files[0].After, again[0].After) {
			t.Fatal("two runs differ")
		}
		kept, length := make(map[Edit]bool), len(text)
		for i, f := range fixes {
			e := f.Edits[0]
			if slices.Contains(left, i) || kept[e] {
				continue
			}
			kept[e] = true
			length += len(e.Text) - (e.Range.End - e.Range.Start)
		}
		got := len(text)
		if len(files) > 0 {
			got = len(files[0].After)
		}
		if got != length {
			t.Fatalf("%d bytes, want %d; kept %v", got, length, kept)
		}
	})
}
