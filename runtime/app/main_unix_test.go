//go:build unix

package app

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// TestMain lets the test binary be a generated program.
func TestMain(m *testing.M) {
	if of := shutdownModels[os.Getenv("APP_TEST_PROGRAM")]; of != nil {
		Main(of())
	}
	os.Exit(m.Run())
}

func TestMainSignals(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), os.Args[0], "--port=0", "--encoder=vp8")
			cmd.Env = append(os.Environ(), "APP_TEST_PROGRAM=still")
			stdout, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			line, err := bufio.NewReader(stdout).ReadString('\n')
			if err != nil || !strings.HasPrefix(line, "still: http://127.0.0.1:") {
				t.Errorf("it says %q, %v", line, err)
			}
			if err := cmd.Process.Signal(signal); err != nil {
				t.Error(err)
			}
			if err := cmd.Wait(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestMainExitCode(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), os.Args[0], "--prot=1")
	cmd.Env = append(os.Environ(), "APP_TEST_PROGRAM=still")
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != exitUsage || string(out) != "still: unknown flag --prot; did you mean --port?\n" {
		t.Errorf("%v: %s", err, out)
	}
}
