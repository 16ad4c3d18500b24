package webrtc

import (
	"bytes"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/pion/rtp"

	"github.com/reactorgen/reactor/runtime/runner"
)

// player is a decoder whose sound is the byte of a packet. What it makes up is the
// number, below zero, of the packet that it is told about.
type player struct{ closed bool }

func (p *player) Decode(packet []byte) ([]int16, error) {
	if packet[0] == 0xff {
		return nil, errors.New("scratched")
	}
	return []int16{int16(packet[0])}, nil
}

func (p *player) Conceal(next []byte) ([]int16, error) {
	if next == nil {
		return []int16{0}, nil
	}
	return []int16{-int16(next[0])}, nil
}

func (p *player) Close() error { p.closed = true; return nil }

// newListener returns what hears packets, and what the model got of them.
func newListener() (*hearing, *[]int16) {
	var got []int16
	h := &hearing{decoder: &player{}, track: "microphone", counts: &inboundSoundCounts{}, log: slog.New(slog.DiscardHandler),
		act: func(do func()) bool { do(); return true }}
	h.input = func(s runner.Sound) { got = append(got, s.Samples...) }
	return h, &got
}

func TestPacketsOfSoundAreHeardInOrder(t *testing.T) {
	for _, test := range []struct {
		name string
		in   []int // sequence numbers, from 65530 on
		want []int16
		wait int // that are not heard yet
		drop uint64
	}{
		{"in order, over the end of the numbers", []int{1, 2, 3, 4, 5, 6, 7, 8}, []int16{1, 2, 3, 4, 5, 6, 7, 8}, 0, 0},
		{"two change places", []int{1, 3, 2, 4}, []int16{1, 2, 3, 4}, 0, 0},
		{"one waits", []int{1, 3, 4}, []int16{1}, 2, 0},
		{"one is missing", []int{1, 3, 4, 5, 6}, []int16{1, -3, 3, 4, 5, 6}, 0, 0},
		{"one comes too late", []int{1, 3, 4, 5, 2, 6}, []int16{1, -3, 3, 4, 5, 6}, 0, 1},
		{"one comes twice", []int{1, 2, 2, 4, 4, 3}, []int16{1, 2, 3, 4}, 0, 2},
		{"three are missing", []int{1, 5, 6, 7}, []int16{1, 0, 0, -5, 5, 6, 7}, 0, 0},
		{"more are missing than are made up", []int{1, 12, 13, 14}, []int16{1, 0, 0, 0, 0, 0, 12, 13, 14}, 0, 0},
		{"two holes", []int{1, 3, 5, 6}, []int16{1, -3, 3}, 2, 0},
		{"two holes, and more", []int{1, 3, 5, 6, 7}, []int16{1, -3, 3, -5, 5, 6, 7}, 0, 0},
		{"a leap", []int{1, 3, 40, 41}, []int16{1, 40, 41}, 0, 1},
		{"its sender begins anew", []int{101, 102, 1, 2, 3, 4}, []int16{101, 102, 2, 3, 4}, 0, 1},
		{"and that with a hole", []int{101, 103, 1, 3, 4, 5}, []int16{101, 4, 5}, 0, 3},
		{"one stray packet", []int{1, 2, 100, 3, 4, 5}, []int16{1, 2, 100, 4, 5}, 0, 1},
		{"two that come late", []int{1, 4, 5, 6, 2, 3, 7}, []int16{1, 0, -4, 4, 5, 6, 7}, 0, 2},
	} {
		h, got := newListener()
		for _, n := range test.in {
			h.push(&rtp.Packet{Header: rtp.Header{SequenceNumber: uint16(65530 + n)}, Payload: []byte{byte(n)}}, time.Now())
		}
		st := h.counts.stats()
		if !slices.Equal(*got, test.want) || h.count != test.wait || st.Dropped != test.drop {
			t.Errorf("%s: heard %v, %d wait, %d dropped; want %v, %d, %d", test.name, *got, h.count, st.Dropped, test.want, test.wait, test.drop)
		}
		h.close()
		if st = h.counts.stats(); st.Packets != uint64(len(test.in)) || st.Packets != st.Decoded+st.Dropped+st.Failed || !h.decoder.(*player).closed {
			t.Errorf("%s: a packet is not counted: %+v", test.name, st)
		}
	}
}

func TestSoundThatIsNotHeard(t *testing.T) {
	h, got := newListener()
	now := time.Now()
	push := func(n int, payload ...byte) {
		h.push(&rtp.Packet{Header: rtp.Header{SequenceNumber: uint16(n)}, Payload: payload}, now)
	}
	push(1)       // to fill the line
	push(2, 0xff) // no sound
	push(3, 3)
	h.act = func(func()) bool { return false } // the session is over
	push(4, 4)
	if st := h.counts.stats(); st != (InboundSoundStats{Packets: 3, Decoded: 1, Dropped: 1, Failed: 1}) || !slices.Equal(*got, []int16{3}) {
		t.Errorf("heard %v, %+v", *got, st)
	}
	for n := range 2 * maxEarPackets {
		push(5+n, 1)
	}
	if st := h.counts.stats(); st.Packets != 3+2*maxEarPackets || st.Dropped < maxEarPackets {
		t.Errorf("a flood: %+v", st)
	}
}

// TestPacketsWithoutContent has those that fill the line amid the sound: nothing is made up
// for them, and nothing waits.
func TestPacketsWithoutContent(t *testing.T) {
	for _, test := range []struct {
		name string
		in   []int // sequence numbers; below zero: without content
		want []int16
	}{
		{"first", []int{-1, 2, 3}, []int16{2, 3}},
		{"in the middle", []int{1, 2, -3, 4, -5, -6, 7}, []int16{1, 2, 4, 7}},
		{"overtaken", []int{1, 3, 4, -2, 5}, []int16{1, 3, 4, 5}},
		{"after one that is missing", []int{1, -3, 4, 5}, []int16{1, 0, 4, 5}},
		{"late, twice and before a leap", []int{1, -2, -2, 3, -5, 40}, []int16{1, 3, 40}},
	} {
		h, got := newListener()
		sound := uint64(0)
		for _, n := range test.in {
			p := &rtp.Packet{Header: rtp.Header{SequenceNumber: uint16(max(n, -n))}}
			if n > 0 {
				p.Payload = []byte{byte(n)}
				sound++
			}
			h.push(p, time.Now())
		}
		h.close()
		if st := h.counts.stats(); !slices.Equal(*got, test.want) || st.Packets != sound || st.Decoded != sound || st.Dropped > 0 {
			t.Errorf("%s: heard %v, want %v: %+v", test.name, *got, test.want, st)
		}
	}
}

// FuzzHearing looks for an order of packets that does not end, or in which one is not
// counted. Each two bytes are a step of the sequence number and a sound; 0 is no content.
func FuzzHearing(f *testing.F) {
	f.Add([]byte{1, 1, 2, 2, 255, 3, 1, 4})
	f.Add([]byte{1, 1, 1, 0, 2, 2, 255, 0, 1, 4})
	f.Add([]byte{1, 1, 20, 2, 9, 3, 8, 4, 200, 9})
	f.Fuzz(func(t *testing.T, in []byte) {
		h, got := newListener()
		number, pushed, sound := uint16(0), 0, uint64(0)
		for ; len(in) >= 2; in = in[2:] {
			number += uint16(int8(in[0]))
			payload := bytes.TrimRight(in[1:2], "\x00")
			h.push(&rtp.Packet{Header: rtp.Header{SequenceNumber: number}, Payload: payload}, time.Unix(int64(pushed), 0))
			pushed++
			sound += uint64(len(payload))
			if h.count >= earWindow {
				t.Fatalf("%d packets wait", h.count)
			}
		}
		h.close()
		st := h.counts.stats()
		if st.Packets != sound || st.Packets != st.Decoded+st.Dropped+st.Failed || uint64(len(*got)) != st.Decoded+st.Concealed {
			t.Errorf("%d packets, %d heard: %+v", pushed, len(*got), st)
		}
	})
}
