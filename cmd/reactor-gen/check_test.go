package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/pflag"
)

// TestCheckPage holds docs/check.md to the flags that there are.
func TestCheckPage(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "check.md"))
	if err != nil {
		t.Fatal(err)
	}
	new(tool).checkCommand().Flags().VisitAll(func(f *pflag.Flag) {
		if !strings.Contains(string(page), "`--"+f.Name) {
			t.Errorf("docs/check.md does not name --%s", f.Name)
		}
	})
}

// full is a device with room for nothing.
type full struct{}

func (full) Write(p []byte) (int, error) {
	if len(p) > 0 {
		return 0, syscall.ENOSPC
	}
	return 0, nil
}

// TestCheckCannotPrint: a check of a good project ends with 2 when nobody gets to know.
func TestCheckCannotPrint(t *testing.T) {
	t.Chdir(filepath.Join("..", "..", "examples", "plasma"))
	var errs strings.Builder
	if got, want := run([]string{"check", "--no-cache"}, full{}, &errs), "error: writing text: "; got != exitFailed || !strings.HasPrefix(errs.String(), want) {
		t.Errorf("exit status %d: %s", got, errs.String())
	}
}
