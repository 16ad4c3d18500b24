package load_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/internal/load"
)

// model is a module with a model in it, and a package below. The author's API is in
// its module cache.
func model(b testing.TB, imports, uses string) *project {
	b.Helper()
	p := newProject(b, "-- app/go.mod --\nmodule example.com/app\n\ngo 1.26\n\nrequire github.com/reactorgen/reactor v0.0.1\n"+
		"-- app/model/model.go --\npackage model\n\nimport (\n\t\"example.com/app/low\"\n\n"+
		"\t\"github.com/reactorgen/reactor\"\n"+imports+")\n\ntype Plasma struct{ prompt string }\n\n"+
		"func (m *Plasma) StartSession(ctx reactor.Context) error {\n\tfor !ctx.ShouldStop() {\n\t\tlow.F()\n\t}\n\treturn nil\n}\n\n"+uses+
		"\nvar edited = 0\n-- app/low/low.go --\npackage low\n\nfunc F() int { return 0 }\n")
	proxy := filepath.Join(filepath.Dir(p.dir), "proxy")
	publishAPI(b, filepath.Join(proxy, "github.com", "reactorgen", "reactor", "@v"))
	p.env = append(p.env, "GOPROXY=file://"+filepath.ToSlash(proxy), "GONOSUMDB=*", "GOFLAGS=-modcacherw",
		"GOMODCACHE="+filepath.Join(filepath.Dir(p.dir), "modules"))
	tidy := exec.Command("go", "mod", "tidy")
	tidy.Dir, tidy.Env = p.dir, p.env
	if out, err := tidy.CombinedOutput(); err != nil {
		b.Fatalf("go mod tidy: %v\n%s", err, out)
	}
	return p
}

// publishAPI makes a version of the author's API that a module can require.
func publishAPI(b testing.TB, dir string) {
	b.Helper()
	version := module.Version{Path: "github.com/reactorgen/reactor", Version: "v0.0.1"}
	const mod = "module github.com/reactorgen/reactor\n\ngo 1.26\n"
	api := b.TempDir()
	names, err := filepath.Glob("../../*.go")
	for _, name := range names {
		text, readErr := os.ReadFile(name)
		if !strings.HasSuffix(name, "_test.go") {
			err = errors.Join(err, readErr, os.WriteFile(filepath.Join(api, filepath.Base(name)), text, 0o666))
		}
	}
	var archive bytes.Buffer
	err = errors.Join(err, os.WriteFile(filepath.Join(api, "go.mod"), []byte(mod), 0o666),
		zip.CreateFromDir(&archive, version, api), os.MkdirAll(dir, 0o777),
		os.WriteFile(filepath.Join(dir, "v0.0.1.info"), []byte(`{"Version":"v0.0.1"}`), 0o666),
		os.WriteFile(filepath.Join(dir, "v0.0.1.mod"), []byte(mod), 0o666),
		os.WriteFile(filepath.Join(dir, "v0.0.1.zip"), archive.Bytes(), 0o666))
	if err != nil {
		b.Fatal(err)
	}
}

var models = []struct{ name, imports, uses string }{
	{"leaf", "", ""},
	{"http", "\t\"net/http\"\n", "func (m *Plasma) ServeHTTP(w http.ResponseWriter, r *http.Request) {}\n"},
}

// BenchmarkRootEdit is a process that begins after an edit in the model's file,
// without the start of a process and the verification of the disk.
func BenchmarkRootEdit(b *testing.B) {
	for _, m := range models {
		b.Run(m.name, func(b *testing.B) {
			p := model(b, m.imports, m.uses)
			p.load("model")
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				b.StopTimer()
				p.write("model/model.go", p.read("model/model.go")+fmt.Sprintf("\nvar x%d = 0\n", i))
				b.StartTimer()
				if got := p.load("model"); got.Counts.Checked != 1 || got.Level != load.Incremental {
					b.Fatalf("%v, %s, %+v", got.Level, got.Why, got.Counts)
				}
			}
		})
	}
}

// BenchmarkRootEditInMemory is the same for a language server.
func BenchmarkRootEditInMemory(b *testing.B) {
	for _, m := range models {
		b.Run(m.name, func(b *testing.B) {
			p := model(b, m.imports, m.uses)
			o := p.options()
			l := load.New(o)
			text := p.read("model/model.go")
			if _, err := l.Load(b.Context(), []string{"model"}); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				overlay := map[string][]byte{filepath.Join(p.dir, "model", "model.go"): fmt.Appendf(nil, "%s\nvar x%d = 0\n", text, i)}
				o.Disk.Lay(overlay)
				l.Lay(overlay)
				got, err := l.Load(b.Context(), []string{"model"})
				if err != nil || got.Counts != (load.Counts{Checked: 1}) {
					b.Fatalf("%v, %+v, %v", got.Level, got.Counts, err)
				}
			}
		})
	}
}

// BenchmarkBodyEditBelow is Holds after an edit of a body in a package that the
// model's needs.
func BenchmarkBodyEditBelow(b *testing.B) {
	p := model(b, "", "")
	p.load("model")
	name := filepath.Join(p.dir, "low", "low.go")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		p.write("low/low.go", fmt.Sprintf("package low\n\nfunc F() int { return %d }\n", i))
		b.StartTimer()
		if ok, err := p.loader().Holds(b.Context(), []string{name}, new(load.Counts)); !ok || err != nil {
			b.Fatal(ok, err)
		}
	}
}

// BenchmarkResolve is a load by one call of the go command, with a full store.
func BenchmarkResolve(b *testing.B) {
	for _, m := range models {
		b.Run(m.name, func(b *testing.B) {
			p := model(b, m.imports, m.uses)
			p.load("model")
			for b.Loop() {
				p.graph = nil
				if got := p.load("model"); got.Level != load.Resolve || got.Counts.FromSource != 0 {
					b.Fatalf("%v, %s, %+v", got.Level, got.Why, got.Counts)
				}
			}
		})
	}
}

// BenchmarkReference is package packages, for comparison.
func BenchmarkReference(b *testing.B) {
	p := model(b, "", "")
	for b.Loop() {
		p.reference("model")
	}
}

// BenchmarkOnePackage is package packages as it is used most: one call for one
// package.
func BenchmarkOnePackage(b *testing.B) {
	p := model(b, "", "")
	for b.Loop() {
		if _, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax, Dir: p.dir, Env: p.env}, "./model"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkHead is the head of a file that is not known.
func BenchmarkHead(b *testing.B) {
	text, err := os.ReadFile("loader.go")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		load.Head(text)
	}
}

// BenchmarkImport is to read one package from the store: the author's API, and for
// comparison one that reaches far.
func BenchmarkImport(b *testing.B) {
	p := model(b, models[1].imports, models[1].uses)
	l := p.loader()
	if _, err := l.Load(b.Context(), []string{"model"}); err != nil {
		b.Fatal(err)
	}
	for _, path := range []string{"github.com/reactorgen/reactor", "net/http"} {
		b.Run(path, func(b *testing.B) {
			size, imports := l.ReadStored(path)
			b.Logf("%d bytes, mentions %v", size, imports)
			b.ReportAllocs()
			for b.Loop() {
				l.ReadStored(path)
			}
		})
	}
}
