package main

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write the expectations of the scripts anew")

// TestMain lets this binary be reactor-weights for the scripts.
func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"reactor-weights": main}) }

// TestScript runs testdata/script: the specification of the command.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

// TestReactorGen lets reactor-gen find this command beside itself and pull with it.
func TestReactorGen(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the command is put beside reactor-gen as a link")
	}
	checkout, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	bin, project := t.TempDir(), t.TempDir()
	build := exec.CommandContext(t.Context(), "go", "build", "-C", checkout, "-o", bin, "./cmd/reactor-gen")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	self, err := exec.LookPath("reactor-weights") // put into the path by testscript.Main
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(bin, "reactor-weights")); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		"go.mod": "module example.com/plasma\n\ngo 1.26.0\n\nrequire github.com/reactorgen/reactor v0.0.0\n\nreplace github.com/reactorgen/reactor => " + checkout + "\n",
		"plasma.go": `package plasma

import "github.com/reactorgen/reactor"

//reactor:model name=plasma weights=vae,unet
type Plasma struct{}

func (m *Plasma) StartSession(ctx reactor.Context) error { return nil }
`,
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(project, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	lockModel(t, project)
	for _, args := range [][]string{{"pull", "--into", "weights", "--weights-store", folder(t)}, {"verify"}} {
		cmd := exec.CommandContext(t.Context(), filepath.Join(bin, "reactor-gen"), append([]string{"weights"}, args...)...)
		cmd.Dir = project
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
}
