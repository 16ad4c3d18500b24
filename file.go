package reactor

import (
	"io"
	"os"
)

// File is a file that a client has uploaded, as a command takes it. It is there
// until the session ends. The zero File is none.
type File struct {
	// Name and ContentType are what the client called it and what it said that it
	// is, such as "image/png". Neither is checked, and the name is not for a path.
	Name        string
	ContentType string

	// Size is how many bytes it has.
	Size int64

	// Path is where the bytes are, for what reads files itself.
	Path string
}

// Open opens the file for reading. The caller closes it.
func (f File) Open() (io.ReadCloser, error) { return os.Open(f.Path) }
