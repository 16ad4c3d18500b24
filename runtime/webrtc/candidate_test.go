package webrtc

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor/internal/leak"
)

// candidate is one of an address that nobody has (RFC 5737).
func candidate(n int) string {
	return fmt.Sprintf("candidate:1 1 udp 2113937151 192.0.2.%d 5000 typ host", n)
}

// remote lists the addresses at which a connection looks for its viewer.
func (c *connection) remote() (list []string) {
	for _, s := range c.peer.GetStats() {
		if r, ok := s.(webrtc.ICECandidateStats); ok && r.Type == webrtc.StatsTypeRemoteCandidate {
			list = append(list, r.IP)
		}
	}
	return list
}

func TestCandidatesComeBeforeAndAfterTheOffer(t *testing.T) {
	leak.Check(t)
	tr, s, v := newTransport(t), newSession(), newViewer(t)
	if err := tr.AddCandidates("s", 1002, []string{candidate(1)}); err != nil {
		t.Fatal(err)
	}
	v.connect(tr, Offer{Connection: 1002}, s)
	if err := tr.AddCandidates("s", 1002, []string{candidate(2), ""}); err != nil {
		t.Fatal(err)
	}
	c := tr.current(1002)
	for got := c.remote(); !slices.Contains(got, "192.0.2.1") || !slices.Contains(got, "192.0.2.2"); got = c.remote() {
		select {
		case <-c.done:
			t.Fatalf("it is looked for at %v", got)
		default:
		}
	}
}

func TestCandidatesAreLimited(t *testing.T) {
	tr := newTransport(t)
	for _, text := range []string{strings.Repeat("x", maxCandidate+1), "candidate:1 1 udp 1 nowhere 5 typ host", "candidate:1"} {
		if err := tr.AddCandidates("s", Implicit, []string{candidate(1), text}); !errors.Is(err, ErrCandidate) {
			t.Errorf("%.50q: %v", text, err)
		}
	}
	for n := range maxCandidates {
		if err := tr.AddCandidates("", Implicit, []string{candidate(n)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := tr.AddCandidates("s", Implicit, []string{candidate(200)}); !errors.Is(err, ErrCandidate) {
		t.Error(err)
	}
	if err := tr.AddCandidates("other", Implicit, nil); !errors.Is(err, ErrNoSession) {
		t.Error(err)
	}
}

// FuzzCandidate looks for a text that passes and that pion then cannot bear.
func FuzzCandidate(f *testing.F) {
	for _, text := range []string{candidate(1), "", "candidate:", "candidate:1 1 tcp 1 ::1 9 typ host tcptype active", "1 1 udp 1 a.local 9 typ host",
		"candidate:1 1 udp 1 192.0.2.1 9 typ srflx raddr 0.0.0.0 rport 9 generation 0 ufrag x"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if err := checkCandidate(text); err != nil && !errors.Is(err, ErrCandidate) {
			t.Error(err)
		}
	})
}
