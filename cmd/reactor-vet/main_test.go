package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/testproject"
)

// asTool makes the test binary the command.
const asTool = "REACTOR_TEST_VET"

func TestMain(m *testing.M) {
	if os.Getenv(asTool) != "" {
		main()
	}
	os.Exit(m.Run())
}

// TestGo has the go command ask: go vet hears of our findings and of its own, go
// fix makes ours.
func TestGo(t *testing.T) {
	if testing.Short() {
		t.Skip("the go command checks the standard library too, for what is known of it")
	}
	checkout := testproject.Checkout(t)
	p := testproject.Unpack(t, filepath.Join(checkout, "testdata", "projects", "weights_err_undeclared.txtar"))
	own := "package longlive\n\nimport \"fmt\"\n\nfunc say() { fmt.Printf(\"%d\", \"text\") }\n"
	if err := os.WriteFile(filepath.Join(p.Dir, "say.go"), []byte(own), 0o666); err != nil {
		t.Fatal(err)
	}
	out := ask(t, p.Dir, "vet", "-vettool=")
	for _, want := range []string{`"vea" are not declared in the directive`, "fmt.Printf format %d has arg"} {
		if !strings.Contains(out, want) {
			t.Errorf("go vet does not say %q:\n%s", want, out)
		}
	}
	ask(t, p.Dir, "fix", "-fixtool=")
	if out := ask(t, p.Dir, "vet", "-vettool="); strings.Contains(out, `"vea"`) || !strings.Contains(out, "fmt.Printf") {
		t.Errorf("after go fix, go vet says:\n%s", out)
	}
}

// ask runs a verb of the go command with the test binary as its tool.
func ask(t *testing.T, dir, verb, flag string) string {
	t.Helper()
	tool, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", verb, flag+tool, "./...")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), asTool+"=1")
	out, _ := cmd.CombinedOutput() // the status tells of findings
	return string(out)
}
