package diag

import "testing"

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
