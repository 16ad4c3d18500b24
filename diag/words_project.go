package diag

import (
	"fmt"
	"path"
	"strings"
)

// NoModelFound is the headline of a project without a model, word for word as
// the original has it.
const NoModelFound = "No @model decorated class found in project."

// Searched says where a model was looked for.
type Searched struct {
	Files, Packages int
	Module          string // import path
	Platform        string // such as "linux/amd64"
	Tags            []string
	FromEnv         bool // GOFLAGS set them
}

func (s Searched) String() string {
	tags := "none"
	if len(s.Tags) > 0 {
		tags = strings.Join(s.Tags, ",")
		if s.FromEnv {
			tags += " from GOFLAGS"
		}
	}
	in := ""
	if s.Module != "" {
		in = " of module " + s.Module
	}
	return fmt.Sprintf("looked at %s in %s%s (%s, tags: %s)",
		Count(s.Files, "Go file"), Count(s.Packages, "package"), in, s.Platform, tags)
}

// NoModel says that a project has no model, and where it was looked for.
func NoModel(in Searched) Diagnostic {
	d := newError(RG401, Range{}, NoModelFound)
	d.Notes = []string{in.String() + "; no //reactor:model directive"}
	return d
}

// Consequent makes the missing model a consequence of d.
func (d Diagnostic) Consequent() Diagnostic {
	d.Consequences = append(d.Consequences, Consequence{RG401, NoModelFound})
	return d
}

// Because makes the missing model a consequence of d and says where else it was
// looked for.
func (d Diagnostic) Because(in Searched) Diagnostic {
	d = d.Consequent()
	d.Notes = append(d.Notes, in.String()+"; no other //reactor:model directive")
	return d
}

// Probably adds that a type implements the interface and lacks the directive.
func (d *Diagnostic) Probably(typ string, at Range, name string) {
	where := fmt.Sprintf("%s:%d:%d", at.File, at.Line, at.Column)
	d.Notes = append(d.Notes, fmt.Sprintf("type %s in %s implements reactor.VideoModel and is probably your model", typ, where))
	d.Related = append(d.Related, Related{at, "add //reactor:model name=" + name + " on the line above"})
	d.Help = append(d.Help, fmt.Sprintf("add //reactor:model name=%s to the line above %s:%d", name, at.File, at.Line))
}

// Nearly adds that a type has a method that makes it look like a model.
func (d *Diagnostic) Nearly(typ string, at Range, lacks []MethodFault) {
	d.Notes = append(d.Notes, fmt.Sprintf("type %s in %s:%d:%d comes closest to a model", typ, at.File, at.Line, at.Column))
	for _, f := range lacks {
		d.method(typ, f)
	}
}

// Broken adds that a file could not be parsed.
func (d *Diagnostic) Broken(at Range, message string) {
	d.Notes = append(d.Notes, fmt.Sprintf("%ssyntax error: %s", place(at), message))
}

// NothingYet adds what to do in a folder in which nothing looks like a model.
func (d *Diagnostic) NothingYet() {
	d.Help = append(d.Help, "put //reactor:model name=NAME on the line above your model's struct, or start one with: reactor-gen init NAME")
}

// InString adds that a directive's text lies in a string or a block comment.
func (d *Diagnostic) InString(at Range) {
	d.Notes = append(d.Notes, place(at)+"this looks like a directive and is inside of a string or block comment")
}

// ModelPlace is one of several models.
type ModelPlace struct {
	At         Range
	Type, Name string
}

// TwoModels says that a project has more than one model.
func TwoModels(models []ModelPlace) Diagnostic {
	d := newError(RG402, models[0].At, fmt.Sprintf("project has %d //reactor:model types; exactly one entry point is allowed", len(models)))
	for i, m := range models {
		label := fmt.Sprintf("%s: %s", ordinal(i), m.Type)
		if m.Name != "" {
			label += " name=" + m.Name
		}
		if i == 0 {
			d.Label = label
			continue
		}
		d.Related = append(d.Related, Related{m.At, label})
	}
	second := models[1].At
	d.Help = []string{fmt.Sprintf("delete all directives but one, or give %s a module or project folder of its own", second.File)}
	if path.Dir(second.File) != path.Dir(d.Range.File) {
		d.Help = append(d.Help, "reactor-gen check --workspace takes each folder with a model as a project of its own")
	}
	return d
}

func ordinal(i int) string {
	names := []string{"first", "second", "third", "fourth", "fifth"}
	if i < len(names) {
		return names[i]
	}
	return fmt.Sprintf("number %d", i+1)
}
