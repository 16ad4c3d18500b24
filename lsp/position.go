package lsp

import (
	"bytes"
	"sort"
	"unicode/utf16"
	"unicode/utf8"
)

// encoding is the unit in which characters of a line are counted. UTF-16 is what
// each client can do; with UTF-8 there is nothing to count.
type encoding string

const (
	inUTF8  encoding = "utf-8"
	inUTF16 encoding = "utf-16"
)

// choose returns the encoding to speak, of those that a client can.
func choose(offered []string) encoding {
	for _, one := range offered {
		if encoding(one) == inUTF8 {
			return inUTF8
		}
	}
	return inUTF16
}

// lines is a text with the offsets at which its lines begin. A line ends with LF,
// CR LF or CR.
type lines struct {
	text     []byte
	starts   []int
	encoding encoding
}

func newLines(text []byte, e encoding) *lines {
	l := &lines{text, append(make([]int, 0, 1+bytes.Count(text, []byte("\n"))), 0), e}
	for at := 0; ; {
		i := bytes.IndexAny(text[at:], "\r\n")
		if i < 0 {
			return l
		}
		at += i + 1
		if text[at-1] == '\r' && at < len(text) && text[at] == '\n' {
			at++
		}
		l.starts = append(l.starts, at)
	}
}

// line is the text of a line without its end.
func (l *lines) line(n int) []byte {
	end := len(l.text)
	if n+1 < len(l.starts) {
		end = l.starts[n+1]
	}
	return bytes.TrimRight(l.text[l.starts[n]:end], "\r\n")
}

// offset returns the offset of a position. One outside of the text is moved to the
// nearest in it, one within a character to its beginning.
func (l *lines) offset(p position) int {
	switch {
	case p.Line < 0:
		return 0
	case p.Line >= len(l.starts):
		return len(l.text)
	}
	at, rest := l.starts[p.Line], p.Character
	for line := l.line(p.Line); len(line) > 0; {
		r, size := utf8.DecodeRune(line)
		if rest -= l.units(r, size); rest < 0 {
			break
		}
		at, line = at+size, line[size:]
	}
	return at
}

// position returns the position of an offset in the text. One behind the last
// character of its line is that of the line's end.
func (l *lines) position(offset int) position {
	offset = min(max(offset, 0), len(l.text))
	p := position{Line: sort.SearchInts(l.starts, offset+1) - 1}
	line := l.line(p.Line)
	for rest := min(offset-l.starts[p.Line], len(line)); rest > 0; {
		r, size := utf8.DecodeRune(line)
		if rest -= size; rest < 0 {
			break
		}
		p.Character += l.units(r, size)
		line = line[size:]
	}
	return p
}

// units is how much of its line a character takes.
func (l *lines) units(r rune, size int) int {
	if l.encoding == inUTF8 {
		return size
	}
	return utf16.RuneLen(r)
}

func (l *lines) textRange(start, end int) textRange {
	return textRange{l.position(start), l.position(end)}
}
