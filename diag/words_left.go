package diag

import (
	"cmp"
	"fmt"
	"strings"
)

// Why the go command does not look at a folder.
const (
	InTestdata     = "the go command ignores folders called testdata"
	InVendor       = "vendored code is no part of the project"
	InOtherModule  = "it has a go.mod of its own, so it is another module"
	InHiddenFolder = "the go command ignores folders whose names begin with a dot or an underscore"
	InIgnored      = "an ignore line in go.mod leaves it out"
	InTest         = "a _test.go file is never part of the program"
	InOtherFile    = "the go command takes only files for Go files whose names end in .go"
)

// Exclusion is why a build constraint leaves a file out of the build.
type Exclusion struct {
	// At is the guilty part, or the beginning of the file.
	At Range

	Label, Reason, Help string
}

// Why is the reason with all that is known of it.
func (e Exclusion) Why() string { return cmp.Or(e.Label, e.Reason) }

// NeedsCgo is for a file that imports "C" in a build without cgo; setting is the
// value of CGO_ENABLED.
func NeedsCgo(at Range, setting string) Exclusion {
	e := Exclusion{
		At:     at,
		Label:  "needs cgo",
		Reason: `it imports "C", and cgo is off: CGO_ENABLED=0`,
		Help:   "build with CGO_ENABLED=1, or move the model to a file without cgo",
	}
	if setting != "0" {
		e.Reason = `it imports "C", and cgo is off: there is no C compiler`
		e.Help = "install a C compiler or set CC, or move the model to a file without cgo"
	}
	return e
}

// HiddenFile is for a file whose name keeps it out of every build.
func HiddenFile(at Range) Exclusion {
	return Exclusion{
		At:     at,
		Reason: "the go command ignores files whose names begin with a dot or an underscore",
		Help:   "rename " + at.File,
	}
}

// NameConstraint is for a file whose name ends in another platform, of which
// variable (GOOS or GOARCH) is meant.
func NameConstraint(at Range, word, variable, platform string) Exclusion {
	return Exclusion{
		At:     at,
		Reason: fmt.Sprintf("file name suffix _%s requires %s=%s; building for %s", word, variable, word, platform),
		Help:   fmt.Sprintf("build for %s, or rename %s", word, at.File),
	}
}

// Tag is a build tag and whether it is set.
type Tag struct {
	Name string
	Set  bool
}

// TagConstraint is for a file whose //go:build line is not met: guilty are the
// tags to blame, others the rest. Enable are the tags that would let the file
// in; without any, it is for another platform.
func TagConstraint(at Range, guilty, others []Tag, enable []string, platform string) Exclusion {
	var reasons, rest []string
	for _, tag := range guilty {
		reasons = append(reasons, fmt.Sprintf("tag %q is %s", tag.Name, map[bool]string{true: "set", false: "not set"}[tag.Set]))
	}
	for _, tag := range others {
		rest = append(rest, fmt.Sprintf("%s: %t", tag.Name, tag.Set))
	}
	e := Exclusion{At: at, Reason: strings.Join(reasons, ", ")}
	e.Label = e.Reason
	if len(rest) > 0 {
		e.Label += " (" + strings.Join(rest, ", ") + ")"
	}
	e.Help = fmt.Sprintf("building for %s; change the constraint, or build for what it asks for", platform)
	if last := len(guilty) - 1; guilty[last].Set && len(guilty) == 1 {
		e.Help = fmt.Sprintf("build without the tag %s, or change the constraint", guilty[last].Name)
	}
	if len(enable) > 0 {
		tags := strings.Join(enable, ",")
		e.Help = fmt.Sprintf("reactor-gen check -tags=%s (and so for run and go build)", tags)
	}
	return e
}

// NotBuilt is for a file that is left out for a reason that is not known.
func NotBuilt(at Range) Exclusion {
	return Exclusion{At: at, Reason: "the go command does not build it", Help: "go list -f '{{.IgnoredGoFiles}}' ./..."}
}

// LeftOut says that the only model is in a file that a build constraint leaves
// out.
func LeftOut(e Exclusion, directive Range) Diagnostic {
	d := newError(RG521, e.At, "the only //reactor:model in the project is in a file left out of this build: "+e.Reason)
	d.Label = e.Label
	d.Related = []Related{{directive, "the directive"}}
	d.Help = []string{e.Help}
	return d
}

// InTestFile says that a model directive is in a test file; better is the path
// of a file that is none.
func InTestFile(at Range, typ, better string) Diagnostic {
	d := newError(RG522, at, "//reactor:model in a _test.go file is never part of the program")
	d.Help = []string{fmt.Sprintf("move type %s to %s", typ, better)}
	if typ == "" {
		d.Help = []string{"move the model to " + better}
	}
	return d
}

// OutsideProject says that the only model is in a folder that is no part of the
// project.
func OutsideProject(at Range, dir, why string) Diagnostic {
	d := newError(RG523, at, fmt.Sprintf("the only //reactor:model is in %s, which is no part of the project: %s", dir, why))
	d.Help = []string{"run reactor-gen -C " + dir + " check, or move the model"}
	if why == InVendor || why == InIgnored {
		d.Help = []string{"move the model into a folder of the project"}
	}
	return d
}

// AlsoLeftOut adds a further model that is left out.
func (d *Diagnostic) AlsoLeftOut(directive Range) {
	d.Summary = strings.Replace(d.Summary, "the only //reactor:model", "every //reactor:model", 1)
	d.Related = append(d.Related, Related{directive, "another one, left out as well"})
}

// NoGoFile says that the only model is in a file that the go command does not
// take for a Go file.
func NoGoFile(at Range, file string) Diagnostic {
	d := newError(RG521, at, "the only //reactor:model in the project is in a file left out of this build: "+InOtherFile)
	better := file[:strings.LastIndex(strings.ToLower(file), ".go")] + ".go"
	d.Help = []string{fmt.Sprintf("mv %s %s", file, better)}
	return d
}

// UseFirst adds that the module in a folder is not in the workspace.
func (d *Diagnostic) UseFirst(dir string) {
	d.Notes = append(d.Notes, "go.work does not list it")
	d.Help = []string{fmt.Sprintf("go work use %s, and then reactor-gen -C %s check; or move the model", local(dir), dir)}
}
