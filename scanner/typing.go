package scanner

import (
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// DirectiveOn returns the directive on a line, counted from 1, as it is being typed:
// with any verb, and whatever is around the line.
func DirectiveOn(src *diag.Source, line int) (d Directive, ok bool) {
	at := strings.Index(src.Line(line), prefix)
	if at < 0 {
		return d, false
	}
	d, _ = lexDirective(src, src.Offset(line, at+1))
	return d, true
}

// ModelName is a name for a model of a type: LongLive becomes long-live.
func ModelName(typ string) string { return nameOf(typ) }

// CommandName is a name for the command of a method: SetPrompt becomes set_prompt.
func CommandName(method string) string { return snake(method) }
