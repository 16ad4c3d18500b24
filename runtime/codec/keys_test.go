package codec

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// stageAt runs a stage in a bubble and gives the packets' and key frames' moments
// in milliseconds after its start.
func stageAt(t *testing.T, coder *fakeCoder, script func(*Stage)) (got *packets, keysAt []int) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		got = new(packets)
		start := time.Now()
		s := NewStage(StageOptions{Backend: coder.backend(), Output: got.add})
		script(s)
		balance(t, s.Stats())
		if stats := s.Stats(); stats.Keys != uint64(len(got.keyTimes())) {
			t.Errorf("%d key frames, %+v", len(got.keyTimes()), stats)
		}
		s.Close()
		for _, at := range got.keyTimes() {
			keysAt = append(keysAt, int(at.Sub(start).Milliseconds()))
		}
	})
	got.checkOrder(t)
	return got, keysAt
}

func after(ms int, f func()) { time.AfterFunc(time.Duration(ms)*time.Millisecond, f) }

func TestKeyRequests(t *testing.T) {
	frames := func(s *Stage) { write(s, 25, 0) } // at 0, 40, ..., 960 ms
	tests := []struct {
		name   string
		script func(*Stage)
		keys   []int
	}{
		{"none", frames, []int{0}},
		{"next frame serves", func(s *Stage) {
			after(410, s.RequestKey)
			frames(s)
		}, []int{0, 440}},
		{"many are one", func(s *Stage) {
			for ms := 401; ms < 440; ms++ {
				after(ms, s.RequestKey)
			}
			frames(s)
		}, []int{0, 440}},
		{"too soon after the last waits", func(s *Stage) {
			after(10, s.RequestKey)
			frames(s)
		}, []int{0, 280}},
		{"a storm", func(s *Stage) {
			for ms := 5; ms < 1000; ms += 10 {
				after(ms, s.RequestKey)
			}
			frames(s)
		}, []int{0, 280, 560, 840}},
		{"before the first frame", func(s *Stage) {
			s.RequestKey()
			rest(time.Second)
			frames(s)
		}, []int{1000}},
		{"held picture, after patience", func(s *Stage) {
			write(s, 1, 0)
			after(500, s.RequestKey)
			rest(2 * time.Second)
		}, []int{0, 590}},
		{"held picture, interval and patience", func(s *Stage) {
			write(s, 1, 0)
			s.RequestKey()
			rest(2 * time.Second)
		}, []int{0, 300}},
		{"held picture, a storm", func(s *Stage) {
			write(s, 1, 0)
			for ms := 0; ms < 1000; ms++ {
				after(ms, s.RequestKey)
			}
			rest(2 * time.Second)
		}, []int{0, 300, 600, 900, 1200}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, keys := stageAt(t, &fakeCoder{}, test.script)
			if !slices.Equal(keys, test.keys) {
				t.Errorf("key frames at %v ms, want %v", keys, test.keys)
			}
			for i, p := range got.list {
				if i > 0 && p.Key && len(p.Data) != 16*16 {
					t.Errorf("packet %d has %d bytes", i, len(p.Data))
				}
			}
		})
	}
}

// TestKeyRequestSurvives checks that a request stands until a key frame is really
// written, and that vain attempts are not made without a pause.
func TestKeyRequestSurvives(t *testing.T) {
	coder := &fakeCoder{}
	_, keys := stageAt(t, coder, func(s *Stage) {
		write(s, 10, 0)
		coder.behave(nil, true)
		s.RequestKey()
		rest(time.Second)
		if n := len(coder.keys); n < 20 || n > 40 {
			t.Errorf("%d attempts in a second", n)
		}
		coder.behave(nil, false)
		rest(time.Second)
	})
	if len(keys) != 2 || keys[1] < 1400 || keys[1] > 1450 {
		t.Errorf("key frames at %v ms", keys)
	}
}

// TestRepeatedPicturePTS checks the times around a held picture: the repetition is
// as much later as time has passed, and the frame after it keeps its own time.
func TestRepeatedPicturePTS(t *testing.T) {
	got, _ := stageAt(t, &fakeCoder{}, func(s *Stage) {
		write(s, 1, 0)
		after(960, s.RequestKey)
		rest(1960 * time.Millisecond)
		write(s, 2, 2*time.Second)
	})
	want := []time.Duration{0, 1050 * time.Millisecond, 2 * time.Second, 2*time.Second + frame40}
	for i, p := range got.list {
		if i >= len(want) || p.PTS != want[i] {
			t.Fatalf("packet %d at %v, want %v", i, p.PTS, want)
		}
	}
	if len(got.list) != len(want) {
		t.Errorf("%d packets, want %d", len(got.list), len(want))
	}
}
