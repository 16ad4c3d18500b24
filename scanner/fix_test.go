package scanner

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/format"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/testproject"
)

// TestFixesOfTheCorpus applies each fix that is offered for a project of the
// corpus, alone. A safe one cures its finding and brings no other, an unsafe one
// makes nothing worse; files that were formatted stay so.
func TestFixesOfTheCorpus(t *testing.T) {
	testproject.All(t, "*", func(t *testing.T, p *testproject.Project) {
		before, err := Scan(t.Context(), Options{Dir: p.Dir})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range before.Diagnostics.Sorted() {
			for _, fix := range d.Fixes {
				name := fmt.Sprintf("%s %s:%d %q", d.Code, d.Range.File, d.Range.Line, fix.Title)
				files, left := diag.Apply(before.Sources, []diag.Fix{fix})
				if len(left) > 0 || len(files) == 0 {
					t.Errorf("%s does not apply", name)
					continue
				}
				overlay := make(map[string][]byte)
				for _, file := range files {
					overlay[file.File] = file.After
					stable(t, name, file)
				}
				after, err := Scan(t.Context(), Options{Dir: p.Dir, Overlay: overlay})
				if err != nil {
					t.Fatal(err)
				}
				why := worse(before, after, []Cure{{Diagnostic: d, Fix: fix}}, files)
				if fix.Safe && why == "" {
					why = brought(before, after)
				}
				if why != "" {
					var text strings.Builder
					(diag.Text{Sources: after.Sources}).Write(&text, after.Diagnostics.Sorted())
					t.Errorf("%s: safe %t: %s\n%s\n%s", name, fix.Safe, why, files[0].After, text.String())
				}
			}
		}
	})
}

// brought says which finding there is now and was not before, or returns "". That
// the cured one need not be ignored any more is not counted.
func brought(before, after *Result) string {
	was := findings(before)
	for key, n := range findings(after) {
		if n > was[key] && !strings.HasPrefix(key, string(diag.RG133)) {
			return "it brings " + strings.ReplaceAll(key, "\x00", " ")
		}
	}
	return ""
}

// stable holds a changed Go file to gofmt, if it was formatted before.
func stable(t *testing.T, name string, file diag.Patched) {
	t.Helper()
	if !strings.HasSuffix(file.File, ".go") {
		return
	}
	before, after := bytes.ReplaceAll(file.Before, []byte("\r"), nil), bytes.ReplaceAll(file.After, []byte("\r"), nil)
	if formatted, err := format.Source(before); err != nil || !bytes.Equal(formatted, before) {
		return
	}
	formatted, err := format.Source(after)
	if err != nil || !bytes.Equal(formatted, after) {
		t.Errorf("%s: gofmt changes it: %v\n%s", name, err, cmp.Diff(string(after), string(formatted)))
	}
	if lines := bytes.Count(file.Before, []byte("\r\n")); lines == bytes.Count(file.Before, []byte("\n")) && lines > 0 && bytes.Count(file.After, []byte("\r\n")) != bytes.Count(file.After, []byte("\n")) {
		t.Errorf("%s: a line ends in LF alone:\n%q", name, file.After)
	}
}

// projectOf makes a project of files and returns its folder.
func projectOf(t testing.TB, files map[string]string) string {
	t.Helper()
	p := project(t, "model") // for its go.mod
	for name, text := range files {
		path := filepath.Join(p.Dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	return p.Dir
}

const plain = `package longlive

import "github.com/reactorgen/reactor"

type LongLive struct{}

func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
`

// changed fixes a project and returns what became of its files.
func changed(t *testing.T, dir string, unsafe bool) (map[string]string, *Fixed) {
	t.Helper()
	fixed, err := Fix(t.Context(), Options{Dir: dir}, unsafe)
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string]string)
	for _, f := range fixed.Files {
		files[f.File] = string(f.After)
	}
	return files, fixed
}

// decorated is the model with lines above its type.
func decorated(lines string) string {
	return strings.Replace(plain, "type LongLive", lines+"type LongLive", 1)
}

func TestFix(t *testing.T) {
	for _, test := range []struct {
		name         string
		unsafe       bool
		before, want string // above the type
		errors       int    // that are left
	}{
		{"one after the other", false, "// reactor:modle nmae=longlive weigths=a,b,a\n", "//reactor:model name=longlive weights=a,b\n", 0},
		{"to the end of the comment", false, "// T.\n//\n// reactor:model name=longlive\n//\n// More.\n", "// T.\n//\n// More.\n//\n//reactor:model name=longlive\n", 0},
		{"a comment with stars", false, "/* reactor:model name=longlive */\n", "//reactor:model name=longlive\n", 0},
		{"detached", false, "// T.\n//\n//reactor:model name=longlive\n\n", "// T.\n//\n//reactor:model name=longlive\n", 0},
		{"detached by several lines", false, "//reactor:model name=longlive\n\n\n", "//reactor:model name=longlive\n", 0},
		{"above the type's own comment", false, "//reactor:model name=longlive\n\n// LongLive is one.\n", "// LongLive is one.\n//\n//reactor:model name=longlive\n", 0},
		{"above another comment", false, "//reactor:model name=longlive\n\n// Other.\n\n// LongLive is one.\n", "", 1},
		{"above another comment, asked for", true, "//reactor:model name=longlive\n\n// Other.\n\n// LongLive is one.\n", "// Other.\n\n// LongLive is one.\n//\n//reactor:model name=longlive\n", 0},
		{"a value twice", false, "//reactor:model name=longlive author=a author=a\n", "//reactor:model name=longlive author=a\n", 0},
		{"two values", false, "//reactor:model name=longlive author=a author=b\n", "", 1},
		{"two values, asked for", true, "//reactor:model name=longlive author=a author=b\n", "//reactor:model name=longlive author=a\n", 0},
		{"a name with quotes around key and value", false, "//reactor:model \"name=Long Live\"\n", "//reactor:model name=long-live\n", 0},
		{"a list in brackets", false, "//reactor:model name=longlive weights=[\"a\", \"a\"] // why\n", "//reactor:model name=longlive weights=[\"a\"] // why\n", 0},
		{"no name", true, "//reactor:model\n", "//reactor:model name=long-live\n", 0},
		{"the name alone", false, "//reactor:model longlive weights=a\n", "//reactor:model name=longlive weights=a\n", 0},
		{"two directives alike", false, "//reactor:model name=longlive\n//reactor:model name=longlive\n", "//reactor:model name=longlive\n", 0},
		{"a value without quotes", true, "//reactor:model name=longlive author=Ada Lovelace\n", "//reactor:model name=longlive author=\"Ada Lovelace\"\n", 0},
		{"a run-time value without a configuration", true, "//reactor:model name=longlive fps=30\n", "//reactor:model name=longlive config=configs/default.yaml\n", 0},
		{"two run-time values without a configuration", true, "//reactor:model name=longlive fps=30 width=640\n", "//reactor:model name=longlive config=configs/default.yaml\n", 0},
		{"nothing to fix", true, "//reactor:model name=longlive\n", "", 0},
	} {
		for _, form := range []struct{ name, mark, end string }{{"LF", "", "\n"}, {"CRLF and a byte order mark", "\ufeff", "\r\n"}} {
			t.Run(test.name+"/"+form.name, func(t *testing.T) {
				t.Parallel()
				shape := func(text string) string { return form.mark + strings.ReplaceAll(text, "\n", form.end) }
				dir := projectOf(t, map[string]string{"longlive.go": shape(decorated(test.before))})
				files, fixed := changed(t, dir, test.unsafe)
				want := ""
				if test.want != "" {
					want = shape(decorated(test.want))
				}
				if diff := cmp.Diff(want, files["longlive.go"]); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
				if n := fixed.Result.Diagnostics.Errors(); n != test.errors {
					t.Errorf("%d errors are left, want %d: %v", n, test.errors, fixed.Result.Diagnostics.Sorted())
				}
				for _, c := range fixed.Done {
					if !c.Fix.Safe && !test.unsafe {
						t.Errorf("unasked: %s", c)
					}
				}
			})
		}
	}
}

// offered is the title and kind of each fix of a project's findings.
func offered(t *testing.T, dir string) (all []string) {
	t.Helper()
	result, err := Scan(t.Context(), Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range result.Diagnostics.Sorted() {
		for _, fix := range d.Fixes {
			all = append(all, fmt.Sprintf("%s %s, safe %t", d.Code, fix.Title, fix.Safe))
		}
	}
	return all
}

// TestNameIsSafeWhenAlone renames a model unasked only where nothing has the old
// name and nothing the new one.
func TestNameIsSafeWhenAlone(t *testing.T) {
	bad := decorated("//reactor:model name=Long_Live\n")
	for name, test := range map[string]struct {
		files map[string]string
		safe  bool
	}{
		"alone":                   {nil, true},
		"in a comment":            {map[string]string{"other.go": "package longlive\n\n// Long_Live is a name.\n"}, true},
		"in a string":             {map[string]string{"other.go": "package longlive\n\nconst n = \"Long_Live\"\n"}, false},
		"in a raw string":         {map[string]string{"sub/other.go": "package sub\n\nconst n = `Long_Live`\n"}, false},
		"in YAML":                 {map[string]string{"deploy.yaml": "model: Long_Live\n"}, false},
		"in the same file":        {map[string]string{"longlive.go": bad + "\nconst n = \"Long_Live\"\n"}, false},
		"a program with new name": {map[string]string{"cmd/long-live/main.go": "package main\n\nfunc main() {}\n"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{"longlive.go": bad}
			maps.Copy(files, test.files)
			want := []string{fmt.Sprintf("RG111 write name=long-live, safe %t", test.safe)}
			if got := offered(t, projectOf(t, files)); !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// TestRunTimeValueMoves moves a value into YAML of several shapes.
func TestRunTimeValueMoves(t *testing.T) {
	for _, test := range []struct{ name, arg, yaml, want string }{
		{"plain", "fps=30", "width: 640\n", "width: 640\nfps: 30\n"},
		{"without a line end", "fps=30", "width: 640", "width: 640\nfps: 30\n"},
		{"CRLF", "fps=30", "width: 640\r\n", "width: 640\r\nfps: 30\r\n"},
		{"empty", "fps=30", "", "fps: 30\n"},
		{"only a comment", "fps=30", "# nothing\n", "# nothing\nfps: 30\n"},
		{"behind a list", "fps=30", "a:\n  - 1\n", "a:\n  - 1\nfps: 30\n"},
		{"text that needs quotes", `device="a: b"`, "width: 640\n", "width: 640\ndevice: \"a: b\"\n"},
		{"text that looks like a comment", `device="a #b"`, "width: 640\n", "width: 640\ndevice: \"a #b\"\n"},
		{"a flow mapping", "fps=30", "{width: 640}\n", ""},
		{"behind the end of the document", "fps=30", "width: 640\n...\n", ""},
		{"an interpolation", `device="${oc.env:GPU,a}"`, "width: 640\n", ""},
		{"there with another value", "fps=30", "fps: 20\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := projectOf(t, map[string]string{
				"longlive.go":    decorated("//reactor:model name=longlive config=configs/a.yaml " + test.arg + "\n"),
				"configs/a.yaml": test.yaml,
			})
			files, fixed := changed(t, dir, false)
			if got := files["configs/a.yaml"]; got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if left := fixed.Result.Diagnostics.HasErrors(); left != (test.want == "") {
				t.Errorf("errors left: %t: %v", left, fixed.Result.Diagnostics.Sorted())
			}
		})
	}
}

// TestCodeFixes edits Go code on request.
func TestCodeFixes(t *testing.T) {
	const start = "\nfunc (m *LongLive) StartSession(ctx reactor.Context) error { return nil }\n"
	const head = "package longlive\n\nimport \"github.com/reactorgen/reactor\"\n\n"
	const typ = "//reactor:model name=longlive\ntype LongLive struct{}\n"
	for _, test := range []struct{ name, before, want string }{
		{"rename a type", head + "//reactor:model name=longlive\ntype longLive struct{}\n\nfunc New() *longLive { return &longLive{} }\n\nfunc (m *longLive) StartSession(ctx reactor.Context) error { return nil }\n",
			head + "//reactor:model name=longlive\ntype LongLive struct{}\n\nfunc New() *LongLive { return &LongLive{} }\n\nfunc (m *LongLive) StartSession(ctx reactor.Context) error { return nil }\n"},
		{"rename a method", head + typ + "\nfunc (m *LongLive) StartSesion(ctx reactor.Context) error { return nil }\n\nfunc f(m *LongLive) error { return m.StartSesion(nil) }\n",
			head + typ + "\nfunc (m *LongLive) StartSession(ctx reactor.Context) error { return nil }\n\nfunc f(m *LongLive) error { return m.StartSession(nil) }\n"},
		{"a signature", head + typ + "\nfunc (m *LongLive) StartSession(c reactor.Context) { c.ShouldStop() }\n",
			head + typ + "\nfunc (m *LongLive) StartSession(ctx reactor.Context) error { c.ShouldStop() }\n"},
		{"a signature with the API's other name", strings.Replace(head, "import ", "import r ", 1) + typ + "\nfunc (m *LongLive) StartSession(c r.Context) {}\n",
			strings.Replace(head, "import ", "import r ", 1) + typ + "\nfunc (m *LongLive) StartSession(ctx r.Context) error {}\n"},
		{"a method to write", "package longlive\n\n" + typ,
			head + typ + `
// StartSession is one session of a client, from its beginning to its end.
func (m *LongLive) StartSession(ctx reactor.Context) error {
	for !ctx.ShouldStop() {
		if err := ctx.EmitBlock(nil); err != nil {
			return err
		}
	}
	return nil
}
`},
		{"a pointer to return", head + typ + start + "\nfunc New() (LongLive, error) {\n\tif f := func() LongLive { return LongLive{} }; f == nil {\n\t\treturn LongLive{}, nil\n\t}\n\treturn LongLive{}, nil\n}\n",
			head + typ + start + "\nfunc New() (*LongLive, error) {\n\tif f := func() LongLive { return LongLive{} }; f == nil {\n\t\treturn &LongLive{}, nil\n\t}\n\treturn &LongLive{}, nil\n}\n"},
		{"a command to export", head + typ + start + "\n//reactor:command set\nfunc (m *LongLive) set() {}\n\nfunc f(m *LongLive) { m.set() }\n",
			head + typ + start + "\n//reactor:command set\nfunc (m *LongLive) Set() {}\n\nfunc f(m *LongLive) { m.Set() }\n"},
		{"a context to move", head + typ + start + "\n//reactor:command set\nfunc (m *LongLive) Set(a, b int, ctx reactor.Context, c string) {}\n",
			head + typ + start + "\n//reactor:command set\nfunc (m *LongLive) Set(ctx reactor.Context, a, b int, c string) {}\n"},
		{"a command to add", head + typ + start + "\n// Set sets.\n//\n//reactor:param a max=1\nfunc (m *LongLive) Set(a int) {}\n",
			head + typ + start + "\n// Set sets.\n//\n//reactor:command set\n//reactor:param a max=1\nfunc (m *LongLive) Set(a int) {}\n"},
		{"a directive in a method's body", head + typ + start + "\nfunc (m *LongLive) Set() {\n\t//reactor:command set\n}\n",
			head + typ + start + "\n//reactor:command set\nfunc (m *LongLive) Set() {\n}\n"},
		{"a directive behind the type", head + "type LongLive struct { //reactor:model name=longlive\n}\n" + start,
			head + "//reactor:model name=longlive\ntype LongLive struct {\n}\n" + start},
		{"a directive on a function", head + "type LongLive struct{}\n" + start + "\n// New makes one.\n//\n//reactor:model name=longlive\nfunc New() *LongLive { return nil }\n",
			head + "//reactor:model name=longlive\ntype LongLive struct{}\n" + start + "\n// New makes one.\nfunc New() *LongLive { return nil }\n"},
		{"what cannot be supplied", head + typ + start + "\nfunc New(a int) *LongLive { return nil }\n", ""},
		{"weights by value", head + typ + start + "\nfunc New(w *reactor.Weights) *LongLive { return nil }\n",
			head + typ + start + "\nfunc New(w reactor.Weights) *LongLive { return nil }\n"},
		{"weights to declare", head + typ + start + "\nfunc New(w reactor.Weights) *LongLive { w.Path(\"vae\"); return nil }\n",
			strings.Replace(head+typ, "name=longlive", "name=longlive weights=vae", 1) + start + "\nfunc New(w reactor.Weights) *LongLive { w.Path(\"vae\"); return nil }\n"},
		{"weights to add", strings.Replace(head+typ, "name=longlive", "name=longlive weights=[\"a\"]", 1) + start + "\nfunc New(w reactor.Weights) *LongLive { w.Path(\"vae\"); return nil }\n",
			strings.Replace(head+typ, "name=longlive", "name=longlive weights=[\"a\", \"vae\"]", 1) + start + "\nfunc New(w reactor.Weights) *LongLive { w.Path(\"vae\"); return nil }\n"},
		{"a package name with hyphens", strings.Replace(head+typ+start, "longlive", "long-live", 1), head + typ + start},
		{"curly quotation marks", head + typ + start + "\nvar x = “a” + “b”\n", head + typ + start + "\nvar x = \"a\" + \"b\"\n"},
		{"a type in a group", head + "//reactor:model name=longlive\ntype (\n\tID int\n\n\t// LongLive is one.\n\tLongLive struct{}\n)\n" + start,
			head + "type (\n\tID int\n\n\t// LongLive is one.\n\t//\n\t//reactor:model name=longlive\n\tLongLive struct{}\n)\n" + start},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			files, fixed := changed(t, projectOf(t, map[string]string{"longlive.go": test.before}), true)
			if diff := cmp.Diff(test.want, files["longlive.go"]); diff != "" {
				t.Errorf("-want +got:\n%s\n%v", diff, fixed.Refused)
			}
			if fixed.Result.Diagnostics.HasErrors() != (test.want == "") {
				t.Errorf("left: %v", fixed.Result.Diagnostics.Sorted())
			}
		})
	}
}

// TestFixIsCancelled ends early with its context.
func TestFixIsCancelled(t *testing.T) {
	dir := projectOf(t, map[string]string{"longlive.go": decorated("// reactor:model name=longlive\n")})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Fix(ctx, Options{Dir: dir}, false); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
