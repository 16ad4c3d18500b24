package disk

import (
	"os"
	"time"
)

// Ahead makes a Disk that was asked nothing yet believe that it is later than it
// is, so that no change of the tree lies close before.
func (d *Disk) Ahead(by time.Duration) {
	d.now = func() time.Time { return time.Now().Add(by) }
	d.since = d.now().UnixNano()
}

// At makes a Disk that was asked nothing yet believe that it is some time.
func (d *Disk) At(now time.Time) {
	d.now = func() time.Time { return now }
	d.since = now.UnixNano()
}

// Hold makes a Disk take its facts for verified.
func (d *Disk) Hold() { d.holds = true }

// Distrust makes a Disk believe that the stamps of a name's device are worth
// nothing.
func (d *Disk) Distrust(name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	d.devices.trust = map[uint64]bool{stampOf(info).dev: false}
	return nil
}
