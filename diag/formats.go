package diag

import (
	"fmt"
	"io"
	"path"
	"strings"
)

// Format is an outside form of diagnostics, by the name that it is asked for
// with.
type Format struct {
	Name string

	// About says in a few words who reads it.
	About string

	// TellsFailure says that the form has a place for [Options.Failure]. The
	// others can only look as if there were nothing to tell.
	TellsFailure bool

	// Write writes sorted diagnostics as one whole document. Without any it
	// writes the form's empty document.
	Write func(w io.Writer, sorted []Diagnostic, o Options) error
}

// Formats returns all forms, that for people first.
func Formats() []Format {
	return []Format{
		{Name: "text", About: "for people", Write: writeText},
		{Name: "json", About: "one document, with fixes as byte ranges", TellsFailure: true, Write: writeJSON},
		{Name: "jsonl", About: "one diagnostic a line", Write: writeJSONLines},
		{Name: "sarif", About: "SARIF 2.1.0", TellsFailure: true, Write: writeSARIF},
		{Name: "github", About: "annotations of GitHub Actions", TellsFailure: true, Write: writeGitHub},
		{Name: "gitlab", About: "GitLab Code Quality", Write: writeGitLab},
		{Name: "checkstyle", About: "Checkstyle XML", Write: writeCheckstyle},
		{Name: "junit", About: "JUnit XML", TellsFailure: true, Write: writeJUnit},
		{Name: "rdjson", About: "Reviewdog Diagnostic Format", Write: writeRDJSON},
	}
}

// Options say what a writer has to know besides the diagnostics. The zero value
// is good.
type Options struct {
	// Sources are the files that the diagnostics point into. In a file that is
	// not among them, a form tells no more than the line.
	Sources *Sources

	// Version is that of the tool, for the forms that name it.
	Version string

	// Failure says why the tool could not do its job, or is empty. Forms that
	// have a place for it tell that there was no complete answer.
	Failure string

	// Base is the project's folder as seen from the checkout that a CI system
	// works in, with forward slashes; empty when it is that folder. It begins the
	// file names in the forms for CI systems. In text, json and jsonl they are
	// the project's own.
	Base string

	// Frames and Color are for text alone, as [Text] has them.
	Frames, Color bool
}

func writeText(w io.Writer, sorted []Diagnostic, o Options) error {
	return Text{Sources: o.Sources, Frames: o.Frames, Color: o.Color}.Write(w, sorted)
}

// Where the tool and its manual live.
const (
	toolName = "reactor-gen"
	toolURL  = "https://github.com/reactorgen/reactor"
)

// manualURL is the address of what there is to read about a code.
func manualURL(c Code) string {
	return toolURL + "/blob/main/docs/codes.md#" + strings.ToLower(string(c))
}

// projectFile stands for the project as a whole where a form has no findings
// without a file.
const projectFile = "go.mod"

// path is the name of a range's file in the forms for CI systems.
func (o Options) path(r Range) string {
	if r.IsZero() {
		return path.Join(o.Base, projectFile)
	}
	return path.Join(o.Base, r.File)
}

// message is a diagnostic in words: the summary, and below it what is attached.
// Related places are left to forms that have fields for them.
func message(d Diagnostic) string {
	lines := []string{d.Summary}
	for _, note := range d.Notes {
		lines = append(lines, "note: "+note)
	}
	for _, help := range d.Help {
		lines = append(lines, "help: "+help)
	}
	for _, c := range d.Consequences {
		lines = append(lines, fmt.Sprintf("consequence: %s [%s]", c.Summary, c.Code))
	}
	return strings.Join(lines, "\n")
}

// messageWithPlaces is message with the related places in it.
func messageWithPlaces(d Diagnostic, o Options) string {
	text := message(d)
	for _, r := range d.Related {
		at := r.Range
		at.File = o.path(at)
		text += "\nsee: " + place(at) + r.Label
	}
	return text
}
