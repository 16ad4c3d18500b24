package reactortest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

// Upload uploads a file as a client does, for the commands of this session, and
// returns its id: `{"image": {"upload_id": "` + id + `"}}`.
func (s *Session) Upload(name, contentType string, content []byte) (id string) {
	s.t.Helper()
	id, err := s.uploads.add(reactor.File{Name: name, ContentType: contentType, Size: int64(len(content))}, content)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

// uploads are the files of one session, in a folder of the test.
type uploads struct {
	dir string

	mu    sync.Mutex
	count int
	files map[string]reactor.File
}

var _ runner.Uploads = (*uploads)(nil)

func (u *uploads) add(f reactor.File, content []byte) (id string, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.count++
	id = "upload-" + strconv.Itoa(u.count)
	f.Path = filepath.Join(u.dir, id)
	u.files[id] = f
	return id, os.WriteFile(f.Path, content, 0o666)
}

// StartSession implements runner.Uploads.
func (u *uploads) StartSession(string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.files = map[string]reactor.File{}
}

// EndSession implements runner.Uploads. A file that cannot be removed is left to
// the end of the test.
func (u *uploads) EndSession() {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, f := range u.files {
		_ = os.Remove(f.Path)
	}
	clear(u.files)
}

// Upload implements runner.Uploads.
func (u *uploads) Upload(id string) (reactor.File, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	f, there := u.files[id]
	if !there {
		return f, fmt.Errorf("there is no upload %q", id)
	}
	return f, nil
}

// Arrival implements runner.Uploads: nothing is ever on its way.
func (u *uploads) Arrival(string) <-chan struct{} { return nil }
