package diag

import (
	"io"
	"strings"
)

// gitlabIssue is one entry of a Code Quality report, which is a list of them.
type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   Code           `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// writeGitLab writes a Code Quality report of GitLab.
func writeGitLab(w io.Writer, sorted []Diagnostic, o Options) error {
	issues := make([]gitlabIssue, len(sorted))
	prints := fingerprints(sorted, o)
	for i, d := range sorted {
		issues[i] = gitlabIssue{
			Description: gitlabDescription(d),
			CheckName:   d.Code,
			Fingerprint: prints[i],
			Severity:    gitlabSeverity(d.Severity),
			Location:    gitlabLocation{Path: o.path(d.Range), Lines: gitlabLines{max(d.Range.Line, 1), max(d.Range.Line, 1)}},
		}
		if span, ok := o.Sources.Span(d.Range); ok {
			issues[i].Location.Lines.End = span.EndLine
		}
	}
	return encode(w, issues)
}

// gitlabDescription is one line, as GitLab shows it in a list.
func gitlabDescription(d Diagnostic) string {
	if len(d.Help) == 0 {
		return d.Summary
	}
	help, _, _ := strings.Cut(d.Help[0], "\n")
	return d.Summary + " (help: " + help + ")"
}

// gitlabSeverity picks two of GitLab's five steps: info, minor, major, critical,
// blocker.
func gitlabSeverity(s Severity) string {
	if s == Error {
		return "critical"
	}
	return "minor"
}
