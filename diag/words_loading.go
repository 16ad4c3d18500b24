package diag

import (
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
	case strings.Contains(message, "missing go.sum entry"):
		d.Summary = strings.TrimSuffix(d.Summary, "; to add it:")
		d.Help = []string{"go mod tidy"}
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
