package contract

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// serve builds and starts an example, and returns its address. It ends with the
// test.
func serve(t *testing.T, flags ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "model")
	build := exec.CommandContext(t.Context(), "go", "build", "-C", "../..", "-o", program, "./examples/plasma/cmd/plasma")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	run := exec.Command(program, append([]string{"--port=0"}, flags...)...)
	run.Stderr = os.Stderr
	out, err := run.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		run.Process.Signal(os.Interrupt)
		if err := run.Wait(); err != nil {
			t.Errorf("the program ended with %v", err)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the program does not say where it serves: %v", err)
	}
	_, address, _ := strings.Cut(strings.TrimSpace(line), ": ")
	return strings.TrimSuffix(address, "/")
}
