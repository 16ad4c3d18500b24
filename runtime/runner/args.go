package runner

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Args are the arguments of one command, or the members of an object in them.
// The functions that read them take the limits from the command's schema; the
// first argument that is missing or invalid is kept as a refusal, and what is
// read after it is zero.
//
// A client may be lax: text that reads as a number is one, a number without a
// fraction is a whole number, true is 1, and "yes" is true. But a number is not
// text, null is nothing, and a choice has to match exactly. Members that the
// schema does not know are ignored.
type Args struct {
	shared *reading

	// Where it is: at a place in the argument called name of up. The command's own
	// arguments are nowhere.
	up   *Args
	name string
	at   place

	// An object has members by name. A part has one value, whatever it is called.
	// Nothing at all is absent: all that is read is zero.
	members map[string]any
	schema  schema
	part    *part
	absent  bool
}

// reading is what all parts of one command's arguments have in common.
type reading struct {
	uploads Uploads
	refusal *Refusal
}

// part is an item of a list, a member of a map, or what may also be null.
type part struct {
	value any
	form  *parameter
}

// place is how a part is found in a whole: by index, by key, or not at all, as
// it is the whole.
type place struct {
	kind  placeKind
	index int
	key   string
}

type placeKind int

const (
	itself placeKind = iota
	byIndex
	byKey
)

// The arguments of a command are small: what is larger is refused before it is
// looked at.
const (
	maxArgsSize  = 1 << 20 // bytes
	maxArgsDepth = 64      // lists and objects inside of each other
	maxListItems = 1 << 16 // of one list or map
)

// parseArgs reads the arguments from JSON. Numbers keep their digits.
func parseArgs(text json.RawMessage, s schema, uploads Uploads) (*Args, *Refusal) {
	a := &Args{shared: &reading{uploads: uploads}, schema: s}
	if len(text) == 0 {
		return a, nil
	}
	if len(text) > maxArgsSize {
		return nil, invalid("the arguments have %d bytes, at most %d are taken", len(text), maxArgsSize)
	}
	if depthOf(text) > maxArgsDepth {
		return nil, invalid("the arguments have more than %d lists and objects inside of each other", maxArgsDepth)
	}
	var value any
	if err := decode(text, &value); err != nil {
		return nil, invalid("the arguments are not JSON: %v", err)
	}
	members, ok := value.(map[string]any)
	if !ok && value != nil {
		return nil, invalid("the arguments must be a JSON object, not %s", show(value))
	}
	a.members = members
	return a, nil
}

// depthOf is how many lists and objects of a JSON text are inside of each other
// at most. Of a text that is none, it is some number.
func depthOf(text []byte) (deepest int) {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			depth++
			deepest = max(deepest, depth)
		case c == ']' || c == '}':
			depth--
		}
	}
	return deepest
}

const codeInvalid = "invalid_parameter"

func invalid(format string, values ...any) *Refusal {
	return &Refusal{Code: codeInvalid, Message: fmt.Sprintf(format, values...)}
}

// Err is the first refusal, a [*Refusal], or nil.
func (a *Args) Err() error {
	if a.shared.refusal == nil {
		return nil
	}
	return a.shared.refusal
}

// refuse keeps the first refusal.
func (a *Args) refuse(name, format string, values ...any) {
	if a.shared.refusal == nil {
		a.shared.refusal = invalid(format, values...)
		a.shared.refusal.Param = a.path(name)
	}
}

// path is the place of an argument as a client would write it: points[2].x.
func (a *Args) path(name string) string {
	if a.up == nil {
		return name
	}
	whole := a.up.path(a.name)
	switch a.at.kind {
	case byIndex:
		whole += "[" + strconv.Itoa(a.at.index) + "]"
	case byKey:
		whole += below(a.at.key)
	}
	if a.part != nil {
		return whole
	}
	return whole + below(name)
}

// below is the step to a member, .x or ["x y"].
func below(key string) string {
	if key != "" && strings.Trim(key, "_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return "." + shorten(key)
	}
	return "[" + show(key) + "]"
}

// lookup returns an argument as it was given, and its form.
func (a *Args) lookup(name string) (v any, given bool, p *parameter) {
	if a.part != nil {
		return a.part.value, true, a.part.form
	}
	v, given = a.members[name]
	return v, given, a.schema[name]
}

// find returns an argument or its default, null included; ok is false where what
// is read is to be zero. The limits do not apply to a default: it is the author's
// own.
func (a *Args) find(name string) (v any, p *parameter, ok bool) {
	if a.absent || a.shared.refusal != nil {
		return nil, nil, false
	}
	v, given, p := a.lookup(name)
	switch {
	case given:
		return v, p, true
	case p == nil || p.required:
		a.refuse(name, "is required")
	case p.hasDefault:
		return p.Default, p.shape(), true
	}
	return nil, nil, false
}

// value is find for what cannot be null: then v is nil where what is read is to
// be zero.
func (a *Args) value(name string) (v any, p *parameter) {
	v, p, ok := a.find(name)
	if !ok {
		return nil, nil
	}
	if v == nil {
		a.refuse(name, "must have a value, not null")
		return nil, nil
	}
	if message := p.checkChoice(v); message != "" {
		a.refuse(name, "%s", message)
		return nil, nil
	}
	return v, p
}
