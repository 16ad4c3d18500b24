package reactor_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/internal/testproject"
	"github.com/reactorgen/reactor/scanner"
)

// TestCatalogue checks the example of every code: exactly that is found in it,
// once, and nothing any more when the edit of its cure is made.
func TestCatalogue(t *testing.T) {
	for _, code := range diag.Codes() {
		t.Run(string(code), func(t *testing.T) {
			t.Parallel()
			m, ok := diag.Explain(code)
			if !ok || m.Example == "" {
				t.Fatal("there is no example")
			}
			p := testproject.Make(t, m.Example)
			withCRLF(t, p.Dir)
			look := looks[code]
			expect(t, look, p.Dir, string(code))
			if m.Edit == "" {
				if strings.Contains(m.Cure, "reactor-gen generate") {
					generate(t, p.Dir)
					expect(t, look, p.Dir, "")
				}
				return
			}
			cured, err := edited(m.Example, m.Edit)
			if err != nil {
				t.Fatal(err)
			}
			expect(t, look, testproject.Make(t, cured).Dir, "")
		})
	}
}

// looks are the codes that a plain scan does not find, and the scan that does.
var looks = map[diag.Code]func(context.Context, scanner.Options) (*scanner.Result, error){
	diag.RG403: func(ctx context.Context, o scanner.Options) (*scanner.Result, error) {
		projects, err := scanner.FindProjects(ctx, o)
		if err != nil {
			return nil, err
		}
		return projects.Between, nil
	},
	diag.RG404: func(ctx context.Context, o scanner.Options) (*scanner.Result, error) {
		return scanner.ScanPlatforms(ctx, o, []string{"linux/amd64", "windows/amd64"})
	},
}

// expect checks the project in a folder as "reactor-gen check" does, and compares
// the codes of what is found. Nil look is a plain scan.
func expect(t *testing.T, look func(context.Context, scanner.Options) (*scanner.Result, error), dir, want string) {
	t.Helper()
	if look == nil {
		look = scanner.Scan
	}
	result, err := look(t.Context(), scanner.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if result.Project != nil {
		found, err := gen.Check(result.Project, result.Sources)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range found {
			result.Diagnostics.Add(d)
		}
	}
	var codes []string
	all := result.Diagnostics.Sorted()
	for _, d := range all {
		codes = append(codes, string(d.Code))
	}
	if got := strings.Join(codes, " "); got != want {
		var text strings.Builder
		_ = diag.Text{Sources: result.Sources, Frames: true}.Write(&text, all) // into memory
		t.Errorf("found %q, want %q:\n%s", got, want, text.String())
	}
}

// generate writes a project's main.
func generate(t *testing.T, dir string) {
	t.Helper()
	result, err := scanner.Scan(t.Context(), scanner.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	file, err := gen.Generate(result.Project)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write(dir); err != nil {
		t.Fatal(err)
	}
}

// withCRLF gives the files of the project's root the line ends that its
// .gitattributes ask for, as a checkout by git does.
func withCRLF(t *testing.T, dir string) {
	t.Helper()
	attributes, _ := os.ReadFile(filepath.Join(dir, ".gitattributes")) // few have one
	for line := range strings.Lines(string(attributes)) {
		name, crlf := strings.CutSuffix(strings.TrimSpace(line), " text eol=crlf")
		if !crlf {
			continue
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(text), "\n", "\r\n")), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// edited makes the edit of a manual in its example. Every place of it fits the
// example once.
func edited(example, edit string) (string, error) {
	text := "\n" + example
	for place := range strings.SplitSeq(edit, "\n\n") {
		before, after := sides(place)
		if n := strings.Count(text, before); n != 1 {
			return "", fmt.Errorf("this fits the example at %d places:\n%s", n, place)
		}
		text = strings.Replace(text, before, after, 1)
	}
	return strings.TrimPrefix(text, "\n"), nil
}

// sides returns the lines that one place of an edit is about, as they are and as
// they are to be, with the line end before them.
func sides(place string) (before, after string) {
	before, after = "\n", "\n"
	for line := range strings.Lines(strings.TrimSuffix(place, "\n") + "\n") {
		if line[0] != '+' {
			before += line[1:]
		}
		if line[0] != '-' {
			after += line[1:]
		}
	}
	return before, after
}
