package diag

import (
	"encoding/xml"
	"io"
)

type checkstyleReport struct {
	XMLName xml.Name         `xml:"checkstyle"`
	Version string           `xml:"version,attr"`
	Files   []checkstyleFile `xml:"file"`
}

type checkstyleFile struct {
	Name   string            `xml:"name,attr"`
	Errors []checkstyleError `xml:"error"`
}

type checkstyleError struct {
	Line     int    `xml:"line,attr"`
	Column   int    `xml:"column,attr,omitempty"`
	Severity string `xml:"severity,attr"`
	Message  string `xml:"message,attr"`
	Source   string `xml:"source,attr"`
}

// writeCheckstyle writes the report of Checkstyle, which other linters share.
// Columns are UTF-16 code units, as Checkstyle is written in Java.
func writeCheckstyle(w io.Writer, sorted []Diagnostic, o Options) error {
	report := checkstyleReport{Version: "10.0"}
	for _, d := range sorted {
		name := o.path(d.Range)
		if n := len(report.Files); n == 0 || report.Files[n-1].Name != name {
			report.Files = append(report.Files, checkstyleFile{Name: name})
		}
		e := checkstyleError{
			Line:     max(d.Range.Line, 1),
			Severity: d.Severity.String(),
			Message:  messageWithPlaces(d, o),
			Source:   toolName + "." + string(d.Code),
		}
		if span, ok := o.Sources.Span(d.Range); ok {
			e.Column = span.UTF16Column
		}
		file := &report.Files[len(report.Files)-1]
		file.Errors = append(file.Errors, e)
	}
	return encodeXML(w, report)
}

// encodeXML writes a value as an indented XML document.
func encodeXML(w io.Writer, value any) error {
	text, err := xml.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(text)+"\n")
	return err
}
