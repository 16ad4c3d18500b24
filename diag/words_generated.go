package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// OwnMain says that a model's package main has a func main already.
func OwnMain(at Range, model Range) Diagnostic {
	d := newError(RG213, at, "package main has a func main of its own, and reactor-gen writes one for the model")
	d.Related = []Related{{model, "the model"}}
	d.Help = []string{"rename this function, or move the model to a package of its own"}
	return d
}

// OutOfReach says that the program around the model, in the folder place, cannot
// import the model's package, as that is internal to its parent.
func OutOfReach(at Range, pkg, parent, place string) Diagnostic {
	d := newError(RG214, at, fmt.Sprintf("the program around the model, %s, may not import the model's package %s", place, pkg))
	d.Notes = []string{"only packages below " + parent + " may, because of the folder internal in the path"}
	d.Help = []string{"move the package out of that folder internal, or to a folder internal in the project's root"}
	return d
}

// NoRoom says that the folder of the program around the model, place, is that of
// the model's own package.
func NoRoom(at Range, pkg, place string) Diagnostic {
	d := newError(RG215, at, fmt.Sprintf("package %s is in %s, where the program around the model belongs", pkg, place))
	d.Help = []string{"move the package to another folder, such as " + pkg}
	return d
}

// Input is a part of what a generated main is made of.
type Input int

// The inputs of a generated main.
const (
	InputName Input = iota + 1
	InputType
	InputConfig
	InputConfigText
	InputConfigSchema // the form of the config struct
	InputWeights
	InputMetadata
	InputConstructor
	InputCommand
	InputCommandOrder
	InputMessage
	InputTracks
	InputFormat // of what reactor-gen writes
)

// How says in which way an input is another than it was.
type How string

// The ways to change.
const (
	Added   How = "added"
	Removed How = "removed"
	Changed How = "changed"
)

// Change is one input of a generated main that is not what it was.
type Change struct {
	// At is the place of the input, zero when it has none.
	At Range

	Input Input
	How   How

	// Key is the key of metadata, or the name of a command or message.
	Key string

	// Old and New are the values.
	Old, New string
}

// String returns the change in the directive's words: weights changed: "a" -> "b".
func (c Change) String() string {
	text := c.what() + " " + string(c.How)
	switch {
	case c.Input == InputConfigText || c.Input == InputConfigSchema || c.Input == InputCommand || c.Input == InputCommandOrder || c.Input == InputMessage || c.Input == InputFormat:
		return text
	case c.Input == InputName && c.How == Changed:
		return fmt.Sprintf("model renamed: %q -> %q", c.Old, c.New)
	case c.How == Changed:
		return fmt.Sprintf("%s: %q -> %q", text, c.Old, c.New)
	}
	return fmt.Sprintf("%s: %q", text, c.Old+c.New)
}

// what names the input.
func (c Change) what() string {
	switch c.Input {
	case InputName:
		return "name"
	case InputType:
		return "type"
	case InputConfig:
		return "config"
	case InputConfigText:
		return "config text"
	case InputConfigSchema:
		return "config struct"
	case InputWeights:
		return "weights"
	case InputMetadata:
		return inline(c.Key)
	case InputConstructor:
		return "constructor"
	case InputCommand:
		return "command " + inline(c.Key)
	case InputMessage:
		return "message " + inline(c.Key)
	case InputTracks:
		return "tracks"
	case InputCommandOrder:
		return "order of the commands"
	}
	return "form of what reactor-gen writes"
}

// inline returns a name, which may come from a header that anybody can have
// written, so that it fits into a line.
func inline(name string) string {
	quoted := strconv.Quote(name)
	return quoted[1 : len(quoted)-1]
}

// Changes returns changes in a line.
func Changes(all []Change) string {
	texts := make([]string, len(all))
	for i, c := range all {
		texts[i] = c.String()
	}
	return strings.Join(texts, "; ")
}

// Stale says that a generated main is out of date; changes, of which there is at
// least one, say why. Generate is the command that writes it.
func Stale(file string, changes []Change, generate string) Diagnostic {
	changes = slices.SortedStableFunc(slices.Values(changes), func(a, b Change) int {
		return cmp.Compare(placed(b.At), placed(a.At))
	})
	first := changes[0]
	d := newError(RG601, first.At, fmt.Sprintf("%s is out of date: %s", file, first))
	d.Label = string(first.How)
	if first.At.IsZero() {
		d.Range.File = file
	}
	for _, c := range changes[1:] {
		if c.At.IsZero() {
			d.Notes = append(d.Notes, c.String())
		} else {
			d.Related = append(d.Related, Related{c.At, c.String()})
		}
	}
	d.Help = []string{generate}
	return d
}

// placed is 1 for a range with a place and 0 without.
func placed(r Range) int {
	if r.IsZero() {
		return 0
	}
	return 1
}

// Missing says that there is no generated main, although the //go:generate line
// at a place is for one. Foreign tells that somebody else's file stands there.
func Missing(at Range, file string, foreign bool, generate string) Diagnostic {
	d := newError(RG602, at, fmt.Sprintf("generated main %s is missing", file))
	d.Label = "this line writes it"
	d.Help = []string{generate}
	if foreign {
		d.Notes = []string{file + " is there, and reactor-gen did not write it"}
		d.Help = []string{fmt.Sprintf("move %s or its code to another place, then: %s", file, generate)}
	}
	return d
}

// Edited says that a generated main was edited by hand. At is the line of the
// edit, or the file when that is not known.
func Edited(at Range, file string, changes []Change, generate string) Diagnostic {
	d := newError(RG603, at, file+" was edited by hand, and generate would lose the edit")
	d.Label = "this is not what reactor-gen wrote"
	if len(changes) > 0 {
		d.Notes = []string{"it is also out of date: " + Changes(changes)}
	}
	d.Help = []string{
		fmt.Sprintf("move what is worth keeping into a file of your own, delete %s, then: %s", file, generate),
	}
	return d
}

// ModelRenamed says why a generated main is left over.
func ModelRenamed(old, name string) string {
	return fmt.Sprintf("the model was renamed from %q to %q", old, name)
}

// ModelMoved is for a model that kept its name; place is where its main belongs.
func ModelMoved(name, place string) string {
	return fmt.Sprintf("the main of model %q belongs at %s", name, place)
}

// ModelGone is for a model that is not there; name is the one that is.
func ModelGone(old, name string) string {
	return fmt.Sprintf("the model of the project is %q, not %q", name, old)
}

// Leftover says that a generated main belongs to no model; why says what became
// of its model, and at is the place of that, if it has one. Missing tells that
// the model's own main does not exist, as a consequence; it may be empty.
func Leftover(at Range, file, why, missing, generate string) Diagnostic {
	d := newError(RG604, at, fmt.Sprintf("generated main %s is left over: %s", file, why))
	if at.IsZero() {
		d.Range.File = file
	}
	if missing != "" {
		d.Consequences = []Consequence{{RG602, fmt.Sprintf("generated main %s is missing", missing)}}
	}
	d.Help = []string{generate}
	return d
}

// LineEnds says that a generated main has CRLF line ends.
func LineEnds(file, generate string) Diagnostic {
	d := Diagnostic{Code: RG605, Severity: Warning, Range: Range{File: file}}
	d.Summary = file + " is up to date, but for its line ends: they are CRLF"
	d.Notes = []string{"reactor-gen writes LF; git may change that when it checks files out"}
	d.Help = []string{fmt.Sprintf("add the line \"%s text eol=lf\" to .gitattributes, then: %s", file, generate)}
	return d
}
