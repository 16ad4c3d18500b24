package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"

	"github.com/reactorgen/reactor/cmd/reactor-gen/early"
	"github.com/reactorgen/reactor/weights"
)

// defaultPort is where a program serves unless --port says otherwise.
const defaultPort = 8080

// sameFolder tells whether two names are of one folder.
func sameFolder(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// cacheFinding is whether something can be kept between runs.
func cacheFinding() finding {
	f := finding{Name: "cache", Status: warned, Help: "checks take longer without; " + cacheVariable + " names another folder"}
	dir, err := early.CacheDir(os.Getenv)
	switch {
	case err != nil:
		f.Status, f.Text, f.Help = failed, err.Error(), "unset "+cacheVariable+", or give an absolute path"
		return f
	case dir == "":
		f.Text = "nothing is kept between runs"
		return f
	}
	if err := writable(dir); err != nil {
		f.Text = err.Error()
		return f
	}
	return finding{Name: "cache", Status: fine, Text: dir + ", writable, " + weights.SizeText(size(dir))}
}

// writable tries to write a file into a folder, which is made where it is not there.
func writable(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	file, err := os.CreateTemp(dir, "doctor-*")
	if err != nil {
		return err
	}
	file.Close()
	return os.Remove(file.Name())
}

// portFinding is whether a port is free on loopback, for HTTP and for pictures.
func portFinding(port int) finding {
	address := fmt.Sprintf("127.0.0.1:%d", port)
	f := finding{Name: "port", Status: fine, Text: address + " is free, TCP and UDP"}
	tcp, err := net.Listen("tcp", address)
	if err == nil {
		defer tcp.Close()
		var udp net.PacketConn
		if udp, err = net.ListenPacket("udp", address); err == nil {
			udp.Close()
		}
	}
	if err != nil {
		f.Status, f.Text = warned, err.Error()
		f.Help = "end the program that has it, or serve elsewhere: reactor-gen run --port 0 takes a free one"
	}
	return f
}

// browsers are the commands of browsers, by how well they are tested.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "firefox", "msedge"}

func browserFinding() finding {
	for _, name := range browsers {
		if found, err := exec.LookPath(name); err == nil {
			return finding{Name: "browser", Status: fine, Text: found}
		}
	}
	for _, app := range []string{"/Applications/Google Chrome.app", "/Applications/Firefox.app", "/Applications/Safari.app"} {
		if _, err := os.Stat(app); err == nil && runtime.GOOS == "darwin" {
			return finding{Name: "browser", Status: fine, Text: app}
		}
	}
	return finding{
		Name: "browser", Status: warned, Text: "none in PATH",
		Help: "any browser with WebRTC will do, where it is installed elsewhere; without one: reactor-gen run --runtime headless",
	}
}
