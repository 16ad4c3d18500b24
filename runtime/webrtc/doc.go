// Package webrtc carries sessions to viewers over WebRTC. It alone knows pion.
//
// A [Transport] is what the runner writes to: one UDP socket, and some connections.
// A connection is one viewer's attachment to a session: an offer of the viewer, our
// answer, those tracks of the model that the offer names, one data channel. It has a
// place, by its id, which who comes back takes again. One place has the control: its
// viewer's commands are heeded, the others watch. A dialect is the way in which the
// viewer writes its messages.
//
//	frame ─► screen, feed: codec.Stage, cut ─┬► track (RTP packets) ─► pion: NACK, SRTP ─► viewer
//	                       ▲                 ├► track ...
//	                       └─── key frame ◄──┴─────────────── RTCP: PLI, FIR ◄──────────────┘
//	sound ─► voice: 20 ms, when due, Opus ───┬► track (RTP packets) ─► pion: SRTP ─► viewer
//	                                         └► track ...
//	message ─► dialect ─► data channel ─► viewer ─► data channel ─► dialect ─► command
//
// The viewer offers and opens the channel, always: clients take any channel that
// the server opens for the one that they should send on. The answer holds every
// candidate of ours; those of a viewer may come later. There is one screen for each track
// of pictures and in it one feed for each format in use, encoded and cut once for all who
// get it; there is one voice for a track of sound. A track has a queue of its own, so that
// nobody waits for a slow viewer. Without a viewer nothing is encoded and the last frame
// is kept, so that who joins sees a picture at once. All tracks of a viewer are one stream,
// whose times are those of the session: the viewer's program keeps them in step.
//
// Video and sound of the viewer who has the control go the other way, when the model has
// a track for them and they can be decoded:
//
//	viewer ─► pion: NACK, reports ─► assembly ─► queue(16) ─► codec.Decoder ─► RGB ─► Session.Input
//	   ▲────────────────────── PLI: after a loss or an error ◄──┘
//	viewer ─► pion ─► hearing: order, codec.SoundDecoder ─► Session.InputSound
//
// The package starts and stops no session, and it adapts the bitrate to no
// network. HTTP, on which offers and answers travel, is package http's business.
package webrtc
