package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is what `version --json` prints.
type version struct {
	document

	// Release is the version of the module: a release, a pseudo-version, or "devel".
	Release string `json:"release"`
	Go      string `json:"go"`
	OS      string `json:"os"`
	Arch    string `json:"arch"`

	// Checkout is the folder that the tool was built from, if it is there.
	Checkout string `json:"checkout,omitempty"`
}

func (t *tool) versionCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version of this tool",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			v := thisVersion()
			if asJSON {
				return printJSON(t.stdout, v)
			}
			fmt.Fprintf(t.stdout, "reactor-gen %s (%s %s/%s)\n", v.Release, v.Go, v.OS, v.Arch)
			return nil
		},
	}
	jsonFlag(cmd, &asJSON)
	return cmd
}

func thisVersion() version {
	return version{document: version1, Release: thisRelease(), Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH, Checkout: checkout()}
}

// thisRelease is the version of our module in this build.
func thisRelease() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		if found := moduleVersion(info); found != "" {
			return found
		}
	}
	return "devel"
}
