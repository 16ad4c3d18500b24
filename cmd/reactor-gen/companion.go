package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// A companion is a command of ours that reactor-gen hands over to: what it links
// would slow each start of reactor-gen.

// beside returns where a companion lies beside reactor-gen, or "" when it does not.
func beside(name string) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	path := filepath.Join(filepath.Dir(self), program(name))
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil || !info.Mode().IsRegular():
		return "", err
	}
	return path, nil
}

// installReleased builds a companion of a released version into a folder, once, and
// returns its path.
func (t *tool) installReleased(ctx context.Context, name, version, dir string) (string, error) {
	out := filepath.Join(dir, program(name))
	if _, err := os.Stat(out); err == nil {
		return out, nil
	}
	target := modulePath + "/cmd/" + name + "@" + version
	fmt.Fprintf(t.stderr, "building %s\n", target)
	cmd := goCommand(ctx, "", "install", target)
	cmd.Env = append(forThisMachine(), "GOBIN="+dir)
	cmd.Stdout, cmd.Stderr = t.stderr, t.stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("building %s: %w", target, err)
	}
	return out, nil
}

// forThisMachine is the environment in which the go command builds companions, which run
// here: what the user sets for the project is not for them. An empty GOFLAGS would be
// that of "go env -w".
func forThisMachine() []string {
	return append(os.Environ(), "GOOS="+runtime.GOOS, "GOARCH="+runtime.GOARCH, "GOWORK=off", "GOFLAGS=-buildvcs=false")
}
