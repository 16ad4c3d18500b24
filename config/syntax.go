package config

import "strings"

// syntaxError says where the text stops being YAML. The library names a line at
// most, and often that of the surrounding block; the place is where the shortest
// beginning of the text ends that has the very same error.
func syntaxError(file string, text []byte, err error) *Error {
	short, long := 0, len(text)
	for short < long {
		half := (short + long) / 2
		if _, e := documents(text[:half]); e != nil && e.Error() == err.Error() {
			long = half
		} else {
			short = half + 1
		}
	}
	before := string(text[:long])
	line := strings.Count(before, "\n") + 1
	column := len([]rune(before[strings.LastIndex(before, "\n")+1:]))
	return place{file, line, max(column, 1)}.errorf("", syntaxMessage(err))
}

// syntaxMessage is the library's message without its own name and line.
func syntaxMessage(err error) string {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(message, "line "); ok {
		if _, after, ok := strings.Cut(rest, ": "); ok {
			message = after
		}
	}
	return "not YAML: " + message
}
