package app

import (
	"net"
	"testing"
)

// listener is one that has an address and nothing else.
type listener struct {
	net.Listener
	at net.TCPAddr
}

func (l listener) Addr() net.Addr { return &l.at }

func TestAddress(t *testing.T) {
	tests := []struct{ host, ip, want string }{
		{"127.0.0.1", "127.0.0.1", "http://127.0.0.1:8080"},
		{"localhost", "127.0.0.1", "http://localhost:8080"},
		{"::1", "::1", "http://[::1]:8080"},
		{"0.0.0.0", "0.0.0.0", "http://127.0.0.1:8080"},
		{"::", "::", "http://127.0.0.1:8080"},
		{"192.0.2.1", "192.0.2.1", "http://192.0.2.1:8080"},
	}
	for _, test := range tests {
		l := listener{at: net.TCPAddr{IP: net.ParseIP(test.ip), Port: 8080}}
		if got := address(test.host, l); got != test.want {
			t.Errorf("address(%q) = %s, want %s", test.host, got, test.want)
		}
		loopback := test.ip == "127.0.0.1" || test.ip == "::1"
		if got := onLoopback(l); got != loopback {
			t.Errorf("onLoopback(%s) = %t", test.ip, got)
		}
	}
}
