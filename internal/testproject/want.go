package testproject

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/reactorgen/reactor/diag"
)

// Want is a finding that is expected.
type Want struct {
	// File and Line are empty for a finding about the project as a whole.
	File string
	Line int

	Code diag.Code

	// Summary must match the finding's.
	Summary *regexp.Regexp
}

func (w Want) String() string {
	return fmt.Sprintf("%s %s %q", where(w.File, w.Line), w.Code, w.Summary)
}

func where(file string, line int) string {
	if file == "" {
		return "the project"
	}
	return fmt.Sprintf("%s:%d", file, line)
}

// The forms of an expectation: in the header with an optional place, and as a
// comment at the end of a line.
var (
	inHeader = regexp.MustCompile(`^want (?:(\S+):(\d+) )?(RG\d{3}) (".*")$`)
	inLine   = regexp.MustCompile(`[ \t]*(?://|#) want (RG\d{3}) (".*")\r?$`)
)

func (p *Project) header(t testing.TB, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if variable, ok := strings.CutPrefix(strings.TrimSpace(line), "env "); ok {
			p.setEnv(variable)
			continue
		}
		m := inHeader.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			if strings.HasPrefix(line, "want ") {
				t.Fatalf("%s: cannot read %q", p.Name, line)
			}
			continue
		}
		at, _ := strconv.Atoi(m[2])
		p.want(t, m[1], at, m[3], m[4])
	}
}

func (p *Project) want(t testing.TB, file string, line int, code, quoted string) {
	t.Helper()
	pattern, err := strconv.Unquote(quoted)
	if err != nil {
		t.Fatalf("%s: %s:%d: %s: %v", p.Name, file, line, quoted, err)
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		t.Fatalf("%s: %s:%d: %v", p.Name, file, line, err)
	}
	p.Wants = append(p.Wants, Want{file, line, diag.Code(code), re})
}

// expectations takes the expectations off a file's lines and returns the rest.
func (p *Project) expectations(t testing.TB, f txtar.File) []byte {
	t.Helper()
	lines := strings.Split(string(f.Data), "\n")
	for i, line := range lines {
		if m := inLine.FindStringSubmatchIndex(line); m != nil {
			p.want(t, f.Name, i+1, line[m[2]:m[3]], line[m[4]:m[5]])
			lines[i] = line[:m[0]]
		}
	}
	return []byte(strings.Join(lines, "\n"))
}

// Check compares findings with what the project expects.
func (p *Project) Check(t testing.TB, got []diag.Diagnostic) {
	t.Helper()
	wants := slices.Clone(p.Wants)
	for _, d := range got {
		i := slices.IndexFunc(wants, func(w Want) bool {
			return w.File == d.Range.File && w.Line == d.Range.Line && w.Code == d.Code && w.Summary.MatchString(d.Summary)
		})
		if i < 0 {
			t.Errorf("not expected: %s %s %q", where(d.Range.File, d.Range.Line), d.Code, d.Summary)
			continue
		}
		wants = slices.Delete(wants, i, i+1)
	}
	for _, w := range wants {
		t.Errorf("missing: %s", w)
	}
}
