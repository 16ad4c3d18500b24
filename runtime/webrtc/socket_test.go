package webrtc

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/codec"
)

func TestAddresses(t *testing.T) {
	for host, want := range map[string]string{
		"": "127.0.0.1 ::1", "localhost": "127.0.0.1 ::1", "127.0.0.1": "127.0.0.1 ::1", "::1": "::1 127.0.0.1", "127.0.0.9": "127.0.0.9",
	} {
		got, err := addressesOf(host)
		if err != nil || strings.Trim(fmt.Sprint(got), "[]") != want {
			t.Errorf("%q: %v, %v", host, got, err)
		}
	}
	for _, host := range []string{"0.0.0.0", "::"} {
		if got, err := addressesOf(host); err != nil || !strings.Contains(fmt.Sprint(got), "127.0.0.1") {
			t.Errorf("%q: %v, %v", host, got, err)
		}
	}
	if _, err := addressesOf("not a host"); err == nil {
		t.Error("no error for a host that is none")
	}
}

func TestEveryAddressIsInTheAnswer(t *testing.T) {
	leak.Check(t)
	tr, err := New(Options{Backends: []codec.Backend{backend(codec.VP8)}, Host: "0.0.0.0"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tr.Close() })
	tr.StartSession("s", time.Now())
	answer, err := tr.Connect(t.Context(), Offer{SDP: newViewer(t).offer()}, newSession())
	if err != nil {
		t.Fatal(err)
	}
	addresses, err := addressesOf("0.0.0.0")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		if want := fmt.Sprintf(" %s %d typ host", a, tr.Port()); !strings.Contains(answer, want) {
			t.Errorf("no candidate %q in\n%s", want, answer)
		}
	}
}
