package codec

// Missing is a backend that this machine does not offer, and why.
type Missing struct {
	Name   string
	Reason error
}

// Probe finds the ways to encode on this machine, best first: libopenh264 where
// it can be opened and passes a self-test, then this package's own VP8 encoder,
// which is always there. Each call looks anew and takes some milliseconds.
func Probe() (usable []Backend, missing []Missing) {
	if b, err := probeOpenH264(); err != nil {
		missing = append(missing, Missing{Name: "openh264", Reason: err})
	} else {
		usable = append(usable, b)
	}
	return append(usable, Backend{Name: "vp8", Format: VP8, New: newVP8}), missing
}

// Backends returns what [Probe] found usable.
func Backends() []Backend {
	usable, _ := Probe()
	return usable
}
