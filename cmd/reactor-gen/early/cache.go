package early

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/reactorgen/reactor/internal/cache"
)

// CacheVariable names the folder for what is kept between runs, or is "off".
const CacheVariable = "REACTOR_GEN_CACHE"

// CacheDir is the folder for what is kept between runs: that of the environment,
// else one in the user's cache. It is empty when nothing is to be kept, or where the
// user has no cache.
func CacheDir(getenv func(string) string) (string, error) {
	switch dir := getenv(CacheVariable); {
	case dir == "off":
		return "", nil
	case dir == "":
		user, err := os.UserCacheDir()
		if err != nil {
			return "", nil // without one, runs take their time
		}
		return filepath.Join(user, "reactor-gen"), nil
	case !filepath.IsAbs(dir):
		return "", fmt.Errorf(`%s=%s is neither "off" nor an absolute path`, CacheVariable, dir)
	default:
		return dir, nil
	}
}

// OpenCache gives what is kept between runs, or nil for nothing.
func OpenCache() (*cache.Cache, error) {
	dir, err := CacheDir(os.Getenv)
	if err != nil || dir == "" {
		return nil, err
	}
	return cache.Open(dir, cache.Limits{}), nil
}
