package diag

import (
	"cmp"
	"fmt"
	"strings"
)

// Syntax says that a file cannot be parsed. At is where Go gave up.
func Syntax(at Range, message string) Diagnostic {
	d := newError(RG501, at, "syntax error: "+message)
	d.Label = "Go stopped understanding the file here"
	d.Help = []string{"gofmt -e " + at.File + " lists all that is wrong with the file"}
	return d
}

// Unclosed says that a curly bracket is never closed; noticed is where Go gave
// up.
func Unclosed(at, noticed Range) Diagnostic {
	d := newError(RG501, at, `syntax error: missing "}": this "{" is never closed`)
	d.Label = "opened here"
	d.Related = []Related{{noticed, "Go stopped understanding the file here"}}
	d.Help = []string{`close it with "}"`}
	return d
}

// NeverClosed says that a string or comment is never closed.
func NeverClosed(at Range, what string) Diagnostic {
	d := newError(RG501, at, fmt.Sprintf("syntax error: this %s is never closed", what))
	d.Label = "opened here"
	d.Help = []string{"close it"}
	return d
}

// UnreadFile says that a Go file cannot be read.
func UnreadFile(file, why string) Diagnostic {
	d := newError(RG501, Range{File: file}, "the file cannot be read: "+why)
	d.Help = []string{"make it readable, or remove it"}
	return d
}

// Hyphen says that the name in a package clause has a hyphen.
func Hyphen(at Range, name string) Diagnostic {
	d := newError(RG501, at, fmt.Sprintf("syntax error: a package name has no hyphen, and %s has", name))
	d.Help = []string{"package " + strings.ReplaceAll(name, "-", "")}
	return d
}

// Conflict says that a file has the marks of a merge that was not finished.
func Conflict(at Range) Diagnostic {
	d := newError(RG501, at, fmt.Sprintf("unresolved merge conflict (<<<<<<< at line %d)", at.Line))
	d.Help = []string{"choose one side and delete the lines with <<<<<<<, ======= and >>>>>>>"}
	return d
}

// StillRead adds that a directive was read although a file of its package is
// broken.
func (d *Diagnostic) StillRead(directive Range, verb string) {
	where := "is below and was"
	switch {
	case directive.File != d.Range.File:
		where = "was"
	case directive.Line < d.Range.Line:
		where = "is above and was"
	}
	label := fmt.Sprintf("the %s directive %s still read; its methods could not be checked", verb, where)
	d.Related = append(d.Related, Related{directive, label})
}

// Swallowed adds that a directive lies inside of a string or comment that is
// never closed.
func (d *Diagnostic) Swallowed(line Range) {
	label := fmt.Sprintf("looks like a directive but lies inside of what was opened at %d:%d", d.Range.Line, d.Range.Column)
	d.Related = append(d.Related, Related{line, label})
}

// Hide adds errors that follow from this one.
func (d *Diagnostic) Hide(errors []Diagnostic) { d.Hidden = append(d.Hidden, errors...) }

// PackageNames says that the files of a folder disagree on the package's name.
func PackageNames(at Range, name string, before Range, first string) Diagnostic {
	d := newError(RG503, at, fmt.Sprintf("two packages in one folder: %s and %s", first, name))
	d.Label = "package " + name
	d.Related = []Related{{before, "package " + first}}
	d.Help = []string{"move one of the files, or give both the same package name"}
	return d
}

// ImportFault is why an import cannot be resolved.
type ImportFault struct {
	// Path is what is imported, At the import's place, and Also are further
	// places that import it.
	Path string
	At   Range
	Also []Range

	// Kind is what is wrong.
	Kind ImportKind

	// Near is a path that was probably meant, or empty.
	Near string

	// Dir is the folder that an import of the own module means, relative to
	// that module's root, or that go.mod puts in the place of a module.
	Dir string

	// Generating tells that the project has code that go generate writes.
	Generating bool

	// Cause is the line of go.mod that is to blame, or zero: then it is the import.
	Cause Range

	// Message is the go command's own.
	Message string
}

// ImportKind is what is wrong with an import.
type ImportKind int

// What can be wrong with an import.
const (
	NotRequired   ImportKind = iota // no module in go.mod provides it
	NoDirectory                     // it is of the own module, and there is no such folder
	NoGoFiles                       // it is of the own module, and nothing in its folder is built
	NotStandard                     // it has the form of a standard package, and there is none
	NoSum                           // go.sum lacks its module
	NoReplacement                   // go.mod replaces its module by a folder that is not there
	Internal                        // it is internal to another tree
	Program                         // it is a package main
	Offline                         // GOPROXY=off keeps its module from being fetched
	Unreachable                     // its module cannot be fetched
	NotVendored                     // the folder vendor lacks it
	OtherMistake                    // anything else, in the go command's words
)

// Import says that an import cannot be resolved.
func Import(f ImportFault) Diagnostic {
	d := newError(RG511, f.At, "package "+f.Path+" "+f.wrong())
	d.Label = "imported here"
	d.Help = f.help()
	if f.Near != "" {
		d.Help = append([]string{fmt.Sprintf("did you mean %q?", f.Near)}, d.Help...)
	}
	if len(f.Also) > 0 {
		var names []string
		for _, r := range f.Also {
			names = append(names, strings.TrimSuffix(place(r), ": "))
		}
		d.Notes = append(d.Notes, "also imported in "+strings.Join(names, ", "))
	}
	if !f.Cause.IsZero() {
		d.Range, d.Label = f.Cause, "there is no such folder"
		d.Related = append([]Related{{f.At, "imported here"}}, d.Related...)
	}
	return d
}

// host is the first part of an import path, and the owner behind it.
func host(path string) string {
	parts := strings.SplitN(path, "/", 3)
	return strings.Join(parts[:min(len(parts), 2)], "/")
}

func (f ImportFault) wrong() string {
	switch f.Kind {
	case NotRequired:
		return "is not provided by any module in go.mod"
	case NoDirectory:
		return "is of this module, but directory " + f.Dir + " does not exist"
	case NoGoFiles:
		return "is of this module, but directory " + f.Dir + " has no Go files of this build"
	case NotStandard:
		return "is not in the standard library"
	case NoSum:
		return "is of a module that go.sum does not list"
	case NoReplacement:
		return "is of a module that go.mod replaces by a folder that does not exist"
	case Internal:
		return "is internal to another tree"
	case Program:
		return "is a program, not a package to import"
	case Offline:
		return "is not provided by any module that is here, and GOPROXY=off keeps the go command from fetching one"
	case Unreachable:
		return "is of a module that cannot be fetched: " + strings.Split(f.Message, "\n")[0]
	case NotVendored:
		return "is not in the folder vendor"
	}
	return "cannot be loaded: " + f.Message
}

func (f ImportFault) help() []string {
	switch f.Kind {
	case NotRequired:
		return []string{"go get " + f.Path}
	case NoDirectory, NoGoFiles:
		switch {
		case f.Generating:
			return []string{"is it generated? go generate ./..."}
		case f.Near != "":
			return nil
		}
		return []string{"make the package, or mend the path"}
	case NoReplacement:
		if f.Dir != "" {
			return []string{fmt.Sprintf("put the module into %s, or mend the line", f.Dir)}
		}
		return []string{"mend the replace line in go.mod"}
	case Offline:
		return []string{"go get " + f.Path + ", with GOPROXY unset and a network"}
	case Unreachable:
		return []string{fmt.Sprintf("is it private? go env -w GOPRIVATE=%s, and let git log in", host(f.Path)), "go get " + f.Path}
	case NotVendored:
		return []string{"go get " + f.Path, "go mod vendor"}
	case Internal, Program:
		return []string{"import another package, or copy what you need of this one"}
	case NotStandard:
		if f.Near != "" {
			return nil
		}
		return []string{"mend the path: one from outside begins with a domain, such as github.com/"}
	}
	return []string{"go mod tidy"}
}

// Cycle says that packages import each other in a circle; steps are the places
// of the imports and what each imports.
func Cycle(steps []Related) Diagnostic {
	d := newError(RG512, steps[0].Range, "import cycle keeps the model's package from being loaded")
	d.Label = steps[0].Label
	d.Related = steps[1:]
	d.Help = []string{"move what both need into a package of its own"}
	return d
}

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
		e.Help = fmt.Sprintf("reactor-gen -tags=%s (and go build -tags=%s)", tags, tags)
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
	d.Help = []string{"run reactor-gen -C " + dir + ", or move the model"}
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
	d.Help = []string{fmt.Sprintf("go work use %s, and then reactor-gen -C %s; or move the model", local(dir), dir)}
}

// NoModule says that there is no go.mod.
func NoModule(dir string) Diagnostic {
	d := newError(RG531, Range{}, "no Go module: there is no go.mod in this folder or above it")
	d.Help = []string{"go mod init example.com/" + dir}
	return d
}

// NotListed says that the go command does not list the package of a directive.
func NotListed(at Range) Diagnostic {
	d := newError(RG532, at, "the go command loads no such type from this file")
	d.Help = []string{"go list -e -json . in the model's folder says what it loads"}
	return d
}

// CannotLoad says that the go command refuses the module; message is its own.
func CannotLoad(at Range, message string) Diagnostic {
	first, rest, _ := strings.Cut(message, "\n")
	d := newError(RG532, at, "the go command cannot load this module: "+first)
	switch {
	case strings.Contains(message, "go mod tidy"):
		d.Help = []string{"go mod tidy"}
	case rest != "":
		d.Notes = []string{rest}
		fallthrough
	default:
		d.Help = []string{"go list ./... has to work first"}
	}
	return d
}
