package mutate

import (
	"math/rand/v2"
	"strings"
)

// breakage is one way to break a project.
type breakage struct {
	name string

	// always tells that the model is broken whenever apply succeeds. Otherwise
	// the oracle has to judge.
	always bool

	// apply breaks the project, or returns false when it has nothing of the kind.
	apply func(*mutation) bool
}

// mutation is a project that is being broken, and where.
type mutation struct {
	*rand.Rand
	*project

	file string // that was broken
	line int    // of it, 0 when none was
	note string // what was done
}

// breakages are all ways to break a project.
func breakages() []breakage {
	var all []breakage
	all = append(all, directiveBreakages()...)
	all = append(all, placeBreakages()...)
	all = append(all, codeBreakages()...)
	all = append(all, methodBreakages()...)
	return append(all, fileBreakages()...)
}

// splice replaces a part of a file.
func (m *mutation) splice(path string, from, to int, with string) bool {
	text := m.files[path]
	m.file, m.line = path, 1+strings.Count(text[:from], "\n")
	if m.note == "" {
		m.note = quote(text[from:to]) + " -> " + quote(with)
	}
	m.files[path] = text[:from] + with + text[to:]
	return m.files[path] != text
}

// quote shows a text, if need be only its beginning.
func quote(text string) string {
	if len(text) > 80 {
		text = text[:80] + "..."
	}
	return "`" + strings.ReplaceAll(text, "\n", "\\n") + "`"
}

// pick returns one of some, or the zero value when there is none.
func pick[T any](m *mutation, from []T) (one T) {
	if len(from) > 0 {
		one = from[m.IntN(len(from))]
	}
	return one
}

// someCode is a Go file of the model's package, the model's own most often.
func (m *mutation) someCode() string {
	if m.IntN(3) > 0 {
		return m.model
	}
	return pick(m, m.code())
}

// typo makes the given number of typing errors in a word.
func (m *mutation) typo(word string, errors int) string {
	for {
		wrong := []byte(word)
		for range errors {
			wrong = m.slip(wrong)
		}
		if string(wrong) != word {
			return string(wrong)
		}
	}
}

// slip makes one typing error: a letter too much, too few, another one, or two
// that change places.
func (m *mutation) slip(word []byte) []byte {
	at, letter := m.IntN(len(word)), byte('a'+m.IntN(26))
	before, after := word[:at:at], word[at+1:]
	switch m.IntN(4) {
	case 0:
		return append(append(before, letter), word[at:]...)
	case 1:
		return append(before, after...)
	case 2:
		return append(append(before, letter), after...)
	}
	if len(after) == 0 {
		return append(before, letter)
	}
	return append(append(before, after[0], word[at]), after[1:]...)
}
