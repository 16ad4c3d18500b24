package scanner

import (
	"bytes"
	"unicode/utf8"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// yamlText finds the places in a YAML file that the reader of YAML names by line and
// column. It counts characters and not bytes, leaves out a byte order mark, and ends
// lines at more than a line feed.
type yamlText struct {
	src   *diag.Source
	lines []int // where each line begins, as the reader counts them

	// The form of the file, and how many faults it has found.
	form   *config.Schema
	faults int
}

func newYAMLText(src *diag.Source) *yamlText {
	y := &yamlText{src: src, lines: []int{len(src.Text) - len(bytes.TrimPrefix(src.Text, []byte("\ufeff")))}}
	for at := y.lines[0]; at < len(src.Text); {
		size := lineBreak(src.Text[at:])
		if at += max(size, 1); size > 0 {
			y.lines = append(y.lines, at)
		}
	}
	return y
}

// lineBreak is how many bytes the end of a line has that text begins with, or 0.
func lineBreak(text []byte) int {
	for _, end := range []string{"\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029"} {
		if bytes.HasPrefix(text, []byte(end)) {
			return len(end)
		}
	}
	return 0
}

// offset is the byte at a line and column; one outside of the text is moved into it.
func (y *yamlText) offset(line, column int) int {
	at := y.lines[min(max(line, 1), len(y.lines))-1]
	for range max(column-1, 0) {
		if at >= len(y.src.Text) || lineBreak(y.src.Text[at:]) > 0 {
			break
		}
		_, size := utf8.DecodeRune(y.src.Text[at:])
		at += size
	}
	return at
}

// token is the range of a key or value at a line and column. Text is what it says; a
// plain one is as long as that on its first line.
func (y *yamlText) token(line, column int, text string) diag.Range {
	at := y.skipProperties(y.offset(line, column))
	return y.src.Range(at, at+tokenLength(y.lineFrom(at), text))
}

// lineFrom is the rest of the line at an offset.
func (y *yamlText) lineFrom(at int) []byte {
	rest := y.src.Text[min(at, len(y.src.Text)):]
	for i := range rest {
		if lineBreak(rest[i:]) > 0 {
			return rest[:i]
		}
	}
	return rest
}

// skipProperties steps over an anchor and a tag in front of a value.
func (y *yamlText) skipProperties(at int) int {
	for {
		rest := y.lineFrom(at)
		if len(rest) == 0 || rest[0] != '&' && rest[0] != '!' {
			return at
		}
		end := bytes.IndexAny(rest, " \t")
		if end < 0 {
			return at
		}
		at += end + blanks(rest[end:])
	}
}

// tokenLength is how much of a line the key or value that it begins with takes.
func tokenLength(line []byte, text string) int {
	switch {
	case len(line) == 0:
		return 0
	case line[0] == '\'' || line[0] == '"':
		return quotedLength(line)
	case line[0] == '{' || line[0] == '[':
		return flowLength(line)
	case line[0] == '|' || line[0] == '>' || line[0] == '*':
		return untilBlank(line)
	case text != "" && bytes.HasPrefix(line, []byte(text)):
		return len(text)
	}
	return plainLength(line)
}

// quotedLength is how long the text in quotes at the beginning of a line is: to the
// line's end where it goes on behind that.
func quotedLength(line []byte) int {
	quote := line[0]
	for i := 1; i < len(line); i++ {
		switch {
		case quote == '"' && line[i] == '\\':
			i++
		case line[i] == quote && quote == '\'' && i+1 < len(line) && line[i+1] == quote:
			i++
		case line[i] == quote:
			return i + 1
		}
	}
	return len(bytes.TrimRight(line, " \t"))
}

// flowLength is how long a list or mapping in brackets is, on its first line.
func flowLength(line []byte) int {
	depth := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		case '\'', '"':
			i += quotedLength(line[i:]) - 1
		}
	}
	return len(bytes.TrimRight(line, " \t"))
}

func untilBlank(line []byte) int {
	if end := bytes.IndexAny(line, " \t,]}"); end > 0 {
		return end
	}
	return len(line)
}

// plainLength is how long a text without quotes is: to the colon of a key, a comment
// or the end of the line.
func plainLength(line []byte) int {
	end := len(line)
	for _, stop := range []string{": ", ":\t", " #", "\t#"} {
		if i := bytes.Index(line, []byte(stop)); i > 0 {
			end = min(end, i)
		}
	}
	text := bytes.TrimRight(line[:end], " \t")
	return len(bytes.TrimSuffix(text, []byte(":")))
}
