package gen

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/dave/jennifer/jen"
)

// names are the identifiers in use in one scope.
type names map[string]bool

// take returns want, or want with the first number that makes it free, and
// marks it as used. Words of the language are never free.
func (n names) take(want string) string { return n.free(want, reserved) }

// free is take for another language's words.
func (n names) free(want string, reserved func(string) bool) string {
	name := want
	for i := 2; n[name] || reserved(name); i++ {
		name = want + strconv.Itoa(i)
	}
	n[name] = true
	return name
}

// reserved tells whether a name has a meaning of its own in Go, or would hide
// one. init is a function and nothing else.
func reserved(name string) bool {
	return jen.IsReservedWord(name) && name != "err" || name == "any" || name == "comparable" || name == "init" || name == "_"
}

// identifier returns text in camel case as a Go identifier that is not
// exported: "set_speed" is setSpeed. A text without a letter gives fallback,
// one that starts with a digit begins with it.
func identifier(text, fallback string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, word := range words {
		if i == 0 {
			words[i] = lowerFirst(word)
		} else {
			words[i] = upperFirst(word)
		}
	}
	name := strings.Join(words, "")
	if name == "" || unicode.IsDigit([]rune(name)[0]) {
		return fallback + name
	}
	return name
}

func lowerFirst(s string) string {
	r := []rune(s)
	r[0] = unicode.ToLower(r[0])
	return string(r)
}

func upperFirst(s string) string {
	r := []rune(s)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}
