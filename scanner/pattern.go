package scanner

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first needed. Most
// runs need none of them, and all of them together take as long to compile as it
// takes to see that nothing has changed.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
