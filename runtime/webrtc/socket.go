package webrtc

import (
	"errors"
	"fmt"
	"net"
	"net/netip"

	"github.com/pion/ice/v4"
	"github.com/pion/logging"
)

// listen opens UDP sockets for host, all with the same number, and a mux that
// serves every connection over them. A port of 0 takes a free one. An address
// that cannot be bound is left out unless it is the last hope.
func listen(host string, port int, log logging.LoggerFactory) (mux *ice.MultiUDPMuxDefault, bound int, err error) {
	addresses, err := addressesOf(host)
	if err != nil {
		return nil, 0, err
	}
	var muxes []ice.UDPMux
	var failed []error
	for _, a := range addresses {
		conn, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(netip.AddrPortFrom(a, uint16(port))))
		if err != nil {
			failed = append(failed, err)
			continue
		}
		port = conn.LocalAddr().(*net.UDPAddr).Port
		muxes = append(muxes, ice.NewUDPMuxDefault(ice.UDPMuxParams{UDPConn: conn, Logger: log.NewLogger("ice")}))
	}
	if len(muxes) == 0 {
		return nil, 0, fmt.Errorf("no UDP socket for %s: %w", host, errors.Join(failed...))
	}
	return ice.NewMultiUDPMuxDefault(muxes...), port, nil
}

// addressesOf lists the addresses to listen on for host: every one of this
// machine for an unspecified address, both loopbacks for one of them, because a
// browser may reach "localhost" by either.
func addressesOf(host string) ([]netip.Addr, error) {
	if host == "" || host == "localhost" {
		host = "127.0.0.1"
	}
	a, err := netip.ParseAddr(host)
	if err != nil {
		resolved, err := net.ResolveIPAddr("ip", host)
		if err != nil {
			return nil, err
		}
		a, _ = netip.AddrFromSlice(resolved.IP)
	}
	v4, v6 := netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()
	switch a = a.Unmap(); a {
	case netip.IPv4Unspecified(), netip.IPv6Unspecified():
		return interfaceAddresses()
	case v4:
		return []netip.Addr{v4, v6}, nil
	case v6:
		return []netip.Addr{v6, v4}, nil
	}
	return []netip.Addr{a}, nil
}

// interfaceAddresses lists the addresses of all interfaces but the IPv6
// link-local ones, which browsers do not use.
func interfaceAddresses() ([]netip.Addr, error) {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil, err
	}
	var list []netip.Addr
	for _, each := range all {
		prefix, err := netip.ParsePrefix(each.String())
		if err != nil {
			continue // not an address of the internet protocol
		}
		if a := prefix.Addr().Unmap(); !a.Is6() || !a.IsLinkLocalUnicast() {
			list = append(list, a)
		}
	}
	return list, nil
}
