package weights

import (
	"cmp"
	"os"
	"path/filepath"
)

// EnvPath is the environment variable that says where weights are: one folder or,
// as in PATH, several.
const EnvPath = "REACTOR_WEIGHTS_PATH"

// Place is a folder in which the folders of weights may be.
type Place struct {
	Dir string `json:"dir"`

	// From says for whom it is a place, as a person would: a flag, a variable,
	// or a few words.
	From string `json:"from"`
}

// Places returns where weights are looked for, best first: the folder of the
// flag --weights where it is not empty, those of [EnvPath], the folder weights of
// the project in the working directory, the cache of the original runtime, and
// where pulled weights are put. Without a home, there are no caches.
func Places(explicit string, env func(string) string) []Place {
	var all []Place
	if explicit != "" {
		all = append(all, Place{explicit, "--weights"})
	}
	for _, dir := range filepath.SplitList(env(EnvPath)) {
		if dir != "" {
			all = append(all, Place{dir, "$" + EnvPath})
		}
	}
	all = append(all, Place{"weights", "the project"})
	if home := homeOf(env); home != "" {
		all = append(all, Place{filepath.Join(home, ".cache", "reactor_registry"), "the registry's cache"})
	}
	if dir := CacheDir(env); dir != "" {
		all = append(all, Place{dir, "pulled"})
	}
	return all
}

// CacheDir returns the folder in which the folders of pulled weights are put, or
// "" where the environment names neither a cache nor a home.
func CacheDir(env func(string) string) string {
	if cache := env("XDG_CACHE_HOME"); filepath.IsAbs(cache) {
		return filepath.Join(cache, "reactor", "weights")
	}
	if home := homeOf(env); home != "" {
		return filepath.Join(home, ".cache", "reactor", "weights")
	}
	return ""
}

func homeOf(env func(string) string) string { return cmp.Or(env("HOME"), env("USERPROFILE")) }

// Find returns the folder of the weights called name in the first place that has
// one, and that place. Found tells whether there is one.
func Find(places []Place, name string) (dir string, place Place, found bool) {
	for _, p := range places {
		dir := filepath.Join(p.Dir, name)
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return dir, p, true
		}
	}
	return "", Place{}, false
}
