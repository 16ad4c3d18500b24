package reactor_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor"
)

func TestWeightsPath(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	for _, dir := range []string{
		filepath.Join(first, "vae"), filepath.Join(second, "vae"), filepath.Join(second, "unet"),
	} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(first, "unet"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	w := reactor.NewWeights([]string{"vae", "unet", "clip"}, first, filepath.Join(first, "missing"), second)
	tests := []struct {
		name, want string
		errs       []string // each in the error
	}{
		{name: "vae", want: filepath.Join(first, "vae")},
		{name: "unet", want: filepath.Join(second, "unet")}, // a file is no weight folder
		{name: "clip", errs: []string{`no folder for "clip"`, filepath.Join(first, "clip"), filepath.Join(second, "clip"), "; to fetch it: reactor-gen weights pull --weights-store URL clip"}},
		{name: "vea", errs: []string{`"vea" is not in the directive's weights`, "it declares vae, unet, clip"}},
		{name: "../vae", errs: []string{"is not in the directive's weights"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := w.Path(test.name)
			if got != test.want || (err == nil) != (test.errs == nil) {
				t.Fatalf("got %q, %v, want %q", got, err, test.want)
			}
			if err != nil && !errors.Is(err, reactor.ErrWeights) {
				t.Errorf("%v is not ErrWeights", err)
			}
			for _, part := range test.errs {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("no %q in %v", part, err)
				}
			}
		})
	}
}

func TestWeightsZero(t *testing.T) {
	var w reactor.Weights
	if len(w.Names()) != 0 {
		t.Errorf("got %v", w.Names())
	}
	if _, err := w.Path("vae"); !errors.Is(err, reactor.ErrWeights) || !strings.Contains(err.Error(), "it declares none") {
		t.Errorf("got %v", err)
	}
}

// TestWeightsWithoutRoots holds that the error does not end in an empty list.
func TestWeightsWithoutRoots(t *testing.T) {
	_, err := reactor.NewWeights([]string{"vae"}).Path("vae")
	if !errors.Is(err, reactor.ErrWeights) || strings.HasSuffix(err.Error(), " ") {
		t.Errorf("got %v", err)
	}
}

// TestWeightsOwn holds that the caller's slices may change afterwards.
func TestWeightsOwn(t *testing.T) {
	names := []string{"vae"}
	w := reactor.NewWeights(names)
	names[0] = "unet"
	w.Names()[0] = "clip"
	if got := w.Names(); len(got) != 1 || got[0] != "vae" {
		t.Errorf("got %v", got)
	}
}
