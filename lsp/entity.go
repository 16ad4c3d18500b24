package lsp

import (
	"go/types"
	"slices"
)

// entityKind is what a name is the name of.
type entityKind int

const (
	modelName entityKind = iota
	configPath
	configKey
	weightsName
	commandName
	paramName
	messageName
	trackName
)

// String is what a user calls it.
func (k entityKind) String() string {
	return [...]string{"model", "configuration file", "configuration key", "weights", "command", "parameter", "message", "track"}[k]
}

// entity is something of a project that has a name in several places.
type entity struct {
	kind     entityKind
	name     string
	path     string  // of a key: a dotted path to it
	of       *entity // of a parameter: its command
	mentions []*mention

	// taken are names that it may not get: of keys, those beside it; of parameters,
	// those in the method.
	taken []string

	why string // what keeps it from being renamed, or empty

	// others are places in the code where the name is a text of which nobody knows
	// whether it is this name: file and line.
	others []string
}

// role is how a place names an entity.
type role int

const (
	inDirective role = iota // a value of a directive
	inCode                  // a name in the code, where it is declared: gopls knows of these
	inUse                   // and where it is used
	inTag                   // the key in the tag of a field
	inString                // a string constant in the code
	inYAML                  // a key of a configuration
	inReference             // a name of an interpolation
	inLock                  // a line of weights.lock
	inFile                  // the file itself
)

// mention is a place that names an entity.
type mention struct {
	entity *entity
	role   role
	file   string // absolute
	span
	path string // of a key: the dotted path that is meant here

	// edit is what a rename makes of the place, where it is not to put the new name
	// there, stays tells that it leaves the place alone; why is what keeps it from being made, or empty.
	edit  *rewrite
	stays bool
	why   string

	constant *types.Const // whose declaration it is, or nil
}

// isInCode tells whether a place is one of gopls's.
func (m *mention) isInCode() bool { return m.role == inCode || m.role == inUse }

// rewritten is what a rename makes of the place; nil is nothing.
func (m *mention) rewritten() *rewrite {
	switch {
	case m.edit != nil:
		return m.edit
	case m.stays || m.isInCode() || m.role == inFile:
		return nil
	}
	return &rewrite{span: m.span}
}

// rewrite puts a new name into a text, with something before and behind it.
type rewrite struct {
	span
	before, after string
}

// names are the entities of a project, with all places of each.
type names struct {
	texts    *texts
	stamp    int // how many looks at the module were asked for
	modelDir string
	entities []*entity
	byFile   map[string][]*mention
}

// add adds a place of an entity. One that the entity has already counts once.
func (n *names) add(e *entity, m mention) *mention {
	m.entity = e
	for _, known := range e.mentions {
		if known.file == m.file && known.span == m.span && known.role == m.role {
			return known
		}
	}
	e.mentions = append(e.mentions, &m)
	n.byFile[m.file] = append(n.byFile[m.file], &m)
	return &m
}

// entity is the one of a kind and name, made where there is none.
func (n *names) entity(kind entityKind, name string) *entity {
	if e := n.find(kind, name); e != nil {
		return e
	}
	e := &entity{kind: kind, name: name}
	n.entities = append(n.entities, e)
	return e
}

// find is the entity of a kind and name, or nil.
func (n *names) find(kind entityKind, name string) *entity {
	i := slices.IndexFunc(n.entities, func(e *entity) bool { return e.kind == kind && e.name == name })
	if i < 0 {
		return nil
	}
	return n.entities[i]
}

// at is the mention at a place of a file, the tightest one, or nil.
func (n *names) at(file string, offset int) (tightest *mention) {
	for _, m := range n.byFile[file] {
		if m.role != inFile && m.has(offset) && (tightest == nil || m.end-m.start < tightest.end-tightest.start) {
			tightest = m
		}
	}
	return tightest
}

// leads are the roles in which the definition of what a place names is looked for, the
// best first.
var leads = map[role][]role{
	inDirective: {inFile, inCode},
	inTag:       {inYAML},
	inString:    {inDirective, inYAML, inCode},
	inYAML:      {inCode, inString},
	inReference: {inYAML, inCode},
	inLock:      {inDirective},
}

// definitions are the places that say what a mention means. Of a name in the code,
// gopls says so.
func (m *mention) definitions() (all []*mention) {
	for _, role := range leads[m.role] {
		for _, other := range m.entity.mentions {
			exact := role != inYAML || m.role == inTag || other.path == m.path
			if other.role == role && other != m && exact {
				all = append(all, other)
			}
		}
		if len(all) > 0 {
			return all
		}
	}
	if m.isInCode() {
		return nil
	}
	return []*mention{m}
}

// isDeclaration tells whether a place is where the entity is declared, for those who
// ask for its uses.
func (m *mention) isDeclaration() bool {
	switch m.entity.kind {
	case configKey:
		return m.role == inCode || m.role == inTag
	default:
		return m.role == inDirective
	}
}
