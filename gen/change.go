package gen

import (
	"maps"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

// Stale tells whether a main of ours was made of other inputs than the project
// has.
func (e Existing) Stale(p *scanner.Project) bool { return e.inputs != inputsHash(p) }

// Changes returns what of the project is not as it was when a main was made, in
// the order of the header: nothing, unless the main is stale, and then at least
// one thing.
func (e Existing) Changes(p *scanner.Project) []diag.Change {
	if !e.Stale(p) {
		return nil
	}
	c := comparison{model: &p.Model}
	was, is := e.Stamp, stampOf(p, shortSum)
	c.value(diag.InputName, "name", was.Name, is.Name)
	c.value(diag.InputType, "", was.Type, is.Type)
	c.value(diag.InputConfig, "config", was.Config, is.Config)
	if was.Config != "" && is.Config != "" {
		c.value(diag.InputConfigText, "config", was.ConfigText, is.ConfigText)
	}
	c.value(diag.InputConfigSchema, "", was.ConfigSchema, is.ConfigSchema)
	c.value(diag.InputWeights, "weights", strings.Join(was.Weights, ", "), strings.Join(is.Weights, ", "))
	for _, key := range keys(was.Metadata, is.Metadata) {
		c.metadata(key, was.Metadata, is.Metadata)
	}
	c.value(diag.InputConstructor, "", was.Constructor, is.Constructor)
	c.commands(was.Commands, is.Commands)
	c.messages(was.Messages, is.Messages)
	c.value(diag.InputTracks, "", strings.Join(was.Tracks, ", "), strings.Join(is.Tracks, ", "))
	if was.Format != is.Format || len(c.changes) == 0 {
		c.changes = append(c.changes, diag.Change{Input: diag.InputFormat, How: diag.Changed})
	}
	return c.changes
}

// comparison collects the differences between two stamps.
type comparison struct {
	model   *scanner.Model // as it is
	changes []diag.Change
}

// value compares an input that an argument of the directive gives.
func (c *comparison) value(input diag.Input, arg, was, is string) {
	if was != is {
		c.changes = append(c.changes, diag.Change{At: c.arg(arg), Input: input, How: how(was != "", is != ""), Old: was, New: is})
	}
}

// arg is the place of an argument of the directive, or else the directive's.
func (c *comparison) arg(key string) diag.Range {
	if at, ok := c.model.Args[key]; ok {
		return at
	}
	return c.model.Range
}

// how says how an input changed that was there, and is there.
func how(was, is bool) diag.How {
	switch {
	case !was:
		return diag.Added
	case !is:
		return diag.Removed
	}
	return diag.Changed
}

func (c *comparison) metadata(key string, was, is map[string]string) {
	before, had := was[key]
	after, has := is[key]
	if had != has || before != after {
		c.changes = append(c.changes, diag.Change{
			At: c.arg(key), Input: diag.InputMetadata, Key: key, How: how(had, has), Old: before, New: after,
		})
	}
}

// commands compares the commands by name. That they stand in another order is
// worth telling only when nothing else is.
func (c *comparison) commands(was, is []string) {
	before, after := byName(was), byName(is)
	n := len(c.changes)
	for _, name := range keys(before, after) {
		if before[name] != after[name] {
			c.changes = append(c.changes, diag.Change{
				At: c.place(name), Input: diag.InputCommand, Key: name, How: how(before[name] != "", after[name] != ""),
			})
		}
	}
	if n == len(c.changes) && !slices.Equal(was, is) {
		c.changes = append(c.changes, diag.Change{At: c.place(""), Input: diag.InputCommandOrder, How: diag.Changed})
	}
}

// messages compares the messages by name, which is their first word.
func (c *comparison) messages(was, is []string) {
	before, after := firstWords(was), firstWords(is)
	for _, name := range keys(before, after) {
		if before[name] == after[name] {
			continue
		}
		at := c.model.Range
		if i := slices.IndexFunc(c.model.Messages, func(m scanner.Message) bool { return m.Name == name }); i >= 0 {
			at = c.model.Messages[i].Range
		}
		c.changes = append(c.changes, diag.Change{
			At: at, Input: diag.InputMessage, Key: name, How: how(before[name] != "", after[name] != ""),
		})
	}
}

// firstWords returns the rest of each line by its first word.
func firstWords(lines []string) map[string]string {
	rests := make(map[string]string, len(lines))
	for _, line := range lines {
		word, rest, _ := strings.Cut(line, " ")
		rests[word] = rest
	}
	return rests
}

// place is that of a command's directive, or else the model's.
func (c *comparison) place(command string) diag.Range {
	i := slices.IndexFunc(c.model.Commands, func(known scanner.Command) bool { return known.Name == command })
	if i < 0 {
		return c.model.Range
	}
	return c.model.Commands[i].Range
}

// byName returns the hashes of a stamp's commands by their names.
func byName(commands []string) map[string]string {
	hashes := make(map[string]string, len(commands))
	for _, c := range commands {
		i := strings.LastIndex(c, " ")
		hashes[c[:max(i, 0)]] = c[i+1:]
	}
	return hashes
}

// keys are those of both maps, sorted.
func keys(a, b map[string]string) []string {
	both := maps.Clone(a)
	if both == nil {
		both = make(map[string]string, len(b))
	}
	maps.Copy(both, b)
	return slices.Sorted(maps.Keys(both))
}
