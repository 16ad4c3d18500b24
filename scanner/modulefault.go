package scanner

import (
	"errors"
	"go/version"
	"runtime"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// unloadable reports what keeps the go command from loading any package of the
// module, as far as that can be told without asking it. It tells whether there
// is something.
func (s *scan) unloadable() bool {
	if s.env.Lookup("GO111MODULE") == "off" {
		s.report(diag.ModulesOff())
		return true
	}
	if d, ok := s.moduleFault(); ok {
		s.report(d)
		return true
	}
	d, ok := s.workspaceFault()
	if ok {
		s.report(d)
	}
	return ok
}

// moduleFault says what is wrong with go.mod, if anything is.
func (s *scan) moduleFault() (diag.Diagnostic, bool) {
	m := s.module
	if m.file == nil {
		return s.unreadModFile(m.goMod(), m.text, m.broken), true
	}
	if m.file.Module == nil {
		return diag.NoModuleLine(s.wholeFile(m.goMod(), m.text)), true
	}
	if m.file.Go != nil && newer(version.Lang("go"+m.file.Go.Version), builtWith()) {
		return diag.NewerGo(s.goLine(), m.file.Go.Version, builtWith(), true), true
	}
	return diag.Diagnostic{}, false
}

// builtWith is the version of Go that this program is built with, and reads code
// as.
func builtWith() string {
	word, _, _ := strings.Cut(runtime.Version(), " ")
	return strings.TrimPrefix(word, "go")
}

// newer tells whether a version of Go is newer than another. Versions that are
// none are not newer than any.
func newer(a, b string) bool {
	a, b = "go"+strings.TrimPrefix(a, "go"), "go"+strings.TrimPrefix(b, "go")
	return version.IsValid(a) && version.IsValid(b) && version.Compare(a, b) > 0
}

// unreadModFile says why a go.mod or go.work cannot be parsed.
func (s *scan) unreadModFile(name string, text []byte, err error) diag.Diagnostic {
	var first modfile.Error
	if list, ok := errors.AsType[modfile.ErrorList](err); ok && len(list) > 0 {
		first = list[0]
	}
	src := s.result.Sources.Add(s.rel(name), text)
	start := src.Offset(max(first.Pos.Line, 1), max(first.Pos.LineRune, 1))
	line := src.Line(first.Pos.Line)
	end := src.Offset(first.Pos.Line, len(line)+1)
	message := err.Error()
	if first.Err != nil {
		message = first.Err.Error()
	}
	near := ""
	if word, ok := strings.CutPrefix(message, "unknown directive: "); ok {
		near = config.Nearest(word, []string{"module", "go", "toolchain", "godebug", "require", "exclude", "replace", "retract", "tool", "ignore", "use"})
		end = start + len(word)
	}
	return diag.BrokenModFile(src.Range(start, max(end, start+1)), message, near)
}

// lineIn is the range of a line of a go.mod or go.work.
func (s *scan) lineIn(name string, text []byte, line *modfile.Line) diag.Range {
	return s.result.Sources.Add(s.rel(name), text).Range(line.Start.Byte, line.End.Byte)
}

func (s *scan) wholeFile(name string, text []byte) diag.Range {
	return s.result.Sources.Add(s.rel(name), text).Range(0, 0)
}

// goLine is the place of the go line in go.mod, or the file's beginning.
func (s *scan) goLine() diag.Range {
	m := s.module
	if m.file == nil || m.file.Go == nil {
		return s.wholeFile(m.goMod(), m.text)
	}
	return s.lineIn(m.goMod(), m.text, m.file.Go.Syntax)
}

// replacement is the place of the line in go.mod that replaces the module of a
// package by a folder, and that folder.
func (s *scan) replacement(path string) (at diag.Range, dir string) {
	if s.module.file == nil {
		return diag.Range{}, ""
	}
	longest := ""
	for _, r := range s.module.file.Replace {
		if (path == r.Old.Path || strings.HasPrefix(path, r.Old.Path+"/")) && len(r.Old.Path) > len(longest) && r.New.Version == "" {
			longest = r.Old.Path
			at, dir = s.lineIn(s.module.goMod(), s.module.text, r.Syntax), r.New.Path
		}
	}
	return at, dir
}

// needsGo is the go command's refusal of a module that is too new for it.
var needsGo = pattern(`requires go >= (\S+) \(running go (\S+);|download go(\S+) for .*: toolchain not available`)

// refused explains a refusal of the go command to load anything at all.
func (s *scan) refused(message string) diag.Diagnostic {
	if _, stderr, ok := strings.Cut(message, ": stderr: "); ok {
		message = stderr
	}
	if m := needsGo().FindStringSubmatch(message); m != nil {
		have := m[2]
		if have == "" {
			have = builtWith()
		}
		return diag.NewerGo(s.goLine(), m[1]+m[3], have, false)
	}
	if strings.Contains(message, "inconsistent vendoring") {
		return diag.StaleVendor(vendorLines(message), s.rel(s.vendorDir()), s.workspace.name != "")
	}
	return diag.CannotLoad(s.placeIn(message))
}

// vendorDir is the folder that dependencies are vendored in.
func (s *scan) vendorDir() string {
	if s.workspace.name != "" {
		return strings.TrimSuffix(s.workspace.name, "go.work") + "vendor"
	}
	return strings.TrimSuffix(s.module.goMod(), "go.mod") + "vendor"
}

// vendorLines are the lines of a message that tell what differs.
func vendorLines(message string) (lines []string) {
	for line := range strings.Lines(message) {
		if strings.Contains(line, "@") && strings.HasPrefix(line, "\t") {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}
