package diag

import (
	"fmt"
	"io"
	"strings"
)

// How workflow commands escape what would end a value.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// writeGitHub writes a workflow command of GitHub Actions for each diagnostic. A
// failure is a command, too, as there is no other place to tell it.
func writeGitHub(w io.Writer, sorted []Diagnostic, o Options) error {
	var b strings.Builder
	if o.Failure != "" {
		fmt.Fprintf(&b, "::error title=%s::%s\n", toolName, githubData.Replace(o.Failure))
	}
	for _, d := range sorted {
		title := githubProperty.Replace(fmt.Sprintf("%s: %s", d.Code, d.Code.Title()))
		fmt.Fprintf(&b, "::%s %stitle=%s::%s\n", d.Severity, githubPlace(d.Range, o), title, githubData.Replace(messageWithPlaces(d, o)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// githubPlace is the place of an annotation, with a comma behind it. Columns are
// allowed only within one line.
func githubPlace(r Range, o Options) string {
	if r.IsZero() {
		return ""
	}
	at := "file=" + githubProperty.Replace(o.path(r)) + ","
	span, ok := o.Sources.Span(r)
	switch {
	case !ok && r.Line > 0:
		at += fmt.Sprintf("line=%d,", r.Line)
	case ok && span.Line == span.EndLine:
		at += fmt.Sprintf("line=%d,endLine=%d,col=%d,endColumn=%d,", span.Line, span.EndLine, span.UTF16Column, span.UTF16EndColumn)
	case ok:
		at += fmt.Sprintf("line=%d,endLine=%d,", span.Line, span.EndLine)
	}
	return at
}
