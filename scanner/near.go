package scanner

import (
	"bytes"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reactorgen/reactor/diag"
)

// miss is a comment that was meant as a directive and is none.
type miss struct {
	verb     string // what was meant, or empty
	found    string // what stands in its place, such as "// reactor:model"
	rest     string // what follows that
	from, to int    // the offending part, in bytes from the comment's start

	// form is what is wrong with the form; zero means that the spelling is wrong.
	form diag.Form
}

// longest is how much of a line mayHold looks at: more than anyone writes.
const longest = 1000

// mayHold tells whether a file may hold a directive or something that was meant
// as one. It is the cheap question that spares most files the rest.
func mayHold(text []byte) bool {
	if bytes.Contains(text, []byte(prefix[len("//"):])) && barePrefix().Match(text) {
		return true
	}
	for at := 0; ; {
		i := bytes.IndexByte(text[at:], '/')
		if i < 0 || at+i+2 > len(text) {
			return false
		}
		at += i
		if text[at+1] != '/' && text[at+1] != '*' {
			at++
			continue
		}
		line := text[at:min(at+longest, len(text))]
		if end := bytes.IndexByte(line, '\n'); end >= 0 {
			line = line[:end]
		}
		if isDirective(line) || resembles(line) && nearMiss(string(line)) != nil {
			return true
		}
		at += 2
	}
}

// barePrefix is a line that looks like a directive without its slashes, as it may
// stand in a block comment.
var barePrefix = pattern(`(?m)^[ \t]*(?:\*+[ \t]*)?reactor:(?:model|command|message|track|param)[ \t]`)

// resembles tells whether the first word of a comment has most of the letters of
// "reactor", as whatever is two edits away from it has.
func resembles(comment []byte) bool {
	word := bytes.TrimPrefix(bytes.TrimLeft(comment[2:], " \t"), []byte("go:"))
	letters := 0
	for _, c := range word {
		lower := c | 0x20
		if c < utf8.RuneSelf && c != '"' && (lower < 'a' || lower > 'z') {
			break
		}
		if i := strings.IndexByte("reacto", lower); i >= 0 {
			letters |= 1 << i
		}
	}
	return bits.OnesCount(uint(letters)) >= len("reacto")-2
}

// isDirective tells whether a comment is in the form of a directive, whatever
// its verb.
func isDirective(comment []byte) bool { return bytes.HasPrefix(comment, []byte(prefix)) }

// nearMiss returns how a comment misses being a directive that it was meant as,
// or nil. Prose that mentions one is not meant as one: what stands behind it
// must look like arguments, the more so the more is wrong.
func nearMiss(comment string) *miss {
	w := wordsOf(comment)
	if w == nil {
		return nil
	}
	verb := nearVerb(strings.ToLower(w.verb))
	if verb == "" {
		return nil
	}
	m := &miss{verb: verb, found: comment[:w.verbAt+len(w.verb)], rest: strings.TrimSpace(w.rest)}
	faults := w.faults(m, verb)
	hasKey := keyValue().MatchString(m.rest) || verb == "ignore" && codeFirst().MatchString(m.rest)
	isName := verb != "model" && len(strings.Fields(m.rest)) == 1
	if faults == 0 || !hasKey && (faults > 1 || m.rest != "" && !isName) {
		return nil
	}
	return m
}

var keyValue = pattern("(^|[ \t,\"`])[A-Za-z_]+=[^ \t=]")

// codeFirst is how what an ignore directive takes begins.
var codeFirst = pattern(`^[Rr][Gg][0-9]`)

// meant is the directive as it should have been written.
func (m *miss) meant() string {
	rest := strings.TrimLeft(m.rest, ",.;:-= \t")
	return strings.TrimSpace(prefix + m.verb + " " + rest)
}

// words are the parts of a comment that may have been meant as a directive.
type words struct {
	block, goPrefix         bool
	tool, verb, rest        string
	space, colon            string // what stands before the tool and before the verb
	toolAt, colonAt, verbAt int
}

// wordsOf takes a comment apart, or returns nil when its first word is not
// close enough to ours.
func wordsOf(comment string) *words {
	w := &words{block: strings.HasPrefix(comment, "/*")}
	if w.block {
		comment = comment[:2] + strings.TrimSuffix(comment[2:], "*/")
	}
	at := 2
	take := func(ok func(rune) bool) string {
		start := at
		for _, r := range comment[start:] {
			if !ok(r) {
				break
			}
			at += len(string(r))
		}
		return comment[start:at]
	}
	blank := func(r rune) bool { return r == ' ' || r == '\t' }
	w.space = take(blank)
	if strings.HasPrefix(comment[at:], "go:") {
		w.goPrefix, at = true, at+3
	}
	w.toolAt = at
	w.tool = take(func(r rune) bool { return unicode.IsLetter(r) || r == '"' })
	if verb := joinedVerb(w.tool); verb != "" {
		w.tool = strings.TrimSuffix(w.tool, verb)
		at -= len(verb)
	}
	if len(w.tool) < 5 || len(w.tool) > 9 || !within([]rune(strings.ToLower(w.tool)), []rune("reactor"), 2) {
		return nil
	}
	w.colonAt = at
	w.colon = take(func(r rune) bool { return blank(r) || strings.ContainsRune(":.=/-+@", r) })
	w.verbAt = at
	w.verb = take(unicode.IsLetter)
	w.rest = strings.TrimRight(comment[at:], "\r\n")
	return w
}

// joinedVerb returns the verb that a word ends in, as in reactormodel, or what
// was meant as one, as in reactormodle, or "".
func joinedVerb(word string) string {
	for _, verb := range knownVerbs() {
		if at := len(word) - len(verb); at >= 5 && strings.EqualFold(word[at:], verb) {
			return word[at:]
		}
	}
	if len(word) < len("reactor") {
		return ""
	}
	letters := []rune(strings.ToLower(word))
	for _, at := range []int{7, 6, 8} {
		if at >= len(letters) || !within(letters[:at], []rune("reactor"), 1) {
			continue
		}
		for _, verb := range knownVerbs() {
			if within(letters[at:], []rune(verb), 1) {
				return string([]rune(word)[at:])
			}
		}
	}
	return ""
}

// faults counts what is wrong and describes the first on m, form before
// spelling.
func (w *words) faults(m *miss, verb string) (count int) {
	note := func(wrong bool, form diag.Form, from, to int) {
		if !wrong {
			return
		}
		if count++; count == 1 {
			m.form, m.from, m.to = form, from, to
		}
	}
	after := w.verbAt + len(w.verb)
	note(w.block, diag.BlockComment, 0, 2)
	note(w.space != "", diag.SpaceAfterSlashes, 2, 2+len(w.space))
	note(w.goPrefix, diag.GoPrefix, w.toolAt-3, w.toolAt)
	note(w.colon != ":", diag.NoPlainColon, w.colonAt, max(w.verbAt, w.colonAt+1))
	note(w.rest != "" && !isBlank(w.rest[0]), diag.NoBlankAfterVerb, after, after+1)
	note(w.tool != "reactor", 0, w.toolAt, w.toolAt+len(w.tool))
	note(w.verb != verb, 0, w.verbAt, after)
	return count
}

// nearVerb returns the verb that word was probably meant as, or "".
func nearVerb(word string) string {
	for edits := range 3 {
		for _, verb := range knownVerbs() {
			if within([]rune(word), []rune(verb), edits) {
				return verb
			}
		}
	}
	return ""
}

// within tells whether at most that many edits (insertion, removal,
// replacement, swap of neighbours) make b of a.
func within(a, b []rune, edits int) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	switch {
	case len(a) == 0 && len(b) == 0:
		return true
	case edits == 0:
		return false
	case len(a) == 0 || len(b) == 0:
		return len(a)+len(b) <= edits
	}
	return within(a[1:], b[1:], edits-1) || within(a[1:], b, edits-1) || within(a, b[1:], edits-1) ||
		swapped(a, b, edits) || swapped(b, a, edits)
}

// swapped tells whether a begins with b's first letters in the other order,
// perhaps with one of b's lost between them, and the rest is within the edits
// that are left.
func swapped(a, b []rune, edits int) bool {
	if len(a) < 2 || len(b) < 2 || a[1] != b[0] {
		return false
	}
	return a[0] == b[1] && within(a[2:], b[2:], edits-1) ||
		edits > 1 && len(b) > 2 && a[0] == b[2] && within(a[2:], b[3:], edits-2)
}
