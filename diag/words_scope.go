package diag

import (
	"fmt"
	"slices"
	"strings"
)

// NameTaken says that two projects of a workspace have models of one name; first
// is the place of the other one.
func NameTaken(at Range, name string, first Range) Diagnostic {
	d := newError(RG403, at, fmt.Sprintf("model name %q is also used by another project of this workspace", name))
	d.Label = "used again here"
	d.Related = []Related{{first, "first used here"}}
	d.Help = []string{"give one of the two another name: it is what clients connect to"}
	return d
}

// PlatformModel is the model that a project has on some platforms.
type PlatformModel struct {
	At         Range
	Type, Name string
	Platforms  []string
}

// OtherModels says that a project has different models on different platforms;
// what is the part in which they differ: "weights", or "model" where they have
// nothing in common.
func OtherModels(models []PlatformModel, what string) Diagnostic {
	first, second := models[0], models[1]
	d := newError(RG404, first.At, fmt.Sprintf("the project has another model on %s than on %s",
		strings.Join(second.Platforms, ", "), strings.Join(first.Platforms, ", ")))
	if what != "model" {
		d = newError(RG404, first.At, fmt.Sprintf("model %s has other %s on %s than on %s", first.Name, what,
			strings.Join(second.Platforms, ", "), strings.Join(first.Platforms, ", ")))
	}
	for i, m := range models {
		label := fmt.Sprintf("on %s: %s name=%s", strings.Join(m.Platforms, ", "), m.Type, m.Name)
		switch {
		case i == 0:
			d.Label = label
		case m.At != first.At:
			d.Related = append(d.Related, Related{m.At, label})
		}
	}
	d.Notes = []string{"there is one generated main for all platforms"}
	d.Help = []string{"declare the model and its methods in a file of every build, and only what differs in files for one platform"}
	return d
}

// OnlyOn adds that a finding holds on some of the platforms alone that were
// looked at.
func (d *Diagnostic) OnlyOn(platforms []string, of int) {
	d.Notes = append(slices.Clone(d.Notes), fmt.Sprintf("only on %s, of %s", strings.Join(platforms, ", "), Count(of, "platform")))
}

// InOtherProject is why a folder of a workspace is no part of the project around
// it.
const InOtherProject = "it is a project of its own in this workspace"

// LeftOutAlone says that a folder of a workspace is no project, because its only
// model is left out of the build.
func LeftOutAlone(e Exclusion, directive Range) Diagnostic {
	d := LeftOut(e, directive)
	d.Severity = Warning
	d.Summary = "this model is no project of the workspace, because its file is left out of this build: " + e.Reason
	return d
}
