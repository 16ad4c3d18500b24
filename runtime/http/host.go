package http

import (
	"fmt"
	"net"
	nethttp "net/http"
	"net/netip"
	"strings"
)

// localNames refuses requests whose Host is not a name of this machine.
func (s *Server) localNames(next nethttp.Handler) nethttp.Handler {
	refuse := allowOrigins(s.serve(func(_ nethttp.ResponseWriter, r *nethttp.Request) error {
		return &problem{status: nethttp.StatusMisdirectedRequest, Detail: fmt.Sprintf(
			"this server listens for its own machine only and does not answer to the name %q; open it as localhost, or start it with another --host", r.Host)}
	}))
	return nethttp.HandlerFunc(func(w nethttp.ResponseWriter, r *nethttp.Request) {
		if isLocalName(r.Host) {
			next.ServeHTTP(w, r)
			return
		}
		refuse.ServeHTTP(w, r)
	})
}

// isLocalName tells whether a Host header names the loopback: localhost and the
// names below it (RFC 6761, section 6.3), 127.0.0.0/8 and ::1, with any port.
func isLocalName(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	}
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	a, err := netip.ParseAddr(name)
	return err == nil && a.Unmap().IsLoopback()
}

// onLoopback tells whether only this machine can reach an address.
func onLoopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}
