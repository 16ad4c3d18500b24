//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package tempfolder

import (
	"io"
	"os"
)

// holdFile makes a file and holds nothing: this system has no locks that end with
// the program. So it says of every file that is there that it is held.
func holdFile(path string, create bool) (io.Closer, error) {
	if create {
		return os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	}
	if _, err := os.Lstat(path); err != nil {
		return nil, err
	}
	return nil, errLocked
}
