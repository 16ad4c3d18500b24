package tempfolder

import (
	"errors"
	"io"
	"os"
	"syscall"
)

// errSharing is the system's error for a file that another program does not share
// (ERROR_SHARING_VIOLATION).
const errSharing = syscall.Errno(32)

// holdFile opens a file, which it may make, and makes this program the only one
// that holds it until it is closed or the program has ended: it is not shared. The
// error is errLocked where another program holds it.
func holdFile(path string, create bool) (io.Closer, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	mode := uint32(syscall.OPEN_EXISTING)
	if create {
		mode = syscall.CREATE_NEW
	}
	handle, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil, mode, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	switch {
	case errors.Is(err, errSharing):
		return nil, errLocked
	case err != nil:
		return nil, &os.PathError{Op: "open", Path: path, Err: err}
	}
	return os.NewFile(uintptr(handle), path), nil
}
