// Package webrtc carries sessions to a viewer over WebRTC. It alone knows pion.
//
// A [Transport] is what the runner writes to: one UDP socket, and at most one
// connection. A connection is one viewer's attachment to a session: an offer of
// the viewer, our answer, one outgoing track, one data channel. A dialect is the
// way in which the viewer writes its messages.
//
//	frame ─► codec.Stage ─► track (RTP packets) ─► pion: NACK, reports, SRTP ─► viewer
//	              ▲ key frame ◄─────────────────── RTCP: PLI, FIR ◄──────────────┘
//	message ─► dialect ─► data channel ─► viewer ─► data channel ─► dialect ─► command
//
// The viewer offers and opens the channel, always: clients take any channel that
// the server opens for the one that they should send on. The answer holds every
// candidate, so there is nothing to trickle. Without a viewer nothing is encoded
// and the last frame is kept, so that who joins sees a picture at once.
//
// The package starts and stops no session, and it adapts the bitrate to no
// network. HTTP, on which offers and answers travel, is package http's business.
package webrtc
