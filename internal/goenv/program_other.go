//go:build !unix

package goenv

import (
	"cmp"
	"os"
	"strings"
)

// program gives the file of a program whose suffix is one of those that the system
// runs, or "".
func program(name string) string {
	for suffix := range strings.SplitSeq(cmp.Or(os.Getenv("PATHEXT"), ".com;.exe;.bat;.cmd"), ";") {
		if info, err := os.Stat(name + suffix); err == nil && !info.IsDir() {
			return name + suffix
		}
	}
	return ""
}
