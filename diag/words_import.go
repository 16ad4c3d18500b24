package diag

import (
	"fmt"
	"strings"
)

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

// AlsoUnlisted adds an import that go.sum lacks the module of as well.
func (d *Diagnostic) AlsoUnlisted(f ImportFault) {
	d.Related = append(d.Related, Related{f.At, "the module of " + f.Path + " is not listed either"})
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
