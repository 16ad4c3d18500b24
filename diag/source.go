package diag

import (
	"bytes"
	"sort"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

// Source is a file as it was scanned, and the arithmetic of places in it. Columns
// are bytes, counted from 1, as Go counts them, unless a name says UTF16.
type Source struct {
	// File is the path as ranges name it.
	File string

	// Text is the whole content, untouched.
	Text []byte

	starts []int // offset of the first byte of each line
}

// NewSource returns the source of a file. It keeps text.
func NewSource(file string, text []byte) *Source {
	s := &Source{File: file, Text: text, starts: []int{0}}
	for at := 0; ; {
		i := bytes.IndexByte(text[at:], '\n')
		if i < 0 {
			return s
		}
		at += i + 1
		s.starts = append(s.starts, at)
	}
}

// Lines returns how many lines there are; text after the last line end is one,
// even when it is empty.
func (s *Source) Lines() int { return len(s.starts) }

// Position returns the line and column of an offset. An offset outside of the
// text is moved to its nearest end.
func (s *Source) Position(offset int) (line, column int) {
	offset = min(max(offset, 0), len(s.Text))
	line = sort.SearchInts(s.starts, offset+1)
	return line, offset - s.starts[line-1] + 1
}

// Offset returns the offset of a line and column. A place outside of the text
// is moved to the nearest one in it.
func (s *Source) Offset(line, column int) int {
	line = min(max(line, 1), len(s.starts))
	end := len(s.Text)
	if line < len(s.starts) {
		end = s.starts[line] - 1
	}
	return min(s.starts[line-1]+max(column, 1)-1, end)
}

// Line returns the text of a line without its end, or "" when there is no such
// line.
func (s *Source) Line(line int) string {
	if line < 1 || line > len(s.starts) {
		return ""
	}
	end := len(s.Text)
	if line < len(s.starts) {
		end = s.starts[line] - 1
	}
	return string(bytes.TrimSuffix(s.Text[s.starts[line-1]:end], []byte{'\r'}))
}

// Range returns the range from offset start to offset end, exclusive.
func (s *Source) Range(start, end int) Range {
	start = min(max(start, 0), len(s.Text))
	end = min(max(end, start), len(s.Text))
	line, column := s.Position(start)
	return Range{File: s.File, Start: start, End: end, Line: line, Column: column}
}

// UTF16 returns the line and the column in UTF-16 code units, both from 1, of an
// offset. A byte order mark is not counted, as no editor counts it; a byte that
// is not UTF-8 is one unit, as it is read as U+FFFD; an offset within a character
// is that of its beginning.
func (s *Source) UTF16(offset int) (line, column int) {
	line, column = s.Position(offset)
	text := s.Text[s.starts[line-1]:]
	rest := column - 1
	if line == 1 {
		after := len(text) - len(trimMark(text))
		text, rest = text[after:], rest-after
	}
	for column = 1; len(text) > 0; {
		r, size := utf8.DecodeRune(text)
		if size > rest {
			break
		}
		column += utf16.RuneLen(r)
		text, rest = text[size:], rest-size
	}
	return line, column
}

func trimMark(text []byte) []byte { return bytes.TrimPrefix(text, []byte("\ufeff")) }

// Span is a range in all the units that outside forms count in. Lines and
// columns begin with 1, ends are exclusive.
type Span struct {
	// Start and End are byte offsets.
	Start, End int

	// Columns are bytes.
	Line, Column, EndLine, EndColumn int

	// Columns in UTF-16 code units, of the same lines.
	UTF16Column, UTF16EndColumn int
}

// Span returns a range of this file in all units. A range without a column is
// its whole line, one whose offsets are not those of its line and column is the
// empty range there.
func (s *Source) Span(r Range) Span {
	start, end := r.Start, r.End
	if line, column := s.Position(start); r.Column < 1 {
		start = s.Offset(r.Line, 1)
		end = start + len(s.Line(r.Line))
	} else if line != r.Line || column != r.Column {
		start = s.Offset(r.Line, r.Column)
		end = start
	}
	start = min(max(start, 0), len(s.Text))
	end = min(max(end, start), len(s.Text))
	p := Span{Start: start, End: end}
	p.Line, p.Column = s.Position(start)
	p.EndLine, p.EndColumn = s.Position(end)
	_, p.UTF16Column = s.UTF16(start)
	_, p.UTF16EndColumn = s.UTF16(end)
	return p
}

// Sources are the files that diagnostics point into. The zero value is empty
// and ready; it is safe for concurrent use.
type Sources struct {
	mu     sync.RWMutex
	byFile map[string]*Source
	later  map[string]func(file string) ([]byte, error) // see AddLater
}

// Add keeps the content of a file and returns its source; a file that is known
// already keeps its first content.
func (s *Sources) Add(file string, text []byte) *Source {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known, ok := s.byFile[file]; ok {
		return known
	}
	if s.byFile == nil {
		s.byFile = make(map[string]*Source)
	}
	source := NewSource(file, text)
	s.byFile[file] = source
	return source
}

// Get returns the source of a file, or nil when it is not known. Without any
// sources, which nil stands for, none is.
func (s *Sources) Get(file string) *Source {
	if s == nil {
		return nil
	}
	s.mu.RLock()
	source := s.byFile[file]
	s.mu.RUnlock()
	if source == nil {
		return s.readLater(file)
	}
	return source
}

// Span returns a range in all units, and whether it is known in them: its file
// has to be, and the range at a line of it.
func (s *Sources) Span(r Range) (Span, bool) {
	source := s.Get(r.File)
	if source == nil || r.Line < 1 {
		return Span{}, false
	}
	return source.Span(r), true
}
