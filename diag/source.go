package diag

import (
	"bytes"
	"sort"
	"sync"
)

// Source is a file as it was scanned, and the arithmetic of places in it. All
// columns are bytes, counted from 1, as Go counts them.
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

// Sources are the files that diagnostics point into. The zero value is empty
// and ready; it is safe for concurrent use.
type Sources struct {
	mu     sync.RWMutex
	byFile map[string]*Source
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

// Get returns the source of a file, or nil when it is not known.
func (s *Sources) Get(file string) *Source {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.byFile[file]
}
