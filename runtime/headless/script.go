package headless

import (
	"errors"
	"fmt"
	"strings"
)

// ParseScript reads a script: a verb a line; a line that begins with # is a comment.
// The error has every line that is wrong, with its place.
func ParseScript(name string, text []byte) (script []Verb, err error) {
	var wrong []error
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		v, err := Parse(line)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", name, number, err))
		} else if v != nil {
			script = append(script, *v)
		}
	}
	if len(script) == 0 && wrong == nil {
		return nil, fmt.Errorf("%s: there is no verb in it; start, wait 60 frames and stop make a session", name)
	}
	return script, errors.Join(wrong...)
}
