package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImports holds that of our other module, this one needs package weights and
// nothing else: what it links is not for the runtime, nor the reverse.
func TestImports(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	const ours = "github.com/reactorgen/reactor"
	var got []string
	for path := range strings.FieldsSeq(string(out)) {
		if strings.HasPrefix(path, ours+"/") {
			got = append(got, strings.TrimPrefix(path, ours+"/"))
		}
	}
	if want := []string{"weights", "cmd/reactor-weights"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
