package weights

import (
	"context"
	"io"
)

// Store is where weights come from.
type Store interface {
	// Open returns the content of the file key, from a byte offset on, and the
	// size of all of it, negative where that is not known. A key is the name of
	// weights, a slash and the path of a file. What is read fails when ctx is
	// done. An error that wraps fs.ErrNotExist or fs.ErrPermission is final;
	// after others, it is asked again.
	Open(ctx context.Context, key string, offset int64) (content io.ReadCloser, size int64, err error)
}

// Watcher is told how a pull goes on. Its methods are called from several
// goroutines at once and must not wait for anything.
type Watcher interface {
	// Waits tells that another process pulls the weights called name.
	Waits(name string)

	// Begins tells that a pull has size bytes to get.
	Begins(name string, size int64)

	// Has tells of n bytes that are there: they have arrived, or earlier is true
	// and an earlier pull has left them. A negative n takes bytes back that
	// turned out to be wrong.
	Has(name string, n int64, earlier bool)

	// Retries tells that the store failed, and that it is asked again.
	Retries(name, path string, err error)
}

// nobody watches where no Watcher does.
type nobody struct{}

func (nobody) Waits(string)                  {}
func (nobody) Begins(string, int64)          {}
func (nobody) Has(string, int64, bool)       {}
func (nobody) Retries(string, string, error) {}
