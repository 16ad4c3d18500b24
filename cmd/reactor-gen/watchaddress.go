package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/pflag"
)

// address is what the flags of the program say that run --watch has to know: where
// people reach it, and the file of its configuration.
type address struct {
	host    string
	port    uint16
	config  string
	runtime string
}

// readAddress reads the flags of the program, of which it knows those that matter, and
// the variables that stand for them.
func readAddress(args []string) (a address, err error) {
	set := pflag.NewFlagSet("", pflag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.Usage = func() {}
	set.ParseErrorsAllowlist.UnknownFlags = true
	set.StringVar(&a.host, "host", "127.0.0.1", "")
	set.Uint16Var(&a.port, "port", defaultPort, "")
	set.StringVarP(&a.config, "config", "c", "", "")
	set.StringVar(&a.runtime, "runtime", "http", "")
	set.BoolP("verbose", "v", false, "")
	if err := set.Parse(args); err != nil {
		return a, err
	}
	set.VisitAll(func(f *pflag.Flag) {
		name := "REACTOR_" + strings.ToUpper(f.Name)
		value := os.Getenv(name)
		if value == "" || f.Changed || f.Name == "port" && ofService(value) {
			return
		}
		if wrong := f.Value.Set(value); wrong != nil {
			err = errors.Join(err, fmt.Errorf("%s: %w", name, wrong))
		}
	})
	if err != nil {
		return a, err
	}
	if a.runtime != "http" {
		return a, fmt.Errorf("--watch keeps a page up to date, and --runtime %s has none; leave one of them out", a.runtime)
	}
	return a, nil
}

// ofService tells whether REACTOR_PORT is what Kubernetes sets for a service "reactor",
// such as tcp://10.0.0.7:80. The program ignores that, and says so.
func ofService(value string) bool {
	return strings.HasPrefix(value, "tcp://") || strings.HasPrefix(value, "udp://")
}

// listen opens the port that people reach the programs by.
func listen(host string, port uint16) (net.Listener, error) {
	l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(int(port))))
	const windowsInUse = syscall.Errno(10048)
	if errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, windowsInUse) {
		return nil, fmt.Errorf("port %d of %s is taken, perhaps by a model that already runs; take another: --port %d", port, host, port+1)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot serve on %s: %w", net.JoinHostPort(host, strconv.Itoa(int(port))), err)
	}
	return l, nil
}
