package main

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// environmentFinding names the variables that programs and this tool read. Their
// values are not told, as one of them may be a token.
func environmentFinding(environ []string) finding {
	var names []string
	for _, v := range environ {
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "REACTOR_") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	text := "no REACTOR_ variable is set"
	if len(names) > 0 {
		text = "set: " + strings.Join(names, ", ")
	}
	return finding{Name: "environment", Status: fine, Text: text}
}

// secrets are parts of settings that nobody wants in a bug report: who logs in in
// an address, and values that are named as secrets or have the form of one.
var secrets = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(://)[^/\s,]+(@)` +
		`|(?i)((?:token|secret|passw(?:or)?d|credential|api_?key)[\w.-]*=)[^\s,;&'"]+` +
		`|\b(?:gh[a-z]_|github_pat_|glpat-|sk-|xox[a-z]-|AKIA|eyJ)[\w.-]{12,}`)
})

// redact takes secrets out of a text.
func redact(text string) string { return secrets().ReplaceAllString(text, "${1}${3}***${2}") }
