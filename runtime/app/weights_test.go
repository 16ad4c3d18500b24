package app

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestFindWeights(t *testing.T) {
	home := t.TempDir()
	env := map[string]string{"REACTOR_WEIGHTS_PATH": "first" + string(filepath.ListSeparator) + "second", "HOME": home}
	_, err := findWeights([]string{"vae"}, flags{weights: "told"}, func(name string) string { return env[name] }).Path("vae")
	if err == nil {
		t.Fatal("found")
	}
	want := []string{"told", "first", "second", "weights", filepath.Join(home, ".cache", "reactor_registry"), filepath.Join(home, ".cache", "reactor", "weights")}
	for i, root := range want {
		want[i] = filepath.Join(root, "vae")
	}
	if !strings.Contains(err.Error(), "looked at "+strings.Join(want, ", ")+"; ") {
		t.Errorf("got %v", err)
	}
}
