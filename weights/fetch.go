package weights

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"sync/atomic"
	"time"
)

// How a store that fails is asked again: after a pause that doubles, until it has
// failed as often as that without a single byte.
const (
	attempts   = 6
	firstPause = 500 * time.Millisecond
	lastPause  = 30 * time.Second
)

// idle is how long a store may send nothing before that counts as a failure.
const idle = time.Minute

// ErrTampered says that a file in the store is not the locked one.
var ErrTampered = errors.New("the store's file is not the locked one")

// errIdle says that a store has sent nothing for too long.
var errIdle = errors.New("the store has sent nothing for " + idle.String())

// pull is one run of a puller for the weights of one name.
type pull struct {
	Puller
	weights Weights
	slots   chan struct{} // one for each connection of all pulls
	fetched atomic.Int64
}

// fetch brings one file into the hidden folder, whole and as locked. What is of
// it there already is not fetched again.
func (p *pull) fetch(ctx context.Context, stage *os.Root, f File) error {
	if err := stage.MkdirAll(path.Dir(f.Path), 0o777); err != nil {
		return err
	}
	file, err := stage.OpenFile(f.Path, os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return err
	}
	part := &part{pull: p, want: f, file: file, hash: sha256.New()}
	err = part.resume(ctx)
	if err == nil {
		err = part.complete(ctx)
	}
	return errors.Join(err, file.Close())
}

// part is a file of which the first bytes are there.
type part struct {
	*pull
	want    File
	file    *os.File
	hash    hash.Hash // of the bytes that are there
	have    int64
	resumed bool // an earlier pull has left some of them
}

func (p *part) key() string { return p.weights.Name + "/" + p.want.Path }

// resume reads what an earlier pull has left.
func (p *part) resume(ctx context.Context) error {
	info, err := p.file.Stat()
	if err != nil {
		return err
	}
	if info.Size() > p.want.Size {
		return p.restart()
	}
	n, err := io.Copy(p.hash, reader{ctx, p.file})
	p.have, p.resumed = n, n > 0
	p.Watcher.Has(p.weights.Name, n, true)
	return err
}

// restart throws away what is there.
func (p *part) restart() error {
	p.Watcher.Has(p.weights.Name, -p.have, true)
	p.hash.Reset()
	p.have, p.resumed = 0, false
	if err := p.file.Truncate(0); err != nil {
		return err
	}
	_, err := p.file.Seek(0, io.SeekStart)
	return err
}

// complete gets what is missing and brings the file to the disk. Bytes that an
// earlier pull has left may be wrong, as after a loss of power: then all of the
// file is fetched. Wrong bytes of the store are final.
func (p *part) complete(ctx context.Context) error {
	for {
		if err := p.get(ctx); err != nil {
			return err
		}
		got := Sum(p.hash.Sum(nil))
		if got == p.want.Sum {
			return p.file.Sync()
		}
		again := p.resumed
		if err := p.restart(); err != nil {
			return err
		}
		if !again {
			return fmt.Errorf("%s: %w: SHA-256 %s, locked %s", p.key(), ErrTampered, got, p.want.Sum)
		}
	}
}

// get gets the bytes that are missing, and asks the store again when it fails.
func (p *part) get(ctx context.Context) error {
	failed := 0
	for p.have < p.want.Size {
		before := p.have
		err := p.once(ctx)
		if err == nil {
			continue
		}
		if p.have > before {
			failed = 0
		}
		if failed++; failed == attempts || isFinal(err) || ctx.Err() != nil {
			return fmt.Errorf("%s: %w", p.key(), err)
		}
		p.Watcher.Retries(p.weights.Name, p.want.Path, err)
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(pause(failed)):
		}
	}
	return nil
}

// pause is how long to wait after the failure of a number, from 1: half of it by
// chance, so that those who failed together do not come back together.
func pause(failed int) time.Duration {
	most := min(firstPause<<(failed-1), lastPause)
	return most/2 + rand.N(most/2)
}

// isFinal tells whether it is of no use to ask the store again.
func isFinal(err error) bool {
	_, ours := errors.AsType[*diskError](err)
	return ours || errors.Is(err, ErrTampered) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission)
}

// once asks the store once for all that is missing.
func (p *part) once(ctx context.Context) error {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(idle, func() { cancel(errIdle) })
	defer timer.Stop()
	content, size, err := p.Store.Open(ctx, p.key(), p.have)
	if err != nil {
		return errors.Join(err, context.Cause(ctx))
	}
	defer content.Close()
	if size >= 0 && size != p.want.Size {
		return fmt.Errorf("%w: %d bytes, locked %d", ErrTampered, size, p.want.Size)
	}
	_, err = io.CopyN(p, reader{ctx, alive{content, timer}}, p.want.Size-p.have)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	if cause := context.Cause(ctx); err != nil && cause != nil {
		err = cause
	}
	return err
}

// Write takes the next bytes of the file.
func (p *part) Write(b []byte) (int, error) {
	n, err := p.file.Write(b)
	p.hash.Write(b[:n])
	p.have += int64(n)
	p.fetched.Add(int64(n))
	p.Watcher.Has(p.weights.Name, int64(n), false)
	if err != nil {
		err = &diskError{err}
	}
	return n, err
}

// diskError is a failure of our own disk and not of the store.
type diskError struct{ error }

func (e *diskError) Unwrap() error { return e.error }

// alive puts off the end of patience at every byte.
type alive struct {
	io.Reader
	timer *time.Timer
}

func (a alive) Read(b []byte) (int, error) {
	n, err := a.Reader.Read(b)
	if n > 0 {
		a.timer.Reset(idle)
	}
	return n, err
}
