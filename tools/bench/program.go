package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// program is what tools run: a package of a module at an exact version, built
// with the requirements of that module, or a folder of this checkout.
type program struct {
	Name    string // of the command
	Package string
	Version string // none: the package is in this checkout
	folder  string // where in the checkout it is built
}

// programs are those to build. go and git are the user's own.
func programs() []program {
	return []program{
		{Name: "launch", Package: "./launch", folder: "tools/bench"},
		{Name: "load", Package: "./load", folder: "tools/bench"},
		{Name: "reactor-gen", Package: "./cmd/reactor-gen", folder: "."},
		{Name: "stringer", Package: "golang.org/x/tools/cmd/stringer", Version: "v0.52.0"},
		{Name: "controller-gen", Package: "sigs.k8s.io/controller-tools/cmd/controller-gen", Version: "v0.23.0"},
		{Name: "mockery", Package: "github.com/vektra/mockery/v3", Version: "v3.9.0"},
		{Name: "goverter", Package: "github.com/jmattheis/goverter/cmd/goverter", Version: "v1.11.1"},
		{Name: "wire", Package: "github.com/google/wire/cmd/wire", Version: "v0.7.0"},
		{Name: "staticcheck", Package: "honnef.co/go/tools/cmd/staticcheck", Version: "v0.8.2"},
		{Name: "gopls", Package: "golang.org/x/tools/gopls", Version: "v0.23.0"},
	}
}

// install builds the program and returns the command: below scratch for what is
// in this checkout, else below kept, where it is found the next time.
func (p *program) install(ctx context.Context, checkout, scratch, kept string) (command string, err error) {
	if p.Version == "" {
		command = filepath.Join(scratch, p.Name)
		cmd := exec.CommandContext(ctx, "go", "build", "-o", command, p.Package)
		cmd.Dir = filepath.Join(checkout, p.folder)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0") // as a release is built
		return command, output(cmd)
	}
	folder := filepath.Join(kept, p.Name+"@"+p.Version)
	command = filepath.Join(folder, p.Name)
	if _, err := os.Stat(command); err == nil {
		return command, nil
	}
	cmd := exec.CommandContext(ctx, "go", "install", p.Package+"@"+p.Version)
	cmd.Env = append(os.Environ(), "GOBIN="+folder, "GOWORK=off", "GOFLAGS=")
	return command, output(cmd)
}

// output runs a command of the preparation; its error tells what it printed.
func output(cmd *exec.Cmd) error {
	var printed bytes.Buffer
	cmd.Stdout, cmd.Stderr = &printed, &printed
	if err := cmd.Run(); err != nil {
		lines := strings.Split(strings.TrimSpace(printed.String()), "\n")
		return fmt.Errorf("%s: %w: %s", strings.Join(cmd.Args[:min(3, len(cmd.Args))], " "), err, lines[len(lines)-1])
	}
	return nil
}
