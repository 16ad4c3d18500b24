package disk

import "sync"

// devices remembers of each device whether its stamps can be trusted. The zero
// value knows none.
type devices struct {
	mu    sync.Mutex
	trust map[uint64]bool
}

// trusted asks the system about a device once, by a name that is on it.
func (ds *devices) trusted(name string, dev uint64) bool {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	trust, ok := ds.trust[dev]
	if !ok {
		if ds.trust == nil {
			ds.trust = make(map[uint64]bool)
		}
		trust = trustworthy(name)
		ds.trust[dev] = trust
	}
	return trust
}
