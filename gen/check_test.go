package gen

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

// written is a project whose main is on the disk.
func written(t testing.TB) *scanner.Project {
	t.Helper()
	p := plasma()
	p.Dir = t.TempDir()
	p.Model.Range = diag.Range{File: "plasma.go", Line: 5, Column: 1}
	p.Model.Args = map[string]diag.Range{
		"name":    {File: "plasma.go", Line: 5, Column: 17},
		"weights": {File: "plasma.go", Line: 5, Column: 29},
	}
	put(t, p, placeOf(p), generatedText(t, p))
	return p
}

func generatedText(t testing.TB, p *scanner.Project) []byte {
	t.Helper()
	file, err := Generate(p)
	if err != nil {
		t.Fatal(err)
	}
	return file.Text
}

// put writes a file into the project, among those that may be mains.
func put(t testing.TB, p *scanner.Project, path string, text []byte) {
	t.Helper()
	name := filepath.Join(p.Dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, text, 0o666); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(p.Mains, path) {
		p.Mains = append(p.Mains, path)
	}
}

// checked are the findings of a project, a line each.
func checked(t *testing.T, p *scanner.Project) string {
	t.Helper()
	found, err := Check(p, new(diag.Sources))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, d := range found {
		lines = append(lines, string(d.Code)+" "+d.Range.File+" "+d.Summary)
	}
	return strings.Join(lines, "\n")
}

func TestCheck(t *testing.T) {
	line := diag.Range{File: "plasma.go", Line: 3, Column: 1}
	for name, test := range map[string]struct {
		change func(*testing.T, *scanner.Project)
		want   string
	}{
		"good":    {func(*testing.T, *scanner.Project) {}, ""},
		"missing": {func(t *testing.T, p *scanner.Project) { remove(t, p) }, ""},
		"missing, with a line for it": {
			func(t *testing.T, p *scanner.Project) { remove(t, p); p.GenerateLine = line },
			"RG602 plasma.go generated main cmd/plasma/main.go is missing",
		},
		"foreign": {func(t *testing.T, p *scanner.Project) { put(t, p, placeOf(p), []byte("package main\n")) }, ""},
		"foreign, with a line for ours": {
			func(t *testing.T, p *scanner.Project) {
				put(t, p, placeOf(p), nil)
				p.GenerateLine = line
			},
			"RG602 plasma.go generated main cmd/plasma/main.go is missing",
		},
		"stale": {
			func(_ *testing.T, p *scanner.Project) { p.Model.Weights = nil },
			`RG601 plasma.go cmd/plasma/main.go is out of date: weights removed: "palette, vae-decoder"`,
		},
		"renamed": {
			func(_ *testing.T, p *scanner.Project) { p.Model.Name = "tide" },
			`RG604 plasma.go generated main cmd/plasma/main.go is left over: the model was renamed from "plasma" to "tide"`,
		},
		"renamed and generated": {
			func(t *testing.T, p *scanner.Project) {
				p.Model.Name = "tide"
				put(t, p, placeOf(p), generatedText(t, p))
			},
			`RG604 plasma.go generated main cmd/plasma/main.go is left over: the model was renamed from "plasma" to "tide"`,
		},
		"line ends": {
			func(t *testing.T, p *scanner.Project) {
				put(t, p, placeOf(p), bytes.ReplaceAll(generatedText(t, p), []byte("\n"), []byte("\r\n")))
			},
			"RG605 cmd/plasma/main.go cmd/plasma/main.go is up to date, but for its line ends: they are CRLF",
		},
		"line ends and stale": {
			func(t *testing.T, p *scanner.Project) {
				put(t, p, placeOf(p), bytes.ReplaceAll(generatedText(t, p), []byte("\n"), []byte("\r\n")))
				p.ConfigText += "steps: 4\n"
			},
			"RG601 plasma.go cmd/plasma/main.go is out of date: config text changed",
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := written(t)
			test.change(t, p)
			if diff := cmp.Diff(test.want, checked(t, p)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// remove deletes the project's main.
func remove(t *testing.T, p *scanner.Project) {
	t.Helper()
	if err := (Existing{Path: placeOf(p)}).Remove(p.Dir); err != nil {
		t.Fatal(err)
	}
	p.Mains = nil
}

// TestCheckFindsEveryEdit changes a main at each of its lines.
func TestCheckFindsEveryEdit(t *testing.T) {
	p := written(t)
	text := generatedText(t, p)
	lines := bytes.SplitAfter(text, []byte("\n"))
	for i := 1; i < len(lines)-1; i++ { // without the first line it is not ours
		edits := slices.Clone(lines)
		edits[i] = append([]byte("/"), lines[i]...)
		put(t, p, placeOf(p), bytes.Join(edits, nil))
		found, err := Check(p, new(diag.Sources))
		if err != nil || len(found) != 1 || found[0].Code != diag.RG603 {
			t.Errorf("an edit of line %d: %v, %v", i+1, found, err)
			continue
		}
		if at := found[0].Range.Line; i > 3 && at != i+1 {
			t.Errorf("an edit of line %d is placed at line %d", i+1, at)
		}
		if edited, err := CheckEdited(p, new(diag.Sources)); err != nil || len(edited) != 1 {
			t.Errorf("an edit of line %d does not keep generate from writing: %v", i+1, err)
		}
	}
}

func TestCheckEditedIsAboutEditsAlone(t *testing.T) {
	p := written(t)
	p.Model.Weights = nil
	if found, err := CheckEdited(p, new(diag.Sources)); err != nil || len(found) > 0 {
		t.Errorf("a stale main: %v, %v", found, err)
	}
}

func TestInspectLeavesAloneWhatIsNotOurs(t *testing.T) {
	p := written(t)
	put(t, p, "cmd/mine/main.go", []byte("package main\n"))
	put(t, p, "cmd/old/main.go", generatedText(t, bare()))
	if err := os.Symlink("main.go", filepath.Join(p.Dir, "cmd", "old", "link.go")); err != nil {
		t.Skip(err)
	}
	p.Mains = append(p.Mains, "cmd/old/link.go", "cmd/gone/main.go")
	_, leftovers, err := Inspect(p)
	if err != nil || len(leftovers) != 1 || leftovers[0].Path != "cmd/old/main.go" || leftovers[0].Stamp.Name != "bare" {
		t.Errorf("got %+v, %v", leftovers, err)
	}
}

// BenchmarkCheck is what a good main adds to a check: one file read, two hashes.
func BenchmarkCheck(b *testing.B) {
	p := written(b)
	for b.Loop() {
		if found, err := Check(p, new(diag.Sources)); err != nil || len(found) > 0 {
			b.Fatal(found, err)
		}
	}
}

// FuzzParse reads any text below the first line of a main: what is not sealed is
// edited, and nothing that a header says makes a finding that cannot be shown.
func FuzzParse(f *testing.F) {
	file, err := Generate(plasma())
	if err != nil {
		f.Fatal(err)
	}
	_, rest, _ := strings.Cut(strings.TrimPrefix(string(file.Text), Header+"\n"), "\n")
	f.Add(rest)
	f.Add("")
	f.Add(inputsLine + "\n" + stampLine + `{"commands":["", " ", "a b c"],"metadata":{"\n":""}}` + "\n")
	f.Fuzz(func(t *testing.T, rest string) {
		p := plasma()
		loose := parsed(p, Header+"\n"+rest)
		if sealed := string(seal([]byte(rest))) == Header+"\n"+rest; !loose.Ours || !loose.Edited && !sealed {
			t.Fatalf("%q: %+v", rest, loose)
		}
		e := parsed(p, string(seal([]byte(rest))))
		if !e.Ours {
			t.Fatalf("%q: not ours", rest)
		}
		if stale := e.Stale(p); stale != (len(e.Changes(p)) > 0) {
			t.Errorf("stale %t with the changes %v", stale, e.Changes(p))
		}
		for _, c := range e.Changes(p) {
			if strings.Contains(c.String(), "\n") {
				t.Errorf("a change of several lines: %q", c)
			}
		}
		edited(p, new(diag.Sources), e)
	})
}

// parsed is the project's main with a text.
func parsed(p *scanner.Project, text string) Existing {
	e := Existing{Path: placeOf(p), Exists: true, Text: []byte(text), raw: []byte(text)}
	e.parse()
	return e
}
