package codec

import "time"

// loop is what belongs to the stage's goroutine alone.
type loop struct {
	*Stage
	encoder   Encoder  // nil: to be made for the next picture
	settings  Settings // what the encoder was made for or told last
	clock     clock
	rate      frameRate
	frameRate float64
	errors    errorLog
}

// job is one picture to encode.
type job struct {
	*picture
	key     bool // as a key frame
	again   bool // it has been encoded before
	bitrate int  // wanted; 0 chooses
}

// run encodes until the stage is closed.
func (s *Stage) run() {
	defer close(s.finished)
	l := &loop{Stage: s, errors: errorLog{log: s.log}}
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		j, ok := s.next(timer)
		if !ok {
			break
		}
		l.encode(j)
	}
	if l.encoder != nil {
		s.closeErr = l.encoder.Close()
	}
}

// next waits for a picture to encode; false when the stage is closed.
func (s *Stage) next(timer *time.Timer) (job, bool) {
	for {
		j, ok, wait := s.poll(time.Now())
		if ok || wait < 0 {
			return j, ok
		}
		timer.Reset(wait)
		select {
		case <-s.wake:
		case <-timer.C:
		}
	}
}

// poll takes the waiting picture, or the held one when a key frame is overdue.
// When none waits, all is flushed. Without either it tells how long there is nothing
// to do unless woken; less than zero is for ever.
func (s *Stage) poll(now time.Time) (j job, ok bool, wait time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		if s.box.waiting != nil {
			s.box.waiting = nil
			s.stats.Dropped++
		}
		return job{}, false, -1
	}
	if p, ok := s.box.take(); ok {
		s.stats.Waiting++
		return job{picture: p, key: s.keys.due(now), bitrate: s.bitrate}, true, 0
	}
	if s.flushed != nil {
		close(s.flushed)
		s.flushed = nil
	}
	wait, open := s.keys.patience(now)
	if !open || s.box.held == nil {
		return job{}, false, time.Hour
	}
	if wait > 0 {
		return job{}, false, wait
	}
	return job{picture: s.box.held, key: true, again: true, bitrate: s.bitrate}, true, 0
}

// encode compresses one picture, counts it, and hands the packet on.
func (l *loop) encode(j job) {
	pts := l.stamp(j)
	began := time.Now()
	data, key, err := l.compress(j)
	took := time.Since(began)
	if err != nil {
		l.errors.report(err)
		l.discard()
	}
	l.count(j, len(data), key, err, took)
	if len(data) > 0 {
		l.output(Packet{Data: data, Key: key, PTS: pts})
	}
}

// stamp gives a picture its presentation time, from which the rate is learnt.
func (l *loop) stamp(j job) time.Duration {
	if j.again {
		return l.clock.again(time.Now())
	}
	pts := l.clock.stamp(j.pts, j.arrived)
	l.frameRate = l.rate.add(pts)
	return pts
}

// compress sees to an encoder for the picture's size and the wanted rate, and
// calls it.
func (l *loop) compress(j job) (data []byte, key bool, err error) {
	before, want := l.settings, l.want(j)
	l.settings = want
	if want.Width != before.Width || want.Height != before.Height {
		l.discard()
		l.log.Info("encoding", "encoder", l.backend.Name,
			"width", want.Width, "height", want.Height, "bitrate", want.Bitrate)
	}
	if l.encoder != nil && want != before {
		l.encoder.SetRate(want.Bitrate, want.FrameRate)
	}
	if l.encoder == nil {
		if l.encoder, err = l.backend.New(want); err != nil {
			l.encoder = nil
			return nil, false, err
		}
	}
	return l.encoder.Encode(&j.YCbCr, j.key)
}

// want is what the encoder for a picture should be set to.
func (l *loop) want(j job) Settings {
	s := Settings{Width: j.Rect.Dx(), Height: j.Rect.Dy(), Bitrate: j.bitrate, FrameRate: l.frameRate}
	if s.Bitrate == 0 {
		s.Bitrate = bitrateFor(s.Width, s.Height, s.FrameRate)
	}
	return s
}

// discard closes the encoder, so that the next picture gets another.
func (l *loop) discard() {
	if l.encoder == nil {
		return
	}
	if err := l.encoder.Close(); err != nil {
		l.errors.report(err)
	}
	l.encoder = nil
}

// count notes what became of a picture, and whether a wanted key frame did.
func (l *loop) count(j job, bytes int, key bool, err error, took time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := &l.stats
	s.EncodeTime += took
	s.Bytes += uint64(bytes)
	s.Width, s.Height = l.settings.Width, l.settings.Height
	s.Bitrate, s.FrameRate = l.settings.Bitrate, l.settings.FrameRate

	written := err == nil && bytes > 0
	switch now := time.Now(); {
	case written && key:
		s.Keys++
		l.keys.wrote(now)
	case j.key:
		l.keys.postpone(now)
	}
	switch {
	case j.again:
		if written {
			s.Repeated++
		}
		return
	case err != nil:
		s.Failed++
	case !written:
		s.Skipped++
	default:
		s.Encoded++
	}
	s.Waiting--
}
