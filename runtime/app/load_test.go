package app

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLoad(t *testing.T) {
	file := filepath.Join(t.TempDir(), "night.yaml")
	if err := os.WriteFile(file, []byte("fps: 5\nlist: [1]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	factory := FactoryConfig{Path: "configs/default.yaml", Text: "fps: 30\ncamera: {fov: 60}\n"}
	tests := []struct {
		name    string
		factory FactoryConfig
		flags   flags
		want    map[string]any
		from    string
	}{
		{"nothing", FactoryConfig{}, flags{}, map[string]any{}, "flags only"},
		{"factory", factory, flags{}, map[string]any{"fps": 30, "camera": map[string]any{"fov": 60}}, "configs/default.yaml"},
		{"file in its place", factory, flags{config: file}, map[string]any{"fps": 5, "list": []any{1}}, file},
		{"flags only", FactoryConfig{}, flags{overrides: []override{{"a.b", "1"}}}, map[string]any{"a": map[string]any{"b": 1}}, "flags only"},
		{"flags on top, in order", factory, flags{overrides: []override{{"fps", "1"}, {"camera.near", "2"}, {"fps", "3"}}},
			map[string]any{"fps": 3, "camera": map[string]any{"fov": 60, "near": 2}}, "configs/default.yaml"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc, err := load(test.factory, test.flags)
			if err != nil {
				t.Fatal(err)
			}
			got, err := doc.Values()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if got := source(test.factory, test.flags); got != test.from {
				t.Errorf("from %q, want %q", got, test.from)
			}
		})
	}
}
