package webrtc

import (
	"encoding/binary"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pion/rtp"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

// tape is an encoder whose packets are the first and the last sample, as they were.
type tape struct{ encoded *int }

func (e tape) Encode(pcm []int16) ([]byte, error) {
	*e.encoded++
	b := binary.LittleEndian.AppendUint16(nil, uint16(pcm[0]))
	return binary.LittleEndian.AppendUint16(b, uint16(pcm[len(pcm)-1])), nil
}

func (tape) Close() error { return nil }

// heard is a packet of a tape.
type heard struct {
	at          time.Duration // since the start of the session
	stamp       int           // in samples since the same
	mark        bool
	first, last int16
}

// ear is the end of a track.
type ear struct {
	start time.Time
	base  uint32
	gate  chan struct{}
	heard []heard
	next  uint16
	lost  int
}

func (e *ear) WriteRTP(p *rtp.Packet) error {
	<-e.gate
	if len(e.heard) > 0 && p.SequenceNumber != e.next {
		e.lost++
	}
	e.next = p.SequenceNumber + 1
	e.heard = append(e.heard, heard{time.Since(e.start), int(int32(p.Timestamp - e.base)), p.Marker,
		int16(binary.LittleEndian.Uint16(p.Payload)), int16(binary.LittleEndian.Uint16(p.Payload[2:]))})
	return nil
}

// studio is a voice, with a listener whose gate is open.
type studio struct {
	*Transport
	ear     *ear
	track   *track
	encoded int
	said    int16 // samples so far
}

func newStudio(t *testing.T) *studio {
	t.Helper()
	s := &studio{}
	s.Transport = &Transport{log: slog.New(slog.DiscardHandler), live: true, start: time.Now(),
		voices: map[string]*voice{}, counts: map[string]*trackCounts{}, screens: map[string]*screen{},
		sound: func() (codec.SoundBackend, error) {
			return codec.SoundBackend{NewEncoder: func() (codec.SoundEncoder, error) { return tape{&s.encoded}, nil }}, nil
		}}
	var err error
	if s.track, err = newTrack(opusCapability.RTPCodecCapability, "main_audio", s.countsOf("main_audio", runner.Audio)); err != nil {
		t.Fatal(err)
	}
	s.ear = &ear{start: s.start, base: s.track.base, gate: make(chan struct{})}
	close(s.ear.gate)
	s.track.out = s.ear
	go s.track.run(t.Context().Done())
	s.voice("main_audio").add(s.track)
	t.Cleanup(func() {
		s.EndSession(runner.End{})
		s.running.Wait()
	})
	return s
}

// say says the next samples, whose values count up.
func (s *studio) say(pts time.Duration, length time.Duration) {
	pcm := make([]int16, 2*int(length*codec.SoundRate/time.Second))
	for i := range len(pcm) / 2 {
		s.said++
		pcm[2*i], pcm[2*i+1] = s.said, s.said
	}
	s.WriteSound(runner.Sound{Track: "main_audio", PTS: pts, Channels: 2, Samples: pcm})
}

// rest lets time pass, and what happens in it.
func rest(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// TestSoundIsSentWhenItIsDue has pieces whose length is none of packets, whose times are
// a little off, and with which the program is late.
func TestSoundIsSentWhenItIsDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStudio(t)
		const piece, first = 62500 * time.Microsecond, 100 * time.Millisecond
		off := []time.Duration{0, 10, -10, 30, -30, 0, 0, 5}
		for i := range 8 {
			time.Sleep(time.Until(s.start.Add(first + time.Duration(i)*piece)))
			s.say(first+time.Duration(i)*piece+off[i]*time.Millisecond, piece)
		}
		rest(time.Second)
		if len(s.ear.heard) != 25 || s.ear.lost > 0 {
			t.Fatalf("%d packets, %d missing", len(s.ear.heard), s.ear.lost)
		}
		for i, h := range s.ear.heard {
			due := first + time.Duration(i)*codec.SoundTime
			// The last sample of a packet may come with the next piece, and that 30 ms late.
			if h.at < due || h.at > due+codec.SoundTime+30*time.Millisecond || h.stamp != 4800+960*i || h.mark != (i == 0) ||
				h.first != int16(960*i+1) || h.last != int16(960*i+960) {
				t.Errorf("packet %d: %+v", i, h)
			}
		}
	})
}

// TestSilenceIsAGap stops between two pieces: the rest of a packet is filled, and the
// timestamp goes on with the session.
func TestSilenceIsAGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStudio(t)
		s.say(0, 30*time.Millisecond)
		rest(500 * time.Millisecond)
		s.say(500*time.Millisecond, 20*time.Millisecond)
		rest(time.Second)
		want := []heard{
			{0, 0, true, 1, 960},
			{240 * time.Millisecond, 960, false, 961, 0}, // the rest of it could have come until then
			{500 * time.Millisecond, 24000, true, 1441, 2400},
		}
		if !slices.Equal(s.ear.heard, want) {
			t.Errorf("heard\n got %+v\nwant %+v", s.ear.heard, want)
		}
	})
}

// TestMuchSoundAtOnce says ten seconds, which are sent over ten seconds, and then more
// than there is room for.
func TestMuchSoundAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStudio(t)
		s.say(0, 10*time.Second)
		rest(5 * time.Second)
		if n := len(s.ear.heard); n < 249 || n > 251 {
			t.Errorf("%d packets after five seconds", n)
		}
		s.say(10*time.Second, 10*time.Second)
		rest(20 * time.Second)
		room := maxChunks - 249
		if n, lost := len(s.ear.heard), s.Stats().Tracks["main_audio"].Unsaid; n < 500+room-251 || n > 250+maxChunks+1 || lost < 190 || lost > 210 {
			t.Errorf("%d packets, %d of them lost", n, lost)
		}
		if s.ear.lost > 0 {
			t.Error("the sound that is lost is missing in the sequence")
		}
	})
}

// TestSoundThatNobodyHears costs nothing.
func TestSoundThatNobodyHears(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStudio(t)
		v := s.voices["main_audio"]
		v.remove(s.track)
		for i := range 10 {
			s.say(time.Duration(i)*100*time.Millisecond, 100*time.Millisecond)
			rest(100 * time.Millisecond)
		}
		if s.encoded != 0 || len(v.chunks) != 0 {
			t.Errorf("%d packets are encoded, %d wait", s.encoded, len(v.chunks))
		}
		v.add(s.track)
		s.say(time.Second, 40*time.Millisecond)
		rest(time.Second)
		want := []heard{{time.Second, 48000, true, s.said - 1919, s.said - 960}, {time.Second + 20*time.Millisecond, 48960, false, s.said - 959, s.said}}
		if !slices.Equal(s.ear.heard, want) {
			t.Errorf("heard\n got %+v\nwant %+v", s.ear.heard, want)
		}
	})
}

// TestSlowListener has a way out that is blocked for a second: what there is no room for
// is counted, and what comes after it says that something is missing.
func TestSlowListener(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStudio(t)
		s.ear.gate = make(chan struct{})
		s.say(0, time.Second)
		rest(990 * time.Millisecond)
		close(s.ear.gate)
		s.say(time.Second, 20*time.Millisecond)
		rest(time.Second)
		const sent = 1 + maxQueue // one is on its way, and the queue is full
		if n, behind := len(s.ear.heard), s.Stats().Tracks["main_audio"].Behind; n != sent+1 || behind != 50-sent {
			t.Fatalf("%d packets sent, %d left out", n, behind)
		}
		if h := s.ear.heard[sent]; h.stamp != 48000 || !h.mark || s.ear.heard[1].mark || s.ear.lost > 0 {
			t.Errorf("after the gap comes %+v", h)
		}
	})
}

// TestSoundThatIsLate has a program that is held up for 150 ms once: the sound goes on
// where it was, and catches up by and by.
func TestSoundThatIsLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStudio(t)
		const piece, hold = 50 * time.Millisecond, 150 * time.Millisecond
		for i := range 80 {
			due := time.Duration(i) * piece
			if i >= 4 {
				due = max(due, 4*piece+hold)
			}
			time.Sleep(time.Until(s.start.Add(due)))
			s.say(time.Duration(i)*piece, piece)
		}
		rest(time.Second)
		if len(s.ear.heard) != 200 || s.ear.lost > 0 {
			t.Fatalf("%d packets, %d missing", len(s.ear.heard), s.ear.lost)
		}
		for i, h := range s.ear.heard {
			late := h.at - time.Duration(i)*codec.SoundTime
			if h.stamp != 960*i || h.mark != (i == 0) || h.first != int16(960*i+1) || late < 0 || late > hold+codec.SoundTime || i > 170 && late > codec.SoundTime {
				t.Errorf("packet %d is late by %v: %+v", i, late, h)
			}
			// One that waits for the next piece is closer to the next packet.
			if i > 0 && h.at-s.ear.heard[i-1].at < codec.SoundTime/2-catchUp {
				t.Errorf("packet %d follows %v after the one before", i, h.at-s.ear.heard[i-1].at)
			}
		}
	})
}

// TestPacketsAreEven has 30 frames a second, whose sound ends in the middle of packets.
func TestPacketsAreEven(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStudio(t)
		for i := range 90 {
			pts := time.Duration(i) * time.Second / 30
			time.Sleep(time.Until(s.start.Add(pts)))
			s.WriteSound(runner.Sound{Track: "main_audio", PTS: pts, Channels: 1, Samples: make([]int16, 1600)})
		}
		rest(time.Second)
		if len(s.ear.heard) != 150 {
			t.Fatalf("%d packets", len(s.ear.heard))
		}
		for i, h := range s.ear.heard[10:] {
			if gap := h.at - s.ear.heard[9+i].at; gap < 18*time.Millisecond || gap > 26*time.Millisecond || h.at > 2*time.Duration(i+10)*10*time.Millisecond+codec.SoundTime {
				t.Errorf("packet %d follows %v after the one before, at %v", 10+i, gap, h.at)
			}
		}
	})
}

// TestSoundAheadOfItsPictures says more than there is time for: what would come too late
// is left out.
func TestSoundAheadOfItsPictures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStudio(t)
		s.say(0, 200*time.Millisecond)
		s.say(100*time.Millisecond, 200*time.Millisecond)
		rest(time.Second)
		if h := s.ear.heard; len(h) != 15 || h[9].last != 9600 || h[10].first != 14401 || h[14].last != 19200 || h[14].stamp != 14*960 || h[10].mark {
			t.Errorf("%d packets: %+v", len(h), h)
		}
		if lost := s.Stats().Tracks["main_audio"].Unsaid; lost != 5 {
			t.Errorf("%d packets are counted as left out", lost)
		}
	})
}

// TestTheEndOfASession cuts what is said: what is left is counted, where anybody listens.
func TestTheEndOfASession(t *testing.T) {
	for _, test := range []struct {
		name string
		off  bool // the viewer goes before
		lost uint64
	}{{"somebody listens", false, 6}, {"nobody listens", true, 0}} {
		synctest.Test(t, func(t *testing.T) {
			s := newStudio(t)
			c := newSilent(s.Transport, V0)
			c.outputs = []*outbound{{track: s.track, name: "main_audio", voice: s.voices["main_audio"]}}
			s.places = map[int]*place{Implicit: {current: c}}
			s.say(0, 210*time.Millisecond)
			rest(99 * time.Millisecond)
			if test.off {
				s.offAir(c)
			}
			s.EndSession(runner.End{})
			rest(time.Second)
			if lost := s.Stats().Tracks["main_audio"].Unsaid; len(s.ear.heard) != 5 || lost != test.lost {
				t.Errorf("%s: %d packets are sent, %d counted as left out", test.name, len(s.ear.heard), lost)
			}
		})
	}
}

func TestMonoIsSaidOnBothChannels(t *testing.T) {
	c := &chunk{}
	if n := c.fill([]int16{1, 2, 3}, 1); n != 3 || !slices.Equal(c.pcm[:8], []int16{1, 1, 2, 2, 3, 3, 0, 0}) {
		t.Errorf("%d taken: %v", n, c.pcm[:8])
	}
	if n := c.fill(make([]int16, 2000), 1); n != 957 || !c.full() {
		t.Errorf("%d taken", n)
	}
}

func TestReportsHaveTheTime(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 250e6, time.UTC)
	if got := ntp(at); got>>32 != 3976311845 || uint32(got) != 1<<30 {
		t.Errorf("%d and %d", got>>32, uint32(got))
	}
}
