package scanner

import (
	"cmp"
	"go/build"
	"runtime"

	"github.com/reactorgen/reactor/internal/goenv"
)

// buildContext is how a build with the given tags chooses its files.
func buildContext(e *goenv.Env, tags []string) build.Context {
	c := build.Default
	c.GOOS, c.GOARCH = cmp.Or(e.Lookup("GOOS"), c.GOOS), cmp.Or(e.Lookup("GOARCH"), c.GOARCH)
	c.BuildTags = append([]string{hiddenTag}, tags...)
	switch e.Lookup("CGO_ENABLED") {
	case "0":
		c.CgoEnabled = false
	case "1":
		c.CgoEnabled = true
	default:
		host := c.GOOS == runtime.GOOS && c.GOARCH == runtime.GOARCH
		c.CgoEnabled = host && build.Default.CgoEnabled && e.HasCompiler(c.GOOS)
	}
	return c
}
