package codec

import "time"

// StageStats counts what passed through a stage since it was made. Each frame
// ends in one place:
//
//	Written = Rejected + Dropped + Waiting + Encoded + Skipped + Failed
type StageStats struct {
	Written  uint64 // frames handed to Write
	Rejected uint64 // of these, not a frame: impossible size or too few bytes
	Dropped  uint64 // replaced by a newer one before encoding, or written too late
	Waiting  uint64 // in the mailbox or being encoded at this moment
	Encoded  uint64 // became a packet
	Skipped  uint64 // left out by the encoder's rate control
	Failed   uint64 // the encoder returned an error

	Repeated    uint64 // packets made by encoding the last picture again
	Keys        uint64 // packets that are key frames
	KeyRequests uint64 // calls of RequestKey
	Bytes       uint64 // in all packets

	ConvertTime time.Duration // sum over the frames that were converted
	EncodeTime  time.Duration // sum over the pictures that were given to an encoder

	// Of the last picture, and zero before the first: its size, and the target
	// that its encoder works with.
	Width, Height int
	Bitrate       int
	FrameRate     float64
}

// Stats returns the counters of this moment.
func (s *Stage) Stats() StageStats {
	s.mu.Lock()
	defer s.mu.Unlock()
	stats := s.stats
	if s.box.waiting != nil {
		stats.Waiting++
	}
	return stats
}
