package analyzer

import (
	"go/token"
	"path/filepath"

	"golang.org/x/tools/go/analysis"

	"github.com/reactorgen/reactor/diag"
)

// report passes a finding on to the driver. One at no place of the package is
// shown at its first package clause.
func (u *unit) report(d diag.Diagnostic) {
	pos, end := u.place(d.Range)
	if !pos.IsValid() {
		pos, end = u.pass.Files[0].Name.Pos(), u.pass.Files[0].Name.End()
	}
	out := analysis.Diagnostic{
		Pos:      pos,
		End:      end,
		Category: string(d.Code),
		Message:  message(d),
		URL:      d.Code.URL(),
	}
	for _, r := range d.Related {
		if pos, end := u.place(r.Range); pos.IsValid() && r.Label != "" {
			out.Related = append(out.Related, analysis.RelatedInformation{Pos: pos, End: end, Message: r.Label})
		}
	}
	for _, f := range d.Fixes {
		if fix, ok := u.fix(f); ok && f.Safe { // go fix makes what is suggested, and asks nobody
			out.SuggestedFixes = append(out.SuggestedFixes, fix)
		}
	}
	u.pass.Report(out)
}

// message is what go vet prints, which is all that it prints: the finding, its
// code, and the first thing that helps.
func message(d diag.Diagnostic) string {
	text := d.Summary + " [" + string(d.Code) + "]"
	if len(d.Help) > 0 {
		text += "; " + d.Help[0]
	}
	return text
}

// fix turns a fix into one of the package's files, if it is about no others.
func (u *unit) fix(f diag.Fix) (analysis.SuggestedFix, bool) {
	out := analysis.SuggestedFix{Message: f.Title}
	for _, e := range f.Edits {
		pos, end := u.place(e.Range)
		if !pos.IsValid() {
			return out, false
		}
		out.TextEdits = append(out.TextEdits, analysis.TextEdit{Pos: pos, End: end, NewText: []byte(e.Text)})
	}
	return out, true
}

// place turns a range into positions. Those of a file that is not the package's
// are not valid.
func (u *unit) place(r diag.Range) (pos, end token.Pos) {
	if r.IsZero() {
		return token.NoPos, token.NoPos
	}
	file := u.file(filepath.Join(u.root, filepath.FromSlash(r.File)))
	if file == nil || r.End > file.Size() {
		return token.NoPos, token.NoPos
	}
	return file.Pos(r.Start), file.Pos(r.End)
}
