package app

import (
	"runtime"
	"runtime/debug"

	"github.com/reactorgen/reactor"
)

// version is the version of this module in the running program, or "devel".
func version() string {
	const path = "github.com/reactorgen/reactor"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	for _, m := range append(info.Deps, &info.Main) {
		if m.Path == path && m.Replace == nil && m.Version != "" && m.Version != "(devel)" {
			return m.Version
		}
	}
	return "devel"
}

// versions is the line that --version prints.
func versions(id reactor.Identity) string {
	own := id.Name
	if v := id.Metadata["version"]; v != "" {
		own += " " + v
	}
	return own + " (reactor " + version() + ", " + runtime.Version() + ")"
}
