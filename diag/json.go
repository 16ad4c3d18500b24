package diag

import (
	"encoding/json"
	"io"
	"slices"
)

// jsonVersion is that of the json and jsonl forms. Fields may be added within a
// version; it changes when one is taken away or gets another meaning.
const jsonVersion = 1

// jsonReport is the document of the json form.
type jsonReport struct {
	Version int      `json:"version"`
	Tool    jsonTool `json:"tool"`

	// Outcome and ExitCode say the same: "ok" 0, "findings" 1, "failed" 2.
	Outcome  string `json:"outcome"`
	ExitCode int    `json:"exitCode"`

	// Failure says why the tool could not do its job.
	Failure string `json:"failure,omitempty"`

	// Codes are those that occur, sorted, each once.
	Codes []Code `json:"codes"`

	Diagnostics []jsonDiagnostic `json:"diagnostics"`
}

type jsonTool struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
}

type jsonDiagnostic struct {
	Code     Code   `json:"code"`
	Severity string `json:"severity"`
	Title    string `json:"title"`
	Summary  string `json:"summary"`
	URL      string `json:"url"`

	// Range is null for a finding about the project as a whole.
	Range *jsonRange `json:"range"`
	Label string     `json:"label"`

	Related      []jsonRelated     `json:"related"`
	Notes        []string          `json:"notes"`
	Help         []string          `json:"help"`
	Consequences []jsonConsequence `json:"consequences"`
	Fixes        []jsonFix         `json:"fixes"`
}

// jsonRange is a range in every unit. Offsets and ends are there when the file
// was read, a line when there is one.
type jsonRange struct {
	File           string `json:"file"`
	Start          *int   `json:"start,omitempty"`
	End            *int   `json:"end,omitempty"`
	Line           int    `json:"line,omitempty"`
	Column         int    `json:"column,omitempty"`
	EndLine        int    `json:"endLine,omitempty"`
	EndColumn      int    `json:"endColumn,omitempty"`
	UTF16Column    int    `json:"utf16Column,omitempty"`
	UTF16EndColumn int    `json:"utf16EndColumn,omitempty"`
}

type jsonRelated struct {
	Range *jsonRange `json:"range"`
	Label string     `json:"label"`
}

type jsonConsequence struct {
	Code    Code   `json:"code"`
	Summary string `json:"summary"`
}

type jsonFix struct {
	Title string     `json:"title"`
	Safe  bool       `json:"safe"`
	Edits []jsonEdit `json:"edits"`
}

type jsonEdit struct {
	Range *jsonRange `json:"range"`
	Text  string     `json:"text"`
}

func writeJSON(w io.Writer, sorted []Diagnostic, o Options) error {
	report := jsonReport{
		Version:     jsonVersion,
		Tool:        jsonTool{toolName, o.Version},
		Failure:     o.Failure,
		Codes:       codesOf(sorted),
		Diagnostics: make([]jsonDiagnostic, len(sorted)),
	}
	report.Outcome, report.ExitCode = outcome(sorted, o)
	for i, d := range sorted {
		report.Diagnostics[i] = newJSON(d, o.Sources)
	}
	return encode(w, report)
}

// encode writes a value as indented JSON, for people to read as well.
func encode(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}

// outcome is how the run ends that writes these diagnostics.
func outcome(all []Diagnostic, o Options) (word string, exitCode int) {
	switch {
	case o.Failure != "":
		return "failed", 2
	case slices.ContainsFunc(all, func(d Diagnostic) bool { return d.Severity == Error }):
		return "findings", 1
	}
	return "ok", 0
}

// codesOf returns the codes that occur, sorted, each once.
func codesOf(all []Diagnostic) []Code {
	codes := make([]Code, len(all))
	for i, d := range all {
		codes[i] = d.Code
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func newJSON(d Diagnostic, sources *Sources) jsonDiagnostic {
	j := jsonDiagnostic{
		Code:         d.Code,
		Severity:     d.Severity.String(),
		Title:        d.Code.Title(),
		Summary:      d.Summary,
		URL:          manualURL(d.Code),
		Range:        newJSONRange(d.Range, sources),
		Label:        d.Label,
		Related:      make([]jsonRelated, len(d.Related)),
		Notes:        append([]string{}, d.Notes...),
		Help:         append([]string{}, d.Help...),
		Consequences: make([]jsonConsequence, len(d.Consequences)),
		Fixes:        make([]jsonFix, len(d.Fixes)),
	}
	for i, r := range d.Related {
		j.Related[i] = jsonRelated{newJSONRange(r.Range, sources), r.Label}
	}
	for i, c := range d.Consequences {
		j.Consequences[i] = jsonConsequence(c)
	}
	for i, f := range d.Fixes {
		j.Fixes[i] = jsonFix{f.Title, f.Safe, make([]jsonEdit, len(f.Edits))}
		for k, e := range f.Edits {
			j.Fixes[i].Edits[k] = jsonEdit{newJSONRange(e.Range, sources), e.Text}
		}
	}
	return j
}

func newJSONRange(r Range, sources *Sources) *jsonRange {
	if r.IsZero() {
		return nil
	}
	span, ok := sources.Span(r)
	if !ok {
		return &jsonRange{File: r.File, Line: r.Line, Column: r.Column}
	}
	return &jsonRange{
		File:  r.File,
		Start: &span.Start, End: &span.End,
		Line: span.Line, Column: span.Column, EndLine: span.EndLine, EndColumn: span.EndColumn,
		UTF16Column: span.UTF16Column, UTF16EndColumn: span.UTF16EndColumn,
	}
}
