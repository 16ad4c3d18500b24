//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package weights

import (
	"errors"
	"os"
	"syscall"
)

// exclude makes this process the only one that has a file, until the file is
// closed or the process ends, in whatever way. Busy tells that another has it.
func exclude(file *os.File) (busy bool, err error) {
	for {
		err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return true, nil
	}
	return false, err
}

// isFull tells whether an error is that of a disk, or a share of it, without room.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
