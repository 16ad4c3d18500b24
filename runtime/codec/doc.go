// Package codec turns raw frames into compressed pictures.
//
// A frame is RGB, as the model made it. A picture is 4:2:0 YCbCr, as every
// encoder here takes it. A packet is one compressed picture.
//
//	caller's goroutine          ┊   the stage's goroutine
//	Write ─► convert ─► picture ┊─► mailbox(1) ─► Encoder ─► Packet ─► Output
//	         (the one copy)     ┊   newest wins      ▲
//	RequestKey ─────────────────┊── debounced ───────┘
//
// [Stage] is that road for one track. Frames are dropped in the mailbox only,
// before compression: a compressed picture that got lost would break all that
// follow it until the next key frame. Every frame written is counted once more
// where it ended, see [StageStats].
//
// [Backends] lists the ways to encode on this machine. VP8 by this package's own
// encoder is always there, without C and without libraries. H.264 by libopenh264
// is there when the library can be opened at run time; the build tag nodl leaves
// it out, for programs that must not be linked dynamically.
//
// [Decoders] lists the ways back: for pictures that a viewer sends, VP8 by libvpx or
// else by this package's own decoder, and H.264 by libopenh264, the libraries where
// they can be opened at run time. [RGB] makes frames of what they give. What they
// are given comes from outside: sizes are checked before the libraries see them,
// and an error means that the stream goes on with its next key frame.
//
// [ProbeSound] finds libopus, the one way to compress sound, and back. There is no
// encoder of our own for it: without the library there is no sound.
//
// The package knows no network: it makes no RTP packets, sees no viewers and
// chooses no bitrate from what the network can carry. It keeps no time of sound: whoever
// encodes it cuts it into packets.
package codec
