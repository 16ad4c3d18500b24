package diag_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/testproject"
)

// everything is one of each thing that a diagnostic can have, about a file whose
// columns are not the same in any two units, and one that nothing is known of.
func everything() ([]diag.Diagnostic, diag.Options) {
	sources := new(diag.Sources)
	model := sources.Add("modél 1.go", []byte("\ufeffpackage 長生き\r\n\t/* 👩‍👧 */ //reactor:modle name=\"é\"\r\n\ntype T struct{}\n"))
	at := func(part string) diag.Range {
		i := strings.Index(string(model.Text), part)
		return model.Range(i, i+len(part))
	}
	var list diag.List
	list.Add(diag.Diagnostic{
		Code: diag.RG102, Severity: diag.Error, Range: at("reactor:modle"),
		Summary: `unknown directive "reactor:modle"; 100% <sure> & 'quoted'`,
		Label:   "a, b: c",
		Related: []diag.Related{
			{Range: at("/* 👩‍👧 */"), Label: "an emoji before it"},
			{Range: at("type T struct{}"), Label: "the type"},
			{Range: diag.Range{File: "other.go", Line: 3, Column: 4}, Label: "not read"},
		},
		Notes:        []string{"a note\nof two lines", "control \x1b, bad \xff and turned \u202e bytes"},
		Help:         []string{"write //reactor:model", "or delete it"},
		Consequences: []diag.Consequence{{Code: diag.RG401, Summary: diag.NoModelFound}},
		Fixes: []diag.Fix{
			{Title: "write model", Safe: true, Edits: []diag.Edit{{Range: at("modle"), Text: "model"}}},
			{Title: "move it", Edits: []diag.Edit{
				{Range: at(" //reactor:modle name=\"é\"\r\n\n"), Text: ""},
				{Range: model.Range(len("\ufeff"), len("\ufeff")), Text: "// 長\n"},
			}},
			{Title: "edit what was not read", Edits: []diag.Edit{{Range: diag.Range{File: "other.go", Line: 1, Column: 1}, Text: "x"}}},
		},
	})
	list.Add(diag.Diagnostic{Code: diag.RG401, Severity: diag.Error, Summary: diag.NoModelFound, Help: []string{"start one"}})
	list.Add(diag.Diagnostic{Code: diag.RG501, Severity: diag.Error, Range: diag.Range{File: "other.go", Line: 7, Column: 2}, Summary: "a file that was not read"})
	list.Add(diag.Diagnostic{Code: diag.RG701, Severity: diag.Warning, Range: diag.Range{File: "../conf.yaml"}, Summary: "a file as a whole, outside"})
	list.Add(diag.Diagnostic{Code: diag.RG201, Severity: diag.Warning, Range: at("modle name=\"é\"\r\n\ntype"), Summary: "over several lines"})
	list.Add(diag.Diagnostic{Code: diag.RG208, Severity: diag.Warning, Range: diag.Range{File: "modél 1.go", Line: 2}, Summary: "a line as a whole"})
	return list.Sorted(), diag.Options{Sources: sources, Version: "v1.2.3", Base: "models/a", Frames: true}
}

func TestFormats(t *testing.T) {
	all, o := everything()
	for _, format := range diag.Formats() {
		t.Run(format.Name, func(t *testing.T) {
			text := written(t, format, all, o)
			testproject.Document(t, format.Name, "everything", text)
			testproject.GoldenFile(t, filepath.Join("testdata", "formats", "everything."+format.Name), testproject.WithoutRules(text))
		})
	}
}

func TestFormatsOfNothing(t *testing.T) {
	for _, format := range diag.Formats() {
		t.Run(format.Name, func(t *testing.T) {
			text := written(t, format, nil, diag.Options{Version: "v1.2.3"})
			testproject.Document(t, format.Name, "nothing", text)
			testproject.GoldenFile(t, filepath.Join("testdata", "formats", "nothing."+format.Name), text)
			if empty := written(t, format, []diag.Diagnostic{}, diag.Options{Version: "v1.2.3"}); empty != text {
				t.Errorf("an empty list is %q", empty)
			}
		})
	}
}

// TestFormatsTellFailures wants the failure in the forms that say that they tell
// it, and in no other.
func TestFormatsTellFailures(t *testing.T) {
	for _, format := range diag.Formats() {
		text := written(t, format, nil, diag.Options{Version: "v1.2.3", Failure: "go is missing"})
		testproject.Document(t, format.Name, "failure", text)
		if told := strings.Contains(text, "go is missing"); told != format.TellsFailure {
			t.Errorf("%s: tells %t, says %t:\n%s", format.Name, told, format.TellsFailure, text)
		}
	}
}

func TestFormatsAreNamed(t *testing.T) {
	seen := make(map[string]bool)
	for _, format := range diag.Formats() {
		if format.Name == "" || format.About == "" || seen[format.Name] || strings.ContainsAny(format.Name, ":,") {
			t.Errorf("%q, %q", format.Name, format.About)
		}
		seen[format.Name] = true
	}
}

// TestSARIFRules wants the manual of each code that occurs, and each result to
// point at its own.
func TestSARIFRules(t *testing.T) {
	all, o := everything()
	type rule struct {
		ID   diag.Code
		Help struct{ Text, Markdown string }
	}
	var log struct {
		Runs []struct {
			Tool    struct{ Driver struct{ Rules []rule } }
			Results []struct {
				RuleID    diag.Code
				RuleIndex int
			}
		}
	}
	if err := json.Unmarshal([]byte(written(t, format(t, "sarif"), all, o)), &log); err != nil {
		t.Fatal(err)
	}
	rules := log.Runs[0].Tool.Driver.Rules
	if len(rules) != len(all) || len(log.Runs[0].Results) != len(all) {
		t.Fatalf("%d rules, %d results for %d diagnostics", len(rules), len(log.Runs[0].Results), len(all))
	}
	for _, r := range log.Runs[0].Results {
		rule := rules[r.RuleIndex]
		if rule.ID != r.RuleID {
			t.Errorf("%s points at the rule %s", r.RuleID, rule.ID)
		}
		m, _ := diag.Explain(r.RuleID)
		first, _, _ := strings.Cut(m.Text, "\n")
		if !strings.HasPrefix(rule.Help.Text, first) || !strings.Contains(rule.Help.Markdown, m.Example) {
			t.Errorf("%s has the help %q", r.RuleID, rule.Help)
		}
	}
}

func written(t *testing.T, format diag.Format, all []diag.Diagnostic, o diag.Options) string {
	t.Helper()
	var b strings.Builder
	if err := format.Write(&b, all, o); err != nil {
		t.Fatalf("%s: %v", format.Name, err)
	}
	return b.String()
}

func format(t *testing.T, name string) diag.Format {
	t.Helper()
	for _, format := range diag.Formats() {
		if format.Name == name {
			return format
		}
	}
	t.Fatalf("no format %s", name)
	return diag.Format{}
}

// TestFingerprints wants them to survive that lines move, and to tell apart what
// is the same twice.
func TestFingerprints(t *testing.T) {
	prints := func(text string) (all []string) {
		sources := new(diag.Sources)
		source := sources.Add("a.go", []byte(text))
		var list diag.List
		for at := 0; ; {
			i := strings.Index(text[at:], "bad")
			if i < 0 {
				break
			}
			at += i + 3
			list.Add(diag.Diagnostic{Code: diag.RG102, Severity: diag.Error, Range: source.Range(at-3, at), Summary: "bad"})
		}
		var issues []struct{ Fingerprint string }
		if err := json.Unmarshal([]byte(written(t, format(t, "gitlab"), list.Sorted(), diag.Options{Sources: sources})), &issues); err != nil {
			t.Fatal(err)
		}
		for _, issue := range issues {
			all = append(all, issue.Fingerprint)
		}
		return all
	}
	before := prints("one bad line\nanother bad line\none bad line\n")
	after := prints("new\n\n\tone  bad line\r\nanother bad line\nnew\none bad line\n")
	if len(before) != 3 || strings.Join(before, " ") != strings.Join(after, " ") {
		t.Errorf("before %v, after %v", before, after)
	}
	if before[0] == before[1] || before[0] == before[2] || before[1] == before[2] {
		t.Errorf("%v are not three", before)
	}
	if changed := prints("one more bad line\n"); changed[0] == before[0] {
		t.Error("another line has the same fingerprint")
	}
}

// FuzzFormats puts any text and any place into each format and reads it back.
func FuzzFormats(f *testing.F) {
	f.Add("a.go", "package a\n", "]]>\x00\xff\ufffe<&\"", 3, 5)
	f.Add("%:,\n.go", "", "100%\r\n::error ::", -1, 9)
	f.Add("../a b#?.go", "\ufeff\xf0\x9f", "\u2028\u202e", 1, 1)
	f.Fuzz(func(t *testing.T, file, text, words string, start, end int) {
		sources := new(diag.Sources)
		at := sources.Add(file, []byte(text)).Range(start, end)
		d := diag.Diagnostic{
			Code: diag.RG101, Severity: diag.Error, Range: at, Summary: words, Label: words,
			Related: []diag.Related{{Range: at, Label: words}}, Notes: []string{words}, Help: []string{words},
			Fixes: []diag.Fix{{Title: words, Edits: []diag.Edit{{Range: at, Text: words}}}},
		}
		for _, format := range diag.Formats() {
			out := written(t, format, []diag.Diagnostic{d}, diag.Options{Sources: sources, Failure: words})
			testproject.Document(t, format.Name, "fuzz", out)
		}
	})
}
