package weights

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPlaces(t *testing.T) {
	list := "a" + string(filepath.ListSeparator) + string(filepath.ListSeparator) + "b"
	cache, home := t.TempDir(), t.TempDir()
	tests := []struct {
		name     string
		explicit string
		env      map[string]string
		want     []Place
	}{
		{"nothing known", "", nil, []Place{{"weights", "the project"}}},
		{"all", "told", map[string]string{EnvPath: list, "HOME": home}, []Place{
			{"told", "--weights"}, {"a", "$REACTOR_WEIGHTS_PATH"}, {"b", "$REACTOR_WEIGHTS_PATH"}, {"weights", "the project"},
			{filepath.Join(home, ".cache", "reactor_registry"), "the registry's cache"},
			{filepath.Join(home, ".cache", "reactor", "weights"), "pulled"},
		}},
		{"cache alone", "", map[string]string{"XDG_CACHE_HOME": cache}, []Place{
			{"weights", "the project"}, {filepath.Join(cache, "reactor", "weights"), "pulled"},
		}},
		{"relative cache", "", map[string]string{"XDG_CACHE_HOME": "cache"}, []Place{{"weights", "the project"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := Places(test.explicit, func(name string) string { return test.env[name] })
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestFind holds that the first place wins, and that a file is no folder.
func TestFind(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	places := []Place{{filepath.Join(first, "missing"), "missing"}, {first, "first"}, {second, "second"}}
	write(t, first, map[string]string{"vae/a": "", "unet": ""})
	write(t, second, map[string]string{"vae/a": "", "unet/a": ""})
	for name, want := range map[string]Place{"vae": places[1], "unet": places[2], "clip": {}} {
		dir, place, found := Find(places, name)
		if place != want || found != (want != Place{}) {
			t.Errorf("%s: got %v, %v", name, place, found)
		}
		if found && dir != filepath.Join(place.Dir, name) {
			t.Errorf("%s: got %s", name, dir)
		}
	}
}

func TestSizeText(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1.0 kB", 999_949: "999.9 kB", 999_950: "1.0 MB", 2_500_000_000: "2.5 GB", 3e12: "3.0 TB", 5e15: "5000.0 TB"} {
		if got := SizeText(n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}

func TestMain(m *testing.M) {
	if child() {
		return
	}
	os.Exit(m.Run())
}
