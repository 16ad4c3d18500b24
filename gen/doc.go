package gen

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/reactorgen/reactor/scanner"
)

// docWidth is how many characters a line of a generated comment has at most.
const docWidth = 76

// docOf is what a generated client says of a value: the author's description with
// the limits that its type does not show; and, a line each, the pattern and the
// default.
func docOf(v scanner.Value) (text string, lines []string) {
	sentences := []string{sentence(v.Description), sentence(strings.Join(limitsOf(v), ", "))}
	if v.Kind == scanner.KindInteger && v.Named == durationType {
		sentences = append(sentences, "In nanoseconds.")
	}
	if v.Pattern != "" {
		lines = append(lines, "Matches: "+v.Pattern)
	}
	if v.Default != "" {
		lines = append(lines, "Default: "+defaultOf(v))
	}
	return strings.TrimSpace(strings.Join(sentences, " ")), lines
}

// durationType is sent as a number of nanoseconds, as encoding/json writes it, and
// taken as one of seconds.
var durationType = scanner.TypeName{Package: scanner.Package{Path: "time", Name: "time"}, Name: "Duration"}

// sentence ends a text with a full stop and begins it with a capital.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	text = upperFirst(text)
	if last := text[len(text)-1]; last < 0x80 && (unicode.IsLetter(rune(last)) || unicode.IsDigit(rune(last)) || last == ')') {
		return text + "."
	}
	return text
}

// limitsOf is the limits of a value in words.
func limitsOf(v scanner.Value) (limits []string) {
	unit := ""
	if v.Kind == scanner.KindDuration {
		unit = " seconds"
	}
	add := func(words, limit string) {
		if limit != "" {
			limits = append(limits, words+number10(limit)+unit)
		}
	}
	add("more than ", v.ExclusiveMin)
	limits = append(limits, interval(number10(v.Min), number10(v.Max), unit)...)
	add("less than ", v.ExclusiveMax)
	add("a multiple of ", v.MultipleOf)
	what := map[scanner.ParamKind]string{scanner.KindString: " characters", scanner.KindList: " items", scanner.KindMap: " members"}[v.Kind]
	if what == "" || v.Length > 0 {
		return limits
	}
	return append(limits, interval(length(v.MinLen), length(v.MaxLen), what)...)
}

// interval is the words for limits of which each may be missing.
func interval(least, most, unit string) []string {
	switch {
	case least == "" && most == "":
		return nil
	case least == "":
		return []string{"at most " + most + unit}
	case most == "":
		return []string{"at least " + least + unit}
	}
	return []string{least + " to " + most + unit}
}

// length is a limit of a length, or empty where there is none.
func length(n int) string {
	if n < 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// number10 writes a number without an exponent, where it has a sane size.
func number10(text string) string {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || !strings.ContainsAny(text, ".eE") || f > 1e15 || f < -1e15 {
		return text
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// wrap breaks a text into lines of words. What does not print is escaped.
func wrap(text string, width int) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		word = visible(word)
		if line != "" && len(line)+1+len(word) > width {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// visible returns a word with escapes for what does not print.
func visible(word string) string {
	var b strings.Builder
	for _, r := range word {
		if unicode.IsPrint(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}
