package scanner

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/reactorgen/reactor/diag"
)

// replace is the edit that puts text in the place of a range.
func replace(at diag.Range, text string) diag.Edit { return diag.Edit{Range: at, Text: text} }

// lineEnd is how the lines of a source end: as its first one does.
func lineEnd(src *diag.Source) string {
	if i := bytes.IndexByte(src.Text, '\n'); i > 0 && src.Text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// lineStart is the offset at which a line begins, or the end of the text when
// there is no such line.
func lineStart(src *diag.Source, line int) int {
	if line > src.Lines() {
		return len(src.Text)
	}
	return src.Offset(line, 1)
}

// isEmptyLine tells whether a source has a line and there is nothing on it.
func isEmptyLine(src *diag.Source, line int) bool {
	return line >= 1 && line <= src.Lines() && strings.TrimSpace(src.Line(line)) == ""
}

// relined is the edit that makes the lines after of the lines before, which begin
// with line first of a source; ok is false when they are the same. It touches
// only what differs.
func relined(src *diag.Source, first int, before, after []string) (e diag.Edit, ok bool) {
	head := 0
	for head < len(before) && head < len(after) && before[head] == after[head] {
		head++
	}
	tail := 0
	for tail < len(before)-head && tail < len(after)-head && before[len(before)-1-tail] == after[len(after)-1-tail] {
		tail++
	}
	if head == len(before) && head == len(after) {
		return e, false
	}
	var text strings.Builder
	for _, line := range after[head : len(after)-tail] {
		text.WriteString(line + lineEnd(src))
	}
	start, end := lineStart(src, first+head), lineStart(src, first+len(before)-tail)
	return tight(src, start, end, text.String()), true
}

// tight is the edit that puts text in the place of a part of a source, without
// what both begin and end with.
func tight(src *diag.Source, start, end int, text string) diag.Edit {
	old := string(src.Text[start:end])
	for len(old) > 0 && len(text) > 0 {
		r, size := utf8.DecodeRuneInString(old)
		if other, same := utf8.DecodeRuneInString(text); other != r || same != size {
			break
		}
		old, text, start = old[size:], text[size:], start+size
	}
	for len(old) > 0 && len(text) > 0 {
		r, size := utf8.DecodeLastRuneInString(old)
		if other, same := utf8.DecodeLastRuneInString(text); other != r || same != size {
			break
		}
		old, text, end = old[:len(old)-size], text[:len(text)-size], end-size
	}
	return diag.Edit{Range: src.Range(start, end), Text: text}
}

// dropArg is the edit that takes an argument off its directive, with the blanks
// before it.
func dropArg(src *diag.Source, arg *Arg) diag.Edit {
	start := arg.Range.Start
	for start > 0 && isBlank(src.Text[start-1]) {
		start--
	}
	return replace(src.Range(start, arg.Range.End), "")
}

// dropItem is the edit that takes an item off its list, with one comma.
func dropItem(src *diag.Source, arg *Arg, item Item) diag.Edit {
	first, start, end := arg.ValueRange.Start, item.Range.Start, item.Range.End
	if open := arg.KeyRange.End + len("="); src.Text[open] == '[' {
		first = open + 1
	}
	if start > first && end < arg.Range.End && src.Text[start-1] == src.Text[end] && strings.IndexByte("\"`", src.Text[end]) >= 0 {
		start, end = start-1, end+1
	}
	before := start
	for before > first && isBlank(src.Text[before-1]) {
		before--
	}
	if before > first && src.Text[before-1] == ',' {
		return replace(src.Range(before-1, end), "")
	}
	last := arg.Range.End
	after := end + blanks(src.Text[end:last])
	if after < last && src.Text[after] == ',' {
		end = after + 1 + blanks(src.Text[after+1:last])
	}
	return replace(src.Range(start, end), "")
}

// blanks counts the blanks that a text begins with.
func blanks(text []byte) int { return len(text) - len(bytes.TrimLeft(text, " \t")) }

// quote writes a value of a directive so that it is read as it is: bare where
// that does.
func quote(value string) string {
	if value != "" && !strings.ContainsAny(value, " \t\"`,[]\\") && !strings.HasPrefix(value, "//") {
		return value
	}
	if !strings.ContainsAny(value, "\"\\") {
		return `"` + value + `"`
	}
	return jsonString(value)
}

// revalued is the edit that gives an argument another value.
func revalued(arg *Arg, value string) diag.Edit {
	text := quote(value)
	if arg.Key != "" {
		text = arg.Key + "=" + text
	}
	return replace(arg.Range, text)
}
