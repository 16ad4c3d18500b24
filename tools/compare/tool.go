package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// tool is one of the tools that are compared.
type tool struct {
	name string
	home string // where it is found in the world

	// pkg is the package of its command, and module the one that it is in.
	pkg, module string

	// args are what it is called with, in the root of a project.
	args []string

	version string
	command string // path of the built command
}

// tools are ours and the three of the field.
func tools() []tool {
	return []tool{
		{name: "reactor-gen", home: "this repository", pkg: "github.com/reactorgen/reactor/cmd/reactor-gen", args: []string{"check"}},
		{name: "controller-gen", home: "sigs.k8s.io/controller-tools", pkg: "sigs.k8s.io/controller-tools/cmd/controller-gen",
			module: "sigs.k8s.io/controller-tools", args: []string{"object", "paths=./..."}},
		{name: "wire", home: "github.com/google/wire", pkg: "github.com/google/wire/cmd/wire", module: "github.com/google/wire",
			args: []string{"gen", "./..."}},
		{name: "goverter", home: "github.com/jmattheis/goverter", pkg: "github.com/jmattheis/goverter/cmd/goverter",
			module: "github.com/jmattheis/goverter", args: []string{"gen", "./..."}},
	}
}

// install builds the tool into a folder. Ours comes from the checkout.
func (t *tool) install(ctx context.Context, checkout, bin string) error {
	dir := "."
	t.version = "as in this checkout"
	if t.module == "" {
		dir = checkout
	} else {
		version, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Version}}", t.module).Output()
		if err != nil {
			return fmt.Errorf("version of %s: %w", t.name, err)
		}
		t.version = strings.TrimSpace(string(version))
	}
	t.command = filepath.Join(bin, t.name)
	build := exec.CommandContext(ctx, "go", "build", "-o", t.command, t.pkg)
	build.Dir, build.Stderr = dir, os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("building %s: %w", t.name, err)
	}
	return nil
}

// patience is how long a tool may take for one project.
const patience = time.Minute

// run runs the tool in a folder, off the network, and returns what it printed
// and its exit status. Paths in the folder become relative to it.
func (t *tool) run(ctx context.Context, dir string) (output string, exit int, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, t.command, t.args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOTOOLCHAIN=local", "GOFLAGS=", "GOWORK=off", "NO_COLOR=1", "PWD="+dir)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) && ctx.Err() == nil {
		err = nil
	}
	return strings.ReplaceAll(out.String(), dir+string(filepath.Separator), ""), cmd.ProcessState.ExitCode(), err
}
