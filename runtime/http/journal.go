package http

import (
	"encoding/json"
	"sync"
)

// journalSize is how many entries are kept.
const journalSize = 1024

// entry is one line of the journal.
type entry struct {
	number uint64 // from 1, without a gap
	text   []byte // JSON
}

// journal keeps the newest entries. Its readers have no memory in it, so that a
// slow one holds nobody up: it finds what it has not read replaced, and is cut.
// It is safe for concurrent use.
type journal struct {
	mu     sync.Mutex
	newest uint64
	ring   []entry // the entry n is at n % journalSize
	added  chan struct{}
	closed bool
}

func newJournal() *journal { return &journal{added: make(chan struct{})} }

// write adds an entry, unless the journal is closed.
func (j *journal) write(v any) {
	text, err := json.Marshal(v)
	if err != nil {
		return // not of what is written here: strings and numbers
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		return
	}
	if j.ring == nil {
		j.ring = make([]entry, journalSize)
	}
	j.newest++
	j.ring[j.newest%journalSize] = entry{j.newest, text}
	close(j.added)
	j.added = make(chan struct{})
}

// close lets the readers come to their end.
func (j *journal) close() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.closed {
		j.closed = true
		close(j.added)
	}
}

// place returns where to read on after an entry: behind the newest one that is no
// longer kept. An entry that has not been written is one of an earlier program, of
// whose journal nothing is here.
func (j *journal) place(after uint64) uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	if after > j.newest {
		after = 0
	}
	return max(after, j.oldest()-1)
}

// end returns where to read what is yet to come.
func (j *journal) end() uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.newest
}

// oldest is the number of the first entry that is kept; called with mu held.
func (j *journal) oldest() uint64 {
	if j.newest < journalSize {
		return 1
	}
	return j.newest - journalSize + 1
}

// next returns the entry that follows one. Without one it returns a channel that
// closes when there may be. It is false when there will be none: the journal is
// closed, or the reader was too slow and has missed it.
func (j *journal) next(after uint64) (e entry, wait <-chan struct{}, ok bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case after+1 < j.oldest():
		return e, nil, false
	case after < j.newest:
		return j.ring[(after+1)%journalSize], nil, true
	case j.closed:
		return e, nil, false
	}
	return e, j.added, true
}
