// Package record makes playable files of compressed pictures.
//
//	stage's goroutine            ┊  a goroutine of the session
//	Recorder.Picture ─► copy ─►  ┊  feed (bounded) ─┬─► file: one of the session
//	      └─► key frame, please  ┊                  └─► Ring: segments of its last minutes
//
// Nothing is encoded here: what the encoder wrote for viewers is put into another
// wrapping, VP8 into WebM and H.264 into MP4. A file is written in pieces of a
// second that each stand on their own, so that what a killed program leaves behind
// plays up to the last of them. A [Ring] keeps the end of the session in segments
// from which clips are made, as HLS (RFC 8216).
//
// A [Recorder] stands between the encoder, which must not wait, and the disk, which
// may be slow or full. A picture that is lost makes those after it useless, up to
// the next key frame, so pictures are lost in whole runs, and counted.
//
// The package makes no requests and knows no clients; sound is not recorded.
package record
