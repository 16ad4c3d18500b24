package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"strconv"
	"syscall"
)

// listen opens the TCP port. The error says what to type instead.
func listen(ctx context.Context, host string, port uint16) (net.Listener, error) {
	if host == "" {
		return nil, errors.New("--host needs an address; 127.0.0.1 is this machine only, 0.0.0.0 every address of it")
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(int(port))))
	if err != nil {
		return nil, addressError("port", host, port, err)
	}
	return l, nil
}

// addressError says what to type where an address cannot be served on. Kind is
// what was to be opened, "port" or "UDP port".
func addressError(kind, host string, port uint16, err error) error {
	switch {
	case isTaken(err):
		another := port + 1 // after the last one 0, which is any that is free
		return fmt.Errorf("%s %d of %s is taken, perhaps by a model that already runs; take another: --port %d", kind, port, host, another)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s %d of %s is for privileged programs; take another: --port 8080", kind, port, host)
	case errors.Is(err, syscall.EADDRNOTAVAIL), isUnknownHost(err):
		return fmt.Errorf("--host %s is no address of this machine: %w; 127.0.0.1 is this machine only, 0.0.0.0 every address of it", host, err)
	}
	return fmt.Errorf("cannot serve on %s: %w", net.JoinHostPort(host, strconv.Itoa(int(port))), err)
}

// isTaken tells whether another program has the port. Windows has a number of
// its own for that.
func isTaken(err error) bool {
	const windowsInUse = syscall.Errno(10048)
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, windowsInUse)
}

func isUnknownHost(err error) bool {
	_, ok := errors.AsType[*net.DNSError](err)
	return ok
}

// address is where people reach a listener: its host as they wrote it, for a
// listener on every address the one of this machine.
func address(host string, l net.Listener) string {
	if a, err := netip.ParseAddr(host); err == nil && a.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(l.Addr().(*net.TCPAddr).Port))
}

// onLoopback tells whether only this machine can reach a listener.
func onLoopback(l net.Listener) bool { return l.Addr().(*net.TCPAddr).IP.IsLoopback() }
