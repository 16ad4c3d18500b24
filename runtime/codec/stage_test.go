package codec

import (
	"bytes"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

const frame40 = 40 * time.Millisecond // 25 frames a second

// write hands n frames to the stage, each when it is due.
func write(s *Stage, n int, first time.Duration) {
	rgb := make([]byte, 16*16*3)
	for i := range n {
		s.Write(16, 16, rgb, first+time.Duration(i)*frame40)
		rest(frame40)
	}
}

// TestStageBufferReuse writes 250 frames from one buffer that is painted over as
// soon as Write returns. The encoder is slower than the writer and looks at its
// picture late, so all of the mailbox is in use.
func TestStageBufferReuse(t *testing.T) {
	for _, delay := range []time.Duration{0, 7 * time.Millisecond, 60 * time.Millisecond, 130 * time.Millisecond} {
		t.Run(delay.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				const n, w, h = 250, 18, 10
				var got packets
				s := NewStage(StageOptions{Backend: (&fakeCoder{delay: delay}).backend(), Output: got.add})
				rgb := make([]byte, w*h*3)
				for i := range n {
					paint(rgb, i)
					began := time.Now()
					s.Write(w, h, rgb, time.Duration(i)*frame40)
					if took := time.Since(began); took != 0 {
						t.Errorf("Write of frame %d waited %v", i, took)
					}
					clear(rgb)
					balance(t, s.Stats())
					rest(frame40)
				}
				rest(time.Second)
				stats := s.Stats()
				balance(t, stats)
				if stats.Waiting != 0 || stats.Encoded != uint64(len(got.list)) || stats.Written != n {
					t.Errorf("after %d packets: %+v", len(got.list), stats)
				}
				if slow := delay > frame40; slow != (stats.Dropped > 0) {
					t.Errorf("dropped %d frames", stats.Dropped)
				}
				for _, p := range got.list {
					paint(rgb, int(p.PTS/frame40))
					if !bytes.Equal(p.Data, naiveConvert(w, h, rgb).Y) {
						t.Errorf("packet at %v does not show its frame", p.PTS)
					}
				}
				if last := got.list[len(got.list)-1].PTS; last != (n-1)*frame40 {
					t.Errorf("last packet is of %v: the newest did not win", last)
				}
				got.checkOrder(t)
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestStageAllocatesNothing(t *testing.T) {
	done := make(chan struct{})
	s := NewStage(StageOptions{Backend: (&fakeCoder{}).backend(), Output: func(Packet) { done <- struct{}{} }})
	defer s.Close()
	rgb := make([]byte, 64*48*3)
	pts := time.Duration(0)
	if n := testing.AllocsPerRun(200, func() {
		pts += frame40
		s.Write(64, 48, rgb, pts)
		<-done
	}); n != 0 {
		t.Errorf("%v allocations for each frame", n)
	}
}

func TestStageCloseWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		coder := &fakeCoder{delay: 300 * time.Millisecond}
		var got packets
		s := NewStage(StageOptions{Backend: coder.backend(), Output: got.add})
		rgb := make([]byte, 16*16*3)
		s.Write(16, 16, rgb, 0)
		synctest.Wait()
		s.Write(16, 16, rgb, frame40) // waits behind the first
		began := time.Now()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took != coder.delay {
			t.Errorf("closed after %v, while a picture took %v", took, coder.delay)
		}
		s.Write(16, 16, rgb, 2*frame40)
		s.RequestKey()
		if err := s.Close(); err != nil {
			t.Errorf("closed again: %v", err)
		}
		stats := s.Stats()
		balance(t, stats)
		if stats.Encoded != 1 || stats.Dropped != 2 || len(got.list) != 1 || len(coder.closed) != 1 {
			t.Errorf("%d packets, %d encoders closed: %+v", len(got.list), len(coder.closed), stats)
		}
	})
}

func TestStageSizeChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		coder := &fakeCoder{}
		var got packets
		s := NewStage(StageOptions{Backend: coder.backend(), Output: got.add})
		defer s.Close()
		sizes := [][2]int{{16, 16}, {16, 16}, {33, 9}, {33, 9}, {16, 16}}
		for i, size := range sizes {
			s.Write(size[0], size[1], make([]byte, size[0]*size[1]*3), time.Duration(i)*frame40)
			rest(frame40)
		}
		wantKeys := []bool{true, false, true, false, true}
		for i, p := range got.list {
			if p.Key != wantKeys[i] || len(p.Data) != sizes[i][0]*sizes[i][1] {
				t.Errorf("packet %d: key %t, %d bytes", i, p.Key, len(p.Data))
			}
		}
		if len(coder.made) != 3 || len(coder.closed) != 2 || len(got.list) != len(sizes) {
			t.Errorf("%d packets, encoders made for %v, closed for %v", len(got.list), coder.made, coder.closed)
		}
		if st := s.Stats(); st.Width != 16 || st.Height != 16 {
			t.Errorf("stats say %d×%d", st.Width, st.Height)
		}
	})
}

func TestStageRejects(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := NewStage(StageOptions{Backend: (&fakeCoder{}).backend()})
		defer s.Close()
		bad := [][3]int{{0, 2, 0}, {2, -1, 12}, {MaxSide + 1, 1, (MaxSide + 1) * 3}, {1, MaxSide + 1, (MaxSide + 1) * 3}, {4, 4, 47}, {2, 2, 0}}
		for _, b := range bad {
			s.Write(b[0], b[1], make([]byte, b[2]), 0)
		}
		s.Write(MaxSide, 1, make([]byte, MaxSide*3), 0)
		synctest.Wait()
		stats := s.Stats()
		balance(t, stats)
		if stats.Rejected != uint64(len(bad)) || stats.Encoded != 1 {
			t.Errorf("%+v", stats)
		}
	})
}

// TestStageEncoderErrors lets the encoder fail for 2.5 s. It is made anew for each
// picture, the log hears of it once a second, and the stream goes on with a key
// frame.
func TestStageEncoderErrors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log counter
		coder := &fakeCoder{fail: errors.New("out of order")}
		var got packets
		s := NewStage(StageOptions{Backend: coder.backend(), Output: got.add, Logger: log.logger()})
		defer s.Close()
		write(s, 63, 0)
		if stats := s.Stats(); stats.Failed != 63 || len(coder.made) != 63 || len(coder.closed) != 63 {
			t.Errorf("%d encoders made, %d closed: %+v", len(coder.made), len(coder.closed), stats)
		}
		if log.lines != 3 {
			t.Errorf("%d lines in the log", log.lines)
		}
		coder.behave(nil, false)
		write(s, 2, 63*frame40)
		if len(got.list) != 2 || !got.list[0].Key || got.list[1].Key {
			t.Errorf("packets after the repair: %v", got.list)
		}
		balance(t, s.Stats())
	})
}

func TestStageSkippedPictures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		coder := &fakeCoder{skip: true}
		var got packets
		s := NewStage(StageOptions{Backend: coder.backend(), Output: got.add})
		defer s.Close()
		write(s, 5, 0)
		if stats := s.Stats(); stats.Skipped != 5 || len(got.list) != 0 {
			t.Errorf("%d packets: %+v", len(got.list), stats)
		}
		balance(t, s.Stats())
	})
}

func TestStageBitrate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		coder := &fakeCoder{}
		s := NewStage(StageOptions{Backend: coder.backend(), Bitrate: 700e3})
		defer s.Close()
		write(s, 1, 0)
		s.SetBitrate(900e3)
		write(s, 1, frame40)
		s.SetBitrate(0)
		write(s, 1, 2*frame40)
		if coder.made[0].Bitrate != 700e3 || coder.rates[0].Bitrate != 900e3 || coder.rates[1].Bitrate != 300e3 {
			t.Errorf("made for %v, told %v", coder.made, coder.rates)
		}
		if stats := s.Stats(); stats.Bitrate != 300e3 || stats.FrameRate != coder.rates[1].FrameRate {
			t.Errorf("stats %+v", stats)
		}
	})
}
