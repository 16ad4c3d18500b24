package diag

import (
	"strings"
	"testing"
	"unicode/utf16"
)

func TestSourcePositions(t *testing.T) {
	s := NewSource("a.go", []byte("one\r\n\ttwo é\n\nlast"))
	for _, test := range []struct{ offset, line, column int }{
		{0, 1, 1}, {3, 1, 4}, {4, 1, 5}, {5, 2, 1}, {6, 2, 2}, {12, 2, 8}, {13, 3, 1}, {14, 4, 1}, {18, 4, 5},
	} {
		if line, column := s.Position(test.offset); line != test.line || column != test.column {
			t.Errorf("Position(%d) = %d:%d, want %d:%d", test.offset, line, column, test.line, test.column)
		}
		if offset := s.Offset(test.line, test.column); offset != test.offset {
			t.Errorf("Offset(%d, %d) = %d, want %d", test.line, test.column, offset, test.offset)
		}
	}
	for line, want := range []string{"", "one", "\ttwo é", "", "last", ""} {
		if got := s.Line(line); got != want {
			t.Errorf("Line(%d) = %q, want %q", line, got, want)
		}
	}
}

func TestSourceOutside(t *testing.T) {
	s := NewSource("a.go", []byte("ab\ncd"))
	for _, test := range []struct{ line, column, want int }{{0, 0, 0}, {1, 99, 2}, {9, 1, 3}, {9, 99, 5}, {-1, -1, 0}} {
		if got := s.Offset(test.line, test.column); got != test.want {
			t.Errorf("Offset(%d, %d) = %d, want %d", test.line, test.column, got, test.want)
		}
	}
	if got, want := s.Range(99, 1), (Range{"a.go", 5, 5, 2, 3}); got != want {
		t.Errorf("Range(99, 1) = %v, want %v", got, want)
	}
}

func TestSourcesKeepTheFirst(t *testing.T) {
	var all Sources
	first := all.Add("a.go", []byte("one"))
	if again := all.Add("a.go", []byte("two")); again != first || all.Get("a.go") != first {
		t.Error("a second Add replaced the source")
	}
	if all.Get("b.go") != nil {
		t.Error("a source that nobody added")
	}
}

func TestSourceUTF16(t *testing.T) {
	s := NewSource("a.go", []byte("\ufeffé😀x\r\n\tend\xff!"))
	for _, test := range []struct{ offset, line, column int }{
		{0, 1, 1}, {1, 1, 1}, {3, 1, 1}, {5, 1, 2}, {7, 1, 2}, {9, 1, 4}, {10, 1, 5}, {11, 1, 6},
		{12, 2, 1}, {13, 2, 2}, {16, 2, 5}, {17, 2, 6}, {18, 2, 7}, {99, 2, 7}, {-1, 1, 1},
	} {
		if line, column := s.UTF16(test.offset); line != test.line || column != test.column {
			t.Errorf("UTF16(%d) = %d:%d, want %d:%d", test.offset, line, column, test.line, test.column)
		}
	}
}

func TestSourceSpan(t *testing.T) {
	s := NewSource("a.go", []byte("é one\r\ntwo😀\n"))
	for name, test := range map[string]struct {
		r    Range
		want Span
	}{
		"within a line":        {s.Range(3, 6), Span{3, 6, 1, 4, 1, 7, 3, 6}},
		"over lines":           {s.Range(3, 15), Span{3, 15, 1, 4, 2, 8, 3, 6}},
		"a whole line":         {Range{File: "a.go", Line: 2}, Span{8, 15, 2, 1, 2, 8, 1, 6}},
		"a whole line with CR": {Range{File: "a.go", Line: 1}, Span{0, 6, 1, 1, 1, 7, 1, 6}},
		"a place":              {Range{File: "a.go", Line: 1, Column: 4}, Span{3, 3, 1, 4, 1, 4, 3, 3}},
		"behind the end":       {Range{File: "a.go", Line: 9, Column: 9, Start: 90, End: 99}, Span{16, 16, 3, 1, 3, 1, 1, 1}},
		"the end first":        {Range{File: "a.go", Line: 1, Column: 4, Start: 3, End: 1}, Span{3, 3, 1, 4, 1, 4, 3, 3}},
	} {
		if got := s.Span(test.r); got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

func TestSourcesSpan(t *testing.T) {
	var none *Sources
	if _, ok := none.Span(Range{File: "a.go", Line: 1, Column: 1}); ok {
		t.Error("a span without sources")
	}
	var all Sources
	all.Add("a.go", []byte("x"))
	for r, want := range map[Range]bool{
		{}:                                 false,
		{File: "a.go"}:                     false,
		{File: "b.go", Line: 1, Column: 1}: false,
		{File: "a.go", Line: 1}:            true,
		{File: "a.go", Line: 1, Column: 1, End: 1}: true,
	} {
		if _, ok := all.Span(r); ok != want {
			t.Errorf("%v: %t", r, ok)
		}
	}
}

// FuzzSpan holds the conversions to what the text itself says of them.
func FuzzSpan(f *testing.F) {
	f.Add("é😀\r\n\ufeff", 1, 7)
	f.Add("\ufeffa\xff", 0, 9)
	f.Add("", -1, 1)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		s := NewSource("a", []byte(text))
		p := s.Span(s.Range(start, end))
		if p.Start < 0 || p.End < p.Start || p.End > len(text) {
			t.Fatalf("%+v of %d bytes", p, len(text))
		}
		for _, at := range []struct{ offset, line, column, utf16 int }{
			{p.Start, p.Line, p.Column, p.UTF16Column}, {p.End, p.EndLine, p.EndColumn, p.UTF16EndColumn},
		} {
			before := text[:at.offset]
			if want := strings.Count(before, "\n") + 1; at.line != want {
				t.Fatalf("offset %d is in line %d, want %d", at.offset, at.line, want)
			}
			inLine := before[strings.LastIndexByte(before, '\n')+1:]
			if want := len(inLine) + 1; at.column != want {
				t.Fatalf("offset %d is in column %d, want %d", at.offset, at.column, want)
			}
			if at.line == 1 {
				inLine = strings.TrimPrefix(inLine, "\ufeff")
			}
			units := len(utf16.Encode([]rune(inLine))) + 1
			if at.utf16 > units || at.utf16 < units-3 {
				t.Fatalf("offset %d is in UTF-16 column %d, want %d, or less within a character", at.offset, at.utf16, units)
			}
			if strings.ToValidUTF8(text, "") == text && strings.ToValidUTF8(inLine, "") == inLine && at.utf16 != units {
				t.Fatalf("offset %d is in UTF-16 column %d, want %d", at.offset, at.utf16, units)
			}
		}
	})
}

func FuzzSource(f *testing.F) {
	f.Add("a\nb\r\n\n", 3)
	f.Add("", 0)
	f.Add("\xff\xfe\n", -5)
	f.Fuzz(func(t *testing.T, text string, offset int) {
		s := NewSource("a", []byte(text))
		line, column := s.Position(offset)
		back := s.Offset(line, column)
		if want := min(max(offset, 0), len(text)); back != want {
			t.Fatalf("%d is %d:%d, which is %d, want %d", offset, line, column, back, want)
		}
		if line < 1 || line > s.Lines() {
			t.Fatalf("line %d of %d", line, s.Lines())
		}
	})
}
