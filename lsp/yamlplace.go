package lsp

import (
	"slices"
	"strings"

	"github.com/reactorgen/reactor/config"
)

// Where a place is in a YAML text is told by indentation alone, so that a text that
// is no YAML yet has places too. Mappings in braces have none.

// item is the name of any item of a list in a path.
const item = "[]"

// yamlParts are the dashes and the key of a line, by the columns that they begin at.
type yamlParts struct {
	dashes []int
	column int    // of what is behind the dashes
	key    string // "" is none
	value  string // behind the key's colon, or all that is behind the dashes
}

var (
	yamlDash = pattern(`^- +|^-$`)
	yamlKey  = pattern(`^("[^"]*"|'[^']*'|[^\s#"'{\[&*!|>%@` + "`" + `][^:#]*?) *:(?:\s+(.*)|$)`)
)

// yamlPartsOf takes a line apart; ok is false for one without anything but a comment.
func yamlPartsOf(line string) (p yamlParts, ok bool) {
	rest := strings.TrimLeft(line, " ")
	p.column = len(line) - len(rest)
	for {
		dash := yamlDash().FindString(rest)
		if dash == "" {
			break
		}
		p.dashes = append(p.dashes, p.column)
		p.column, rest = p.column+len(dash), rest[len(dash):]
	}
	rest = strings.TrimRight(rest, " \t\r")
	if m := yamlKey().FindStringSubmatch(rest); m != nil {
		p.key, p.value = strings.Trim(m[1], `"'`), m[2]
	} else {
		p.value = rest
	}
	return p, len(p.dashes) > 0 || rest != "" && rest[0] != '#'
}

// opens tells whether what is below the key may belong to it.
func (p yamlParts) opens() bool {
	return p.value == "" || p.value[0] == '#' || p.value[0] == '&' && !strings.Contains(p.value, " ")
}

// yamlAbove finds the path to what is at a column of the line, behind its dashes, by
// the lines above.
func (c *completer) yamlAbove(column int, dashes []int) (path []string, ok bool) {
	w := yamlWalk{column: column}
	for _, dash := range slices.Backward(dashes) {
		w.dash(dash)
	}
	for line := c.line - 1; line > 0 && (w.column > 0 || w.inList); line-- {
		p, some := yamlPartsOf(c.src.Line(line))
		if !some {
			continue
		}
		if p.key != "" && !w.key(p) {
			return nil, false
		}
		for _, dash := range slices.Backward(p.dashes) {
			w.dash(dash)
		}
	}
	slices.Reverse(w.path)
	return w.path, true
}

// yamlWalk is on the way from a place up through the lines.
type yamlWalk struct {
	column int
	inList bool // the last step was that to a list, whose key may be at its column
	path   []string
}

func (w *yamlWalk) dash(column int) {
	if column < w.column {
		w.path = append(w.path, item)
		w.column, w.inList = column, true
	}
}

// key takes the key of a line above; one that has another value than what is below
// it cannot lead there.
func (w *yamlWalk) key(p yamlParts) bool {
	if p.column > w.column || p.column == w.column && (!w.inList || len(p.dashes) > 0) {
		return true
	}
	w.path = append(w.path, p.key)
	w.column, w.inList = p.column, false
	return p.opens()
}

// yamlBeside are the keys of the mapping that a column of the line belongs to, those
// of the line itself left out.
func (c *completer) yamlBeside(column int, dashes []int) (keys []string) {
	for line := c.line - 1; line > 0 && len(dashes) == 0; line-- {
		p, some := yamlPartsOf(c.src.Line(line))
		if !some || p.column > column {
			continue
		}
		if p.column < column {
			break
		}
		if keys = append(keys, p.key); len(p.dashes) > 0 {
			break
		}
	}
	for line := c.line + 1; line <= c.src.Lines(); line++ {
		p, some := yamlPartsOf(c.src.Line(line))
		if !some {
			continue
		}
		if p.column < column || len(p.dashes) > 0 && p.dashes[0] < column {
			break
		}
		if p.column == column && len(p.dashes) == 0 {
			keys = append(keys, p.key)
		}
	}
	return keys
}

// schemaAt is the form of the value at a path, or nil.
func schemaAt(s *config.Schema, path []string) *config.Schema {
	for _, name := range path {
		switch {
		case s == nil:
			return nil
		case name == item && s.Kind == config.List, name != item && s.Kind == config.Map:
			s = s.Elem
		case name != item && s.Kind == config.Struct && s.Field(name) != nil:
			s = &s.Field(name).Schema
		default:
			return nil
		}
	}
	return s
}
