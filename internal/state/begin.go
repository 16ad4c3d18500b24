package state

import (
	"context"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/internal/disk"
)

// Recall reads the state of a key, and the disk as it was; without one, state is nil
// and the disk knows nothing.
func Recall(c *cache.Cache, key cache.Key) (*State, *disk.Disk) {
	text, ok := c.Get(Kind, key)
	if !ok {
		return nil, disk.New()
	}
	s, facts := Decode(text)
	d, err := disk.Decode(facts)
	if s == nil || err != nil {
		return nil, disk.New()
	}
	return s, d
}

// Begun is a scan that has begun: its state is recalled, and what changed since is
// known.
type Begun struct {
	Key     cache.Key
	State   *State // nil without one
	Disk    *disk.Disk
	Changes disk.Changes
}

// Begin begins a scan. An error is the context's.
func Begin(ctx context.Context, c *cache.Cache, key cache.Key) (*Begun, error) {
	b := &Begun{Key: key}
	b.State, b.Disk = Recall(c, key)
	var err error
	b.Changes, err = b.Disk.Verify(ctx)
	return b, err
}

// Said is what a check has to print: nothing is wrong, and nothing has changed. It
// is empty when that is not so.
func (b *Begun) Said() string {
	if b.State == nil || !b.Changes.Empty() || b.Changes.Touched > 0 {
		return ""
	}
	return b.State.Said
}
