// Package testproject reads the corpus testdata/projects: whole projects, one
// txtar archive each, with what is expected of them written where it belongs.
//
//	archive ──Unpack──► folder with a go.mod ──(scanner, gen, ...)──► diagnostics, files
//	   └── // want RG111 "regexp" ──► Wants ──Check──┘   └── want/... ──Golden──┘
//
// A finding is expected by a comment on its line, "// want RG111 "regexp"" in
// Go and "# want ..." in YAML, which is cut off before the project is written.
// One that is about no line, or whose line cannot carry a comment, is expected
// in the text before the first file: `want RG401 "regexp"` or
// `want model.go:8 RG501 "regexp"`. Missing and unexpected findings both fail.
// Files in the archive's want/ are compared with what came out; -update writes
// them. A line "env KEY=VALUE" before the first file sets a variable for the go
// command. What cures a broken project is in cure/: see [Project.Cure].
package testproject

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what came out into the archives")

// Project is one archive, unpacked.
type Project struct {
	// Name is the archive's, without its end; Dir is where the project lies.
	Name, Dir string

	// Tags are the build tags that it is scanned with, and Env the variables; nil
	// are those of the process.
	Tags, Env []string

	// Wants are the findings that are expected.
	Wants []Want

	path    string
	archive *txtar.Archive
}

// All runs a test for each archive of the corpus whose name matches pattern, in
// parallel.
func All(t *testing.T, pattern string, test func(*testing.T, *Project)) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(Checkout(t), "testdata", "projects", pattern+".txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no project matches %q: %v", pattern, err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			test(t, Unpack(t, path))
		})
	}
}

// Checkout is the root of the module that the test belongs to.
func Checkout(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if filepath.Dir(dir) == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}

// Unpack writes an archive's project into a folder of the test's own. A project
// without a go.mod gets one that takes the reactor module from the checkout; so
// does one whose go.mod requires it.
func Unpack(t testing.TB, path string) *Project {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p := &Project{Name: strings.TrimSuffix(filepath.Base(path), ".txtar"), path: path, archive: archive}
	p.unpack(t)
	return p
}

// Make writes the project of a text in the way of Unpack. The text is an archive,
// or a Go file of the package in the project's root.
func Make(t testing.TB, text string) *Project {
	t.Helper()
	p := &Project{archive: txtar.Parse([]byte(text))}
	if len(p.archive.Files) == 0 {
		p.archive = &txtar.Archive{Files: []txtar.File{{Name: "longlive.go", Data: []byte(text)}}}
	}
	p.unpack(t)
	return p
}

func (p *Project) unpack(t testing.TB) {
	t.Helper()
	// The folder's name shows in no output, but its symbolic links would.
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	p.Dir = dir
	p.header(t, string(p.archive.Comment))
	for _, f := range p.archive.Files {
		if !strings.HasPrefix(f.Name, "want/") && !strings.HasPrefix(f.Name, cureFolder) {
			text := p.expectations(t, f)
			if strings.HasSuffix(f.Name, "/go.mod") {
				p.writeModule(t, f.Name, string(text))
				continue
			}
			p.write(t, f.Name, text)
		}
	}
	p.module(t)
}

func (p *Project) write(t testing.TB, name string, data []byte) {
	t.Helper()
	path := filepath.Join(p.Dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, data, 0o666)); err != nil {
		t.Fatal(err)
	}
}

// api is the module that projects build on.
const api = "github.com/reactorgen/reactor"

// module writes what of go.mod and go.sum the archive leaves to us. The text
// "none" in place of a go.mod asks for no module at all.
func (p *Project) module(t testing.TB) {
	t.Helper()
	gomod := "module example.com/longlive\n\ngo 1.26.0\n\nrequire " + api + " v0.0.0\n"
	if p.has("go.mod") {
		text, err := os.ReadFile(filepath.Join(p.Dir, "go.mod"))
		if err != nil {
			t.Fatal(err)
		}
		gomod = string(text)
	}
	if gomod == "none\n" {
		if err := os.Remove(filepath.Join(p.Dir, "go.mod")); err != nil {
			t.Fatal(err)
		}
		return
	}
	p.writeModule(t, "go.mod", gomod)
}

// writeModule writes a go.mod, and the go.sum beside it that the archive lacks.
func (p *Project) writeModule(t testing.TB, name, gomod string) {
	t.Helper()
	p.write(t, name, []byte(withAPI(t, gomod)))
	if sum := strings.TrimSuffix(name, "go.mod") + "go.sum"; !p.has(sum) {
		p.write(t, sum, checkoutSum(t))
	}
}

// withAPI lets a go.mod that requires the reactor module take it from the
// checkout.
func withAPI(t testing.TB, gomod string) string {
	t.Helper()
	if strings.Contains(gomod, api+" v0.0.0") {
		gomod += fmt.Sprintf("\nreplace %s => %s\n", api, Checkout(t))
	}
	return gomod
}

func checkoutSum(t testing.TB) []byte {
	t.Helper()
	sum, err := os.ReadFile(filepath.Join(Checkout(t), "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// file returns the content of a file of the archive, or "".
func (p *Project) file(name string) string {
	for _, f := range p.archive.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func (p *Project) has(name string) bool {
	return slices.ContainsFunc(p.archive.Files, func(f txtar.File) bool { return f.Name == name })
}

// Portable puts words in the place of what differs between machines: the
// project's folder, the platform, the version of Go.
func (p *Project) Portable(text string) string {
	return strings.NewReplacer(p.Dir, "DIR", runtime.GOOS+"/"+runtime.GOARCH, "OS/ARCH",
		strings.TrimPrefix(runtime.Version(), "go"), "HOST").Replace(text)
}

// Golden compares what came out with the file want/NAME of the archive, or
// writes it there with -update.
func (p *Project) Golden(t testing.TB, name, got string) {
	t.Helper()
	name = "want/" + name
	if *update {
		p.set(name, got)
		if err := os.WriteFile(p.path, txtar.Format(p.archive), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(p.file(name), got); diff != "" {
		t.Errorf("%s is not what came out (-want +got):\n%s", name, diff)
	}
}

func (p *Project) set(name, text string) {
	for i := range p.archive.Files {
		if p.archive.Files[i].Name == name {
			p.archive.Files[i].Data = []byte(text)
			return
		}
	}
	p.archive.Files = append(p.archive.Files, txtar.File{Name: name, Data: []byte(text)})
}
