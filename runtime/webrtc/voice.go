package webrtc

import (
	"bytes"
	"log/slog"
	"sync"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

const (
	// voiceChannels is how many channels are sent. RTP knows Opus with two only, whatever
	// is in it (RFC 7587, section 4.1).
	voiceChannels = 2

	// voiceSlack is by how much a piece of sound may be off the end of the one before it
	// and still belong to it: frames are not shown to the sample.
	voiceSlack = 2 * codec.SoundTime

	// voicePatience is how long the last, incomplete packet waits for the rest of it: a
	// program may be late.
	voicePatience = 10 * codec.SoundTime

	// catchUp is by how much packets follow each other faster than they are heard, where
	// they are late: a second of them makes up for 50 ms. All at once would be too much for
	// the way to a viewer; and pieces that end in the middle of a packet make it late by a
	// little again and again, which is better kept even.
	catchUp = codec.SoundTime / 20

	// maxChunks is how much sound waits until it is due: a little more than a model may
	// emit at once.
	maxChunks = int(11 * time.Second / codec.SoundTime)
)

// voice is what a session lets be heard on one track: compressed once for all viewers
// who get it, and sent when it is due. It has a goroutine of its own, so that the model
// does not wait for the encoder, and a second of sound that comes at once does not go
// out at once.
//
//	WriteSound ─► chunks of 20 ms (550) ┊─► when due: SoundEncoder ─► tracks of the viewers
type voice struct {
	audience
	start   time.Time // presentation time zero
	encoder codec.SoundEncoder
	counts  *trackCounts
	log     *slog.Logger
	wake    chan struct{} // has a token when there is more to send
	ending  chan struct{} // closed: come to an end

	line   sync.Mutex    // guards what follows; never held while encoding or waiting
	chunks []*chunk      // in order; the last one may be incomplete
	spare  []*chunk      // memory of those that are done
	after  time.Duration // presentation time of what follows the last chunk
	begun  bool          // there was one, since somebody listens
	late   time.Duration // by how much packets go out later than they should be heard
}

// chunk is the sound of one packet.
type chunk struct {
	pts    time.Duration
	first  bool // after silence
	filled int  // samples that are there, of both channels
	pcm    [voiceChannels * codec.SoundSamples]int16
}

// voice returns that of a track, which it starts if need be; called with mu held. Where
// there is no sound, nobody has a track for it.
func (t *Transport) voice(name string) *voice {
	if v := t.voices[name]; v != nil {
		return v
	}
	v := &voice{start: t.start, counts: t.countsOf(name, runner.Audio), log: t.log, wake: make(chan struct{}, 1), ending: make(chan struct{})}
	t.voices[name] = v
	t.running.Go(func() { v.run(t.sound) })
	return v
}

// dropVoices lets the session's voices come to their ends; called with mu held.
func (t *Transport) dropVoices() {
	for name, v := range t.voices {
		delete(t.voices, name)
		v.hush()
		close(v.ending)
	}
}

// hush leaves out what is not due yet, or waits for the rest of a packet: the viewers who
// would hear it are on their way out.
func (v *voice) hush() {
	v.line.Lock()
	defer v.line.Unlock()
	if v.any() {
		v.counts.unsaid.Add(uint64(len(v.chunks)))
	}
	v.chunks = nil
	v.clear()
}

// write takes a piece of sound, if anybody hears it, and never waits. What there is no
// room for is left out. What nobody listens to is not counted as that, now or when it is
// due.
func (v *voice) write(s runner.Sound) {
	v.line.Lock()
	defer v.line.Unlock()
	if !v.any() {
		v.begun = false
		return
	}
	first := !v.begun || s.PTS-v.end() > voiceSlack
	if first {
		v.pad()
		v.after, v.begun, v.late = s.PTS, true, 0
	}
	v.late = max(v.late, time.Since(v.start.Add(v.begins())))
	for rest := v.cut(s); len(rest) > 0; first = false {
		c := v.open(first)
		if c == nil {
			v.leaveOut(len(rest) / s.Channels)
			break
		}
		rest = rest[c.fill(rest, s.Channels)*s.Channels:]
	}
	select {
	case v.wake <- struct{}{}:
	default:
	}
}

// begins is the presentation time of the first packet that what is said next is in; called
// with line held.
func (v *voice) begins() time.Duration {
	if c := v.last(); c != nil && !c.full() {
		return c.pts
	}
	return v.after
}

// cut returns the samples of a piece without those at its beginning for whose time
// something has been said already, if they are many; called with line held.
func (v *voice) cut(s runner.Sound) []int16 {
	over := v.end() - s.PTS
	if over <= voiceSlack {
		return s.Samples
	}
	n := min(int(over*codec.SoundRate/time.Second), len(s.Samples)/s.Channels)
	v.leaveOut(n)
	return s.Samples[n*s.Channels:]
}

// leaveOut counts samples that are not said, in packets.
func (v *voice) leaveOut(samples int) {
	v.counts.unsaid.Add(uint64((samples + codec.SoundSamples - 1) / codec.SoundSamples))
}

// open returns a chunk that has room, or nil; called with line held.
func (v *voice) open(first bool) *chunk {
	if c := v.last(); c != nil && !c.full() {
		return c
	}
	if len(v.chunks) == maxChunks {
		return nil
	}
	c := v.fresh()
	c.pts, c.first, c.filled = v.after, first, 0
	v.after += codec.SoundTime
	v.chunks = append(v.chunks, c)
	return c
}

// last is the last chunk, or nil; called with line held.
func (v *voice) last() *chunk {
	if n := len(v.chunks); n > 0 {
		return v.chunks[n-1]
	}
	return nil
}

// end is the presentation time at which what there is has been said; called with line
// held.
func (v *voice) end() time.Duration {
	end := v.after
	if c := v.last(); c != nil {
		end -= time.Duration((len(c.pcm)-c.filled)/voiceChannels) * time.Second / codec.SoundRate
	}
	return end
}

// fresh returns memory for a chunk; called with line held.
func (v *voice) fresh() *chunk {
	n := len(v.spare)
	if n == 0 {
		return new(chunk)
	}
	c := v.spare[n-1]
	v.spare = v.spare[:n-1]
	return c
}

// full tells whether nothing fits in any more.
func (c *chunk) full() bool { return c.filled == len(c.pcm) }

// fill takes what there is room for, as two channels, and returns how many samples of
// each that is.
func (c *chunk) fill(samples []int16, channels int) (taken int) {
	for ; !c.full() && len(samples) >= channels; taken++ {
		c.pcm[c.filled], c.pcm[c.filled+1] = samples[0], samples[channels-1]
		c.filled += voiceChannels
		samples = samples[channels:]
	}
	return taken
}

// pad completes the last chunk with silence; called with line held.
func (v *voice) pad() {
	if c := v.last(); c != nil {
		clear(c.pcm[c.filled:])
		c.filled = len(c.pcm)
	}
}

// run sends what is due until the session ends.
func (v *voice) run(sound func() (codec.SoundBackend, error)) {
	b, err := sound()
	if err == nil {
		v.encoder, err = b.NewEncoder()
	}
	if err != nil {
		v.log.Error("no encoder of sound", "error", err)
		return
	}
	defer v.encoder.Close()
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		c, wait := v.next(time.Now())
		if c != nil {
			v.say(c)
			continue
		}
		timer.Reset(wait)
		select {
		case <-v.wake:
		case <-timer.C:
		case <-v.ending:
			return
		}
	}
}

// next takes the chunk that is due, or tells how long there is none. A last one that is
// incomplete waits a little longer for the rest.
func (v *voice) next(now time.Time) (c *chunk, wait time.Duration) {
	v.line.Lock()
	defer v.line.Unlock()
	if len(v.chunks) == 0 {
		return nil, time.Hour
	}
	c = v.chunks[0]
	due := v.start.Add(c.pts + v.late)
	if !c.full() {
		due = due.Add(codec.SoundTime + voicePatience)
	}
	if wait = due.Sub(now); wait > 0 {
		return nil, wait
	}
	if !c.full() {
		v.pad()
	}
	v.chunks = append(v.chunks[:0], v.chunks[1:]...)
	v.late = max(0, v.late-catchUp)
	return c, 0
}

// say sends a chunk to who hears the voice, and takes its memory back.
func (v *voice) say(c *chunk) {
	p := picture{mark: -1, key: true, pts: c.pts}
	if c.first {
		p.mark = 0
	}
	if v.any() {
		began := time.Now()
		data, err := v.encoder.Encode(c.pcm[:])
		v.counts.encodeTime.Add(int64(time.Since(began)))
		if err != nil {
			v.counts.unsaid.Add(1)
			v.log.Error("sound not encoded", "error", err)
		} else {
			v.counts.encoded.Add(1)
			p.payloads = [][]byte{bytes.Clone(data)}
			v.show(p)
		}
	}
	v.line.Lock()
	defer v.line.Unlock()
	v.spare = append(v.spare, c)
}

// show hands a packet to the viewers.
func (v *voice) show(p picture) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, t := range v.tracks {
		t.offer(p)
	}
}
