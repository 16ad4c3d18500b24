package diag

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

type junitReport struct {
	XMLName xml.Name     `xml:"testsuites"`
	Suites  []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	File    string        `xml:"file,attr,omitempty"`
	Line    int           `xml:"line,attr,omitempty"`
	Failure *junitFailure `xml:"failure,omitempty"`
	Error   *junitFailure `xml:"error,omitempty"`
	Output  string        `xml:"system-out,omitempty"`
}

type junitFailure struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// writeJUnit writes a report of JUnit in which each error is a test that failed
// and each warning one that passed and printed it. Without errors there is one
// test that passed, as CI systems take a report without tests for a mistake.
func writeJUnit(w io.Writer, sorted []Diagnostic, o Options) error {
	suite := junitSuite{Name: toolName}
	for _, d := range sorted {
		c := newJUnitCase(d, o)
		if c.Failure != nil {
			suite.Failures++
		}
		suite.Cases = append(suite.Cases, c)
	}
	switch {
	case o.Failure != "":
		suite.Errors++
		suite.Cases = append(suite.Cases, junitCase{Name: "check", Class: toolName, Error: &junitFailure{Type: "failed", Message: o.Failure}})
	case suite.Failures == 0:
		suite.Cases = append(suite.Cases, junitCase{Name: "check", Class: toolName})
	}
	suite.Tests = len(suite.Cases)
	return encodeXML(w, junitReport{Suites: []junitSuite{suite}})
}

func newJUnitCase(d Diagnostic, o Options) junitCase {
	name := string(d.Code)
	if d.Range.Line > 0 {
		name = fmt.Sprintf("%s:%d:%d", d.Code, d.Range.Line, max(d.Range.Column, 1))
	}
	c := junitCase{Name: name, Class: o.path(d.Range), Line: d.Range.Line}
	if !d.Range.IsZero() {
		c.File = c.Class
	}
	text := junitText(d, o)
	if d.Severity == Error {
		c.Failure = &junitFailure{Type: string(d.Code), Message: d.Summary, Text: text}
	} else {
		c.Output = text
	}
	return c
}

// junitText is a diagnostic as people read it on a terminal, with its frame.
func junitText(d Diagnostic, o Options) string {
	p := &printer{Text: Text{Sources: o.Sources, Frames: true}}
	p.diagnostic(d)
	return strings.TrimSuffix(p.out.String(), "\n")
}
