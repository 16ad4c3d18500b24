package config

import (
	"regexp"
	"sync"
)

// compiled is a regular expression that is compiled when it is first needed: a
// program without a configuration does not wait for it.
func compiled(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
