package lsp

import (
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/scanner"
	"github.com/reactorgen/reactor/weights"
)

// keyName is what a rename may call a configuration key: what is a key without quotes
// in YAML, in a tag and in an interpolation.
var keyName = pattern(`^[A-Za-z_][A-Za-z0-9_-]*$`)

// rules say for each kind of entity what it may be called.
var rules = map[entityKind]struct {
	ok   func(name string) bool
	text string
}{
	modelName:   {scanner.IsModelName, "lowercase letters, digits and hyphens; it starts with a letter and has at most 63 characters"},
	weightsName: {func(name string) bool { return scanner.IsWeightsName(name) && weights.CheckName(name) == nil }, "letters, digits, underscores and hyphens, as a folder can be called"},
	configKey:   {func(name string) bool { return keyName().MatchString(name) && !strings.EqualFold(name, "null") }, "letters, digits, underscores and hyphens; it starts with a letter"},
	commandName: {scanner.IsCommandName, "letters, digits, underscores, hyphens and dots; it starts with a letter, has at most 63 characters and is not requestCapabilities"},
	messageName: {scanner.IsCommandName, "letters, digits, underscores, hyphens and dots; it starts with a letter and has at most 63 characters"},
	trackName:   {scanner.IsTrackName, "lowercase letters, digits and underscores; it starts with a letter, has at most 63 characters and is none that each model has"},
	paramName:   {func(name string) bool { return token.IsIdentifier(name) && name != "_" }, "a name in Go: letters, digits and underscores, and no keyword"},
}

// mayBe says why an entity cannot get a name, or is nil. Others are the names of other
// models, with the folders of their projects.
func (n *names) mayBe(e *entity, name string, others map[string]string) error {
	if err := n.hindrance(e); err != nil || name == e.name {
		return err
	}
	if rule := rules[e.kind]; !rule.ok(name) {
		return refused("%q is no name for a %s: %s", name, strings.TrimSuffix(e.kind.String(), "s"), rule.text)
	}
	if dir := others[name]; dir != "" && e.kind == modelName {
		return refused("%q is the model in %s already; take another name", name, filepath.Base(dir))
	}
	if slices.Contains(e.taken, name) {
		return refused("%q is taken: it stands beside %q already; take another name", name, e.name)
	}
	for _, other := range n.entities {
		if other.kind == e.kind && other.name == name && other.of == e.of && e.kind != configKey && len(other.mentions) > 0 {
			return refused("%s %q is there already, at %s; take another name", e.kind, name, n.placeOf(other.mentions[0].file, other.mentions[0].span))
		}
	}
	return nil
}
