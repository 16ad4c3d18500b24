//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package tempfolder

import (
	"errors"
	"io"
	"os"
	"syscall"
)

// holdFile opens a file, which it may make, and makes this program the only one
// that holds it until it is closed or the program has ended. The file may be
// anybody's doing and is not waited for. The error is errLocked where another
// program holds it.
func holdFile(path string, create bool) (io.Closer, error) {
	flags := os.O_RDWR | syscall.O_NONBLOCK | syscall.O_NOFOLLOW
	if create {
		flags |= os.O_CREATE | os.O_EXCL
	}
	file, err := os.OpenFile(path, flags, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.EINTR
	for errors.Is(err, syscall.EINTR) {
		err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	}
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = errLocked
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}
