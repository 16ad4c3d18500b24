package lsp

import (
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

// source is what an editor shows as the origin of a finding.
const source = "reactor-gen"

// finding is a diagnostic in the form of the protocol, and what cures it.
type finding struct {
	path       string // of its file, absolute
	diagnostic diagnostic
	fixes      []fix
}

func (f finding) equal(other finding) bool { return reflect.DeepEqual(f, other) }

// repeatsCompiler tells whether a finding says no more than what gopls says of the
// same Go file: that it does not compile.
func (f finding) repeatsCompiler() bool {
	says := []diag.Code{diag.RG501, diag.RG502, diag.RG503, diag.RG511, diag.RG512}
	return filepath.Ext(f.path) == ".go" && slices.Contains(says, diag.Code(f.diagnostic.Code))
}

// fix is one way to cure a finding.
type fix struct {
	title string
	safe  bool
	edits []fileEdit
}

// fileEdit is an edit of a file. One that is new is made by it.
type fileEdit struct {
	path  string
	isNew bool
	edit  textEdit
}

// findings are those of a look, in the making.
type findings struct {
	module *module
	view   view
	all    []finding
	open   map[string]*document // by path
	lines  map[*diag.Source]*lines
}

func newFindings(m *module, v view) *findings {
	f := &findings{module: m, view: v, open: make(map[string]*document), lines: make(map[*diag.Source]*lines)}
	for _, d := range v.documents {
		f.open[d.path] = d
	}
	return f
}

// addAll adds findings that are made.
func (f *findings) addAll(all []finding) { f.all = append(f.all, all...) }

// replace takes findings away that were added, and adds others.
func (f *findings) replace(old, with []finding) {
	f.all = slices.DeleteFunc(f.all, func(one finding) bool { return slices.ContainsFunc(old, one.equal) })
	f.addAll(with)
}

// add adds the diagnostics of the project in a folder.
func (f *findings) add(dir string, r *scanner.Result) {
	for _, d := range r.Diagnostics.Sorted() {
		at := f.place(dir, r.Sources, d.Range)
		one := finding{path: at.path, diagnostic: diagnostic{
			Range:           at.textRange,
			Severity:        severity(d.Severity),
			Code:            string(d.Code),
			CodeDescription: &codeDescription{d.Code.URL()},
			Source:          source,
			Message:         text(d),
			Tags:            tags[d.Code],
		}}
		for _, other := range d.Related {
			at := f.place(dir, r.Sources, other.Range)
			one.diagnostic.RelatedInformation = append(one.diagnostic.RelatedInformation,
				relatedInformation{location{f.uri(at.path), at.textRange}, other.Label})
		}
		for _, way := range d.Fixes {
			one.fixes = append(one.fixes, f.fix(dir, r.Sources, way))
		}
		one.diagnostic.Data = dataOf(one.fixes)
		f.all = append(f.all, one)
	}
}

func severity(s diag.Severity) int {
	if s == diag.Warning {
		return 2
	}
	return 1
}

// tags has the codes of what is not needed, which editors let fade.
var tags = map[diag.Code][]int{diag.RG118: {1}, diag.RG133: {1}, diag.RG710: {1}}

// text is what a diagnostic says, the summary first.
func text(d diag.Diagnostic) string {
	var out strings.Builder
	out.WriteString(d.Summary)
	for _, note := range d.Notes {
		out.WriteString("\nnote: " + note)
	}
	for _, c := range d.Consequences {
		out.WriteString("\nconsequence: " + string(c.Code) + ": " + c.Summary)
	}
	for _, help := range d.Help {
		out.WriteString("\nhelp: " + help)
	}
	return out.String()
}

func dataOf(fixes []fix) *diagnosticData {
	if len(fixes) == 0 {
		return nil
	}
	d := new(diagnosticData)
	for _, way := range fixes {
		d.Fixes = append(d.Fixes, fixData{way.title, way.safe})
	}
	return d
}

func (f *findings) fix(dir string, sources *diag.Sources, way diag.Fix) fix {
	out := fix{title: way.Title, safe: way.Safe}
	for _, e := range way.Edits {
		at := f.place(dir, sources, e.Range)
		out.edits = append(out.edits, fileEdit{at.path, sources.Get(e.Range.File) == nil, textEdit{at.textRange, e.Text}})
	}
	return out
}

// place is a range of a file.
type place struct {
	path string
	textRange
}

// place is where a range of the project in a folder is. What is about the project as
// a whole is shown at the module line of its go.mod.
func (f *findings) place(dir string, sources *diag.Sources, r diag.Range) place {
	if r.IsZero() {
		return place{f.module.goMod, moduleLine(f.module.goMod)}
	}
	name := filepath.FromSlash(r.File)
	if !filepath.IsAbs(name) {
		name = filepath.Join(dir, name)
	}
	span, known := sources.Span(r)
	if !known {
		start := position{max(r.Line-1, 0), max(r.Column-1, 0)}
		return place{name, textRange{start, start}}
	}
	src := sources.Get(r.File)
	l := f.lines[src]
	mark := 0 // of the byte order, which an editor does not have in its text
	if f.open[name] == nil && strings.HasPrefix(string(src.Text[:min(3, len(src.Text))]), "\ufeff") {
		mark = 3
	}
	if l == nil {
		l = newLines(src.Text[mark:], f.view.encoding)
		f.lines[src] = l
	}
	return place{name, l.textRange(span.Start-mark, span.End-mark)}
}

// moduleLine is the range of the first line of a go.mod that says something.
func moduleLine(goMod string) textRange {
	n := 0
	for line := range strings.Lines(read(goMod)) {
		if line = strings.TrimRight(line, "\r\n"); strings.HasPrefix(line, "module ") {
			return textRange{position{n, 0}, position{n, len(line)}}
		}
		n++
	}
	return textRange{}
}

// uri is the URI of a file, as the client writes it when it is open.
func (f *findings) uri(path string) string {
	if d := f.open[path]; d != nil {
		return d.uri
	}
	return uriOf(path)
}
