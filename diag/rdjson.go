package diag

import (
	"io"
	"strings"
)

// The parts of the Reviewdog Diagnostic Format that are written. Columns are
// bytes, from 1; ends are exclusive.
type (
	rdReport struct {
		Source      rdSource       `json:"source"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}
	rdSource struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	rdDiagnostic struct {
		Message     string         `json:"message"`
		Location    rdLocation     `json:"location"`
		Severity    string         `json:"severity"`
		Code        rdCode         `json:"code"`
		Suggestions []rdSuggestion `json:"suggestions,omitempty"`
		Related     []rdRelated    `json:"related_locations,omitempty"`
	}
	rdLocation struct {
		Path  string   `json:"path"`
		Range *rdRange `json:"range,omitempty"`
	}
	rdRange struct {
		Start rdPosition  `json:"start"`
		End   *rdPosition `json:"end,omitempty"`
	}
	rdPosition struct {
		Line   int `json:"line"`
		Column int `json:"column,omitempty"`
	}
	rdCode struct {
		Value Code   `json:"value"`
		URL   string `json:"url"`
	}
	rdSuggestion struct {
		Range rdRange `json:"range"`
		Text  string  `json:"text"`
	}
	rdRelated struct {
		Message  string     `json:"message"`
		Location rdLocation `json:"location"`
	}
)

// writeRDJSON writes the Reviewdog Diagnostic Format.
func writeRDJSON(w io.Writer, sorted []Diagnostic, o Options) error {
	report := rdReport{Source: rdSource{toolName, toolURL}, Diagnostics: make([]rdDiagnostic, len(sorted))}
	for i, d := range sorted {
		report.Diagnostics[i] = newRD(d, o)
	}
	return encode(w, report)
}

func newRD(d Diagnostic, o Options) rdDiagnostic {
	r := rdDiagnostic{
		Message:     message(d),
		Location:    newRDLocation(d.Range, o),
		Severity:    strings.ToUpper(d.Severity.String()),
		Code:        rdCode{d.Code, manualURL(d.Code)},
		Suggestions: rdSuggestions(d, o),
	}
	for _, related := range d.Related {
		r.Related = append(r.Related, rdRelated{related.Label, newRDLocation(related.Range, o)})
	}
	return r
}

// rdSuggestions are the fixes that are one edit of the diagnostic's own file, as
// the form applies each suggestion alone and there.
func rdSuggestions(d Diagnostic, o Options) (all []rdSuggestion) {
	for _, fix := range d.Fixes {
		if len(fix.Edits) != 1 || fix.Edits[0].Range.File != d.Range.File {
			continue
		}
		if at := newRDRange(fix.Edits[0].Range, o); at != nil && at.End != nil {
			all = append(all, rdSuggestion{*at, fix.Edits[0].Text})
		}
	}
	return all
}

func newRDLocation(r Range, o Options) rdLocation {
	return rdLocation{o.path(r), newRDRange(r, o)}
}

func newRDRange(r Range, o Options) *rdRange {
	if r.Line < 1 {
		return nil
	}
	span, ok := o.Sources.Span(r)
	if !ok {
		return &rdRange{Start: rdPosition{r.Line, r.Column}}
	}
	return &rdRange{rdPosition{span.Line, span.Column}, &rdPosition{span.EndLine, span.EndColumn}}
}
