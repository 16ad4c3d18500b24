package diag

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
)

// The parts of SARIF 2.1.0 that are written. A field that has omitempty or is a
// pointer is absent when there is nothing to tell; a list without it is there
// and empty, which says that there is none.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool            `json:"tool"`
		Invocations []sarifInvocation    `json:"invocations"`
		BaseIDs     map[string]sarifBase `json:"originalUriBaseIds"`
		ColumnKind  string               `json:"columnKind"`
		Results     []sarifResult        `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name            string      `json:"name"`
		Version         string      `json:"version,omitempty"`
		SemanticVersion string      `json:"semanticVersion,omitempty"`
		InformationURI  string      `json:"informationUri"`
		Rules           []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               Code      `json:"id"`
		ShortDescription sarifText `json:"shortDescription"`
		FullDescription  sarifText `json:"fullDescription"`
		Help             sarifHelp `json:"help"`
		HelpURI          string    `json:"helpUri"`
	}
	sarifHelp struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		ExitCode      int                 `json:"exitCode"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifBase struct {
		Description sarifText `json:"description"`
	}
	sarifResult struct {
		RuleID       Code              `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Fixes        []sarifFix        `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI    string `json:"uri"`
		BaseID string `json:"uriBaseId"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
		Properties  sarifSafe     `json:"properties"`
	}
	sarifSafe struct {
		Safe bool `json:"safe"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
)

// sarifRoot names the folder that file names are relative to.
const sarifRoot = "%SRCROOT%"

// writeSARIF writes SARIF 2.1.0. Columns are UTF-16 code units and declared so.
func writeSARIF(w io.Writer, sorted []Diagnostic, o Options) error {
	rules := codesOf(sorted)
	run := sarifRun{
		Tool:        sarifTool{newSARIFDriver(rules, o)},
		Invocations: []sarifInvocation{newSARIFInvocation(sorted, o)},
		BaseIDs:     map[string]sarifBase{sarifRoot: {sarifText{"The root of the checkout."}}},
		ColumnKind:  "utf16CodeUnits",
		Results:     make([]sarifResult, len(sorted)),
	}
	prints := fingerprints(sorted, o)
	for i, d := range sorted {
		run.Results[i] = newSARIFResult(d, o)
		run.Results[i].RuleIndex, _ = slices.BinarySearch(rules, d.Code)
		run.Results[i].Fingerprints = map[string]string{"reactorDiagnostic/v1": prints[i]}
	}
	return encode(w, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

// newSARIFDriver describes the tool. A release is a semantic version, which SARIF
// writes without Go's v; a build of no release has a version of its own.
func newSARIFDriver(rules []Code, o Options) sarifDriver {
	d := sarifDriver{Name: toolName, InformationURI: toolURL, Rules: make([]sarifRule, len(rules))}
	if number, ok := strings.CutPrefix(o.Version, "v"); ok {
		d.SemanticVersion = number
	} else {
		d.Version = o.Version
	}
	for i, code := range rules {
		d.Rules[i] = newSARIFRule(code)
	}
	return d
}

func newSARIFInvocation(all []Diagnostic, o Options) sarifInvocation {
	_, code := outcome(all, o)
	i := sarifInvocation{Successful: o.Failure == "", ExitCode: code}
	if o.Failure != "" {
		i.Notifications = []sarifNotification{{"error", sarifText{o.Failure}}}
	}
	return i
}

// newSARIFRule is the manual of a code.
func newSARIFRule(c Code) sarifRule {
	m, _ := Explain(c)
	text, cure := unwrap(m.Text), sentence(unwrap(m.Cure))
	help := sarifHelp{Text: text, Markdown: text}
	if cure != "" {
		help.Text += "\n\n" + cure
		help.Markdown += fmt.Sprintf("\n\n```\n%s```\n\n%s", m.Example, cure)
	}
	return sarifRule{c, sarifText{sentence(m.Title)}, sarifText{text}, help, manualURL(c)}
}

// unwrap makes a line of each paragraph.
func unwrap(text string) string {
	paragraphs := strings.Split(text, "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.ReplaceAll(p, "\n", " ")
	}
	return strings.Join(paragraphs, "\n\n")
}

// sentence writes a phrase of ours as SARIF wants its texts: a capital first, a
// full stop last.
func sentence(phrase string) string {
	if phrase == "" {
		return ""
	}
	return strings.ToUpper(phrase[:1]) + strings.TrimSuffix(phrase[1:], ".") + "."
}

func newSARIFResult(d Diagnostic, o Options) sarifResult {
	r := sarifResult{
		RuleID:    d.Code,
		Level:     d.Severity.String(),
		Message:   sarifText{message(d)},
		Locations: []sarifLocation{newSARIFLocation(d.Range, d.Label, o)},
	}
	for _, related := range d.Related {
		r.Related = append(r.Related, newSARIFLocation(related.Range, related.Label, o))
	}
	for _, fix := range d.Fixes {
		if f, ok := newSARIFFix(fix, o); ok {
			r.Fixes = append(r.Fixes, f)
		}
	}
	return r
}

func newSARIFLocation(r Range, label string, o Options) sarifLocation {
	region := sarifRegion{StartLine: max(r.Line, 1)}
	if span, ok := o.Sources.Span(r); ok {
		region = newSARIFRegion(span)
	}
	l := sarifLocation{Physical: sarifPhysical{newSARIFArtifact(r, o), region}}
	if label != "" {
		l.Message = &sarifText{label}
	}
	return l
}

func newSARIFArtifact(r Range, o Options) sarifArtifact {
	return sarifArtifact{(&url.URL{Path: o.path(r)}).String(), sarifRoot}
}

func newSARIFRegion(s Span) sarifRegion {
	return sarifRegion{s.Line, s.UTF16Column, s.EndLine, s.UTF16EndColumn}
}

// newSARIFFix groups the edits of a fix by file. A fix for a file that was not
// read cannot be told, as its columns are not known.
func newSARIFFix(fix Fix, o Options) (sarifFix, bool) {
	f := sarifFix{Description: sarifText{fix.Title}, Properties: sarifSafe{fix.Safe}}
	for _, edit := range fix.Edits {
		span, ok := o.Sources.Span(edit.Range)
		if !ok {
			return sarifFix{}, false
		}
		artifact := newSARIFArtifact(edit.Range, o)
		i := slices.IndexFunc(f.Changes, func(c sarifChange) bool { return c.Artifact == artifact })
		if i < 0 {
			i = len(f.Changes)
			f.Changes = append(f.Changes, sarifChange{Artifact: artifact})
		}
		f.Changes[i].Replacements = append(f.Changes[i].Replacements, sarifReplacement{newSARIFRegion(span), sarifText{edit.Text}})
	}
	return f, len(f.Changes) > 0
}
