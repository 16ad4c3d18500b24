package config

import (
	"slices"
	"strings"
)

// path is where a value stands: the names on the way to it, those of list
// elements in brackets.
type path []string

// with is the path of a value within.
func (p path) with(name string) path { return append(slices.Clip(p), name) }

// String returns the path as errors name it.
func (p path) String() string {
	var b strings.Builder
	for i, name := range p {
		if i > 0 && !strings.HasPrefix(name, "[") {
			b.WriteByte('.')
		}
		b.WriteString(name)
	}
	return b.String()
}
