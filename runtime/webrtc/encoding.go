package webrtc

// encoding counts what became of the frames of the model, since the start of the
// viewer's stage. A viewer that reads it twice knows what one picture took.
type encoding struct {
	Frames   uint64  `json:"frames"`   // handed over by the model
	Dropped  uint64  `json:"dropped"`  // left out: a newer one came before they were encoded
	Pictures uint64  `json:"pictures"` // given to the encoder, those drawn again among them
	BusyMS   float64 `json:"busy_ms"`  // spent on converting and encoding all of them
}

// encoding reads the counters of the main picture, in the format that the viewer gets.
func (t *Transport) encoding(c *connection) encoding {
	t.mu.Lock()
	defer t.mu.Unlock()
	screen := t.screens[VideoTrack]
	if screen == nil || screen.feeds[c.format] == nil {
		return encoding{}
	}
	s := screen.feeds[c.format].stage.Stats()
	return encoding{
		Frames:   s.Written,
		Dropped:  s.Dropped + s.Skipped,
		Pictures: s.Encoded + s.Repeated + s.Skipped,
		BusyMS:   float64((s.ConvertTime + s.EncodeTime).Microseconds()) / 1000,
	}
}
