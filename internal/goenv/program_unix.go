//go:build unix

package goenv

import (
	"os"

	"golang.org/x/sys/unix"
)

// program gives the file of a program without its suffix, which there is none of
// here, or "". That nothing is there is the answer in most folders, and costs least
// to ask for.
func program(name string) string {
	if unix.Faccessat(unix.AT_FDCWD, name, unix.X_OK, unix.AT_EACCESS) != nil {
		return ""
	}
	if info, err := os.Stat(name); err != nil || info.IsDir() {
		return ""
	}
	return name
}
