package http

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/internal/tempfolder"
	"github.com/reactorgen/reactor/runtime/runner"
)

// folderName is what the folder of uploads is called, and something random.
const folderName = "reactor-uploads-"

// SweepUploads removes the folders of uploads below place that nobody holds any
// more: those of programs that were killed.
func SweepUploads(place string) error { return tempfolder.Sweep(place, folderName) }

// The bounds of the uploads of one session, besides that of one upload.
const (
	maxUploads   = 256 // how many
	uploadsTotal = 8   // how many times the largest one, in bytes
)

// Why there is no file, or no room for one. Clients are shown them.
var (
	errNoUploads     = errors.New("files cannot be uploaded here")
	errNoUpload      = errors.New("there is no such upload in this session")
	errNotSent       = errors.New("its bytes have not arrived")
	errUploadTaken   = errors.New("there is an upload with this id already")
	errUploadDone    = errors.New("the file is there already, or on its way")
	errSize          = errors.New("the file has the wrong size")
	errNoRoom        = errors.New("there is no room for more until the session ends")
	errSessionClosed = errors.New("the session has ended")
)

// Uploads are the files that clients have uploaded in the session that runs. They
// are files of a temporary folder, named by us and not by the client. The zero
// value takes none. Its methods are safe for concurrent use.
type Uploads struct {
	place string // where the folder is to be
	most  int64

	mu      sync.Mutex         // never held while bytes travel
	folder  *tempfolder.Folder // made with the first file
	session string             // the one that runs, or empty
	context context.Context
	end     context.CancelFunc
	slots   map[string]*slot // by id
	total   int64            // bytes of all slots, as announced
	count   int              // of files, for their names
}

var _ runner.Uploads = (*Uploads)(nil)

// slot is one upload, from when it is announced.
type slot struct {
	file    reactor.File
	key     string          // random: who knows it may send the bytes
	session context.Context // cancelled when its session has ended
	busy    bool            // its bytes arrive, or have arrived
	arrived chan struct{}   // closed when all are there
}

// NewUploads returns uploads of at most so many bytes each; 0 takes none. Their
// folder will be one below place.
func NewUploads(place string, most int64) *Uploads {
	return &Uploads{place: place, most: most}
}

// Close removes all files and their folder.
func (u *Uploads) Close() error {
	u.EndSession()
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.folder == nil {
		return nil
	}
	return u.folder.Remove()
}

// StartSession implements runner.Uploads.
func (u *Uploads) StartSession(id string) {
	u.EndSession()
	u.mu.Lock()
	defer u.mu.Unlock()
	u.session, u.slots = id, map[string]*slot{}
	u.context, u.end = context.WithCancel(context.Background())
}

// EndSession implements runner.Uploads. Bytes that are on their way are cut off.
func (u *Uploads) EndSession() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.session == "" {
		return
	}
	u.end()
	for _, s := range u.slots {
		if s.file.Path != "" {
			os.Remove(s.file.Path) // or with the folder, at the latest
		}
	}
	u.session, u.slots, u.total = "", nil, 0
}

// Upload implements runner.Uploads.
func (u *Uploads) Upload(id string) (reactor.File, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	s := u.slots[id]
	switch {
	case s == nil:
		return reactor.File{}, errNoUpload
	case !s.complete():
		return reactor.File{}, errNotSent
	}
	return s.file, nil
}

// Arrival implements runner.Uploads.
func (u *Uploads) Arrival(id string) <-chan struct{} {
	u.mu.Lock()
	defer u.mu.Unlock()
	if s := u.slots[id]; s != nil && !s.complete() {
		return s.arrived
	}
	return nil
}

// complete tells whether all bytes are there.
func (s *slot) complete() bool {
	select {
	case <-s.arrived:
		return true
	default:
		return false
	}
}

// announce makes room for a file of a session, under an id that is chosen here
// where it is empty. Key is what its bytes are sent with: a client may choose an id
// that others can guess.
func (u *Uploads) announce(session, id string, file reactor.File) (_, key string, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	switch {
	case u.most == 0:
		return "", "", errNoUploads
	case u.session != session:
		return "", "", errSessionClosed
	case u.slots[id] != nil:
		return "", "", errUploadTaken
	case file.Size > u.most:
		return "", "", fmt.Errorf("%w: it has %d bytes, at most %d are taken", errSize, file.Size, u.most)
	case len(u.slots) == maxUploads, u.total+file.Size > uploadsTotal*u.most:
		return "", "", fmt.Errorf("%w: the session has %d uploads with %d bytes, of at most %d with %d",
			errNoRoom, len(u.slots), u.total, maxUploads, uploadsTotal*u.most)
	}
	key = rand.Text()
	if id == "" {
		id = key
	}
	u.slots[id] = &slot{file: file, key: key, session: u.context, arrived: make(chan struct{})}
	u.total += file.Size
	return id, key, nil
}

// take gives out an upload whose bytes are about to come, to the first who asks.
// It is to be given back.
func (u *Uploads) take(key string) (*slot, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	s := u.keyed(key)
	switch {
	case s == nil:
		return nil, errNoUpload
	case s.busy:
		return nil, errUploadDone
	}
	s.busy = true
	return s, nil
}

// keyed finds an upload by its key, in a time that tells nothing of the keys.
func (u *Uploads) keyed(key string) (found *slot) {
	for _, s := range u.slots {
		if subtle.ConstantTimeCompare([]byte(s.key), []byte(key)) == 1 {
			found = s
		}
	}
	return found
}

// giveBack says what became of the bytes: they are at path, or err is why they are
// not, and they may be sent again.
func (u *Uploads) giveBack(s *slot, path string, err error) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if s.session.Err() != nil {
		err = errSessionClosed
	}
	if err != nil {
		s.busy = false
		if path != "" {
			os.Remove(path)
		}
		return err
	}
	s.file.Path = path
	close(s.arrived)
	return nil
}

// receive reads the bytes of an upload that was taken: exactly as many as were
// announced. Length is how many there are, or -1 where nobody knows.
func (u *Uploads) receive(s *slot, length int64, body io.Reader) error {
	if length >= 0 {
		if err := checkSize(s.file.Size, length); err != nil {
			return u.giveBack(s, "", err)
		}
	}
	file, err := u.create(s)
	if err != nil {
		return u.giveBack(s, "", err)
	}
	n, err := io.Copy(file, io.LimitReader(body, s.file.Size+1))
	if err == nil {
		err = checkSize(s.file.Size, n)
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	return u.giveBack(s, file.Name(), err)
}

// create makes a file in the folder, and the folder for the first one.
func (u *Uploads) create(s *slot) (file *os.File, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if s.session.Err() != nil {
		return nil, errSessionClosed
	}
	if u.folder == nil {
		if u.folder, err = tempfolder.Make(u.place, folderName); err != nil {
			return nil, err
		}
	}
	u.count++
	return os.OpenFile(filepath.Join(u.folder.Path, strconv.Itoa(u.count)), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
}

// checkSize says what is wrong where there are not as many bytes as announced;
// one more stands for any number of them.
func checkSize(want, got int64) error {
	switch {
	case got < want:
		return fmt.Errorf("%w: expected %d bytes, got %d", errSize, want, got)
	case got > want:
		return fmt.Errorf("%w: expected %d bytes, got more", errSize, want)
	}
	return nil
}
