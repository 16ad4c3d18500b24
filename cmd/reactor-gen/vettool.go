package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// vettool checks one package at a time for go vet.
const vettool = "reactor-vet"

// asVettool tells whether the go command calls this program as the tool of go vet or
// go fix: for its flags, for its version, or for a package, which a file describes.
func asVettool(args []string) bool {
	if len(args) == 0 {
		return false
	}
	for _, flag := range args[:len(args)-1] {
		if !strings.HasPrefix(flag, "-") {
			return false
		}
	}
	last := args[len(args)-1]
	return len(args) == 1 && (last == "-flags" || last == "-V=full") || strings.HasSuffix(last, ".cfg")
}

// answerGo hands the go command's question over to reactor-vet, which is built for the
// first two and is there for the packages. That of -V=full names the contents of
// reactor-vet, by which the go command tells whether it knows the findings already.
func (t *tool) answerGo(ctx context.Context, args []string) error {
	program, err := t.findVettool(ctx, len(args) == 1 && strings.HasPrefix(args[0], "-"))
	if err != nil && args[0] == "-flags" {
		fmt.Fprintln(t.stdout, "[]") // the go command would not show why; it shows what -V=full says
		return nil
	}
	if err != nil {
		return err
	}
	return start(program, args, ".")
}

// findVettool returns the path of the reactor-vet of this version, and has it built
// first if build says so: from the sources that reactor-gen was built from, so that it
// depends on nothing of the project, else as a release.
func (t *tool) findVettool(ctx context.Context, build bool) (string, error) {
	source, version := sourceRoot(), thisRelease()
	if source == "" {
		if path, err := beside(vettool); err != nil || path != "" {
			return path, err
		}
		if version == "devel" {
			return "", fmt.Errorf("%s is not beside reactor-gen, which is no release that could be asked for it", vettool)
		}
	}
	dir, err := workDir(vettool + "@" + cmp.Or(source, version))
	if err != nil {
		return "", err
	}
	out := filepath.Join(dir, program(vettool))
	switch {
	case !build:
		return out, nil
	case source == "":
		return t.installReleased(ctx, vettool, version, dir)
	}
	return out, t.buildVettool(ctx, filepath.Join(source, "cmd", vettool), out)
}

// buildVettool builds reactor-vet from its sources, which takes little when it is up to
// date.
func (t *tool) buildVettool(ctx context.Context, source, out string) error {
	if _, err := os.Stat(out); err != nil {
		fmt.Fprintf(t.stderr, "building %s\n", vettool)
	}
	cmd := goCommand(ctx, source, "build", "-o", out, ".")
	cmd.Env = forThisMachine()
	if said, err := cmd.CombinedOutput(); err != nil {
		fmt.Fprintf(t.stderr, "%shelp: go get -tool %s/cmd/%s; go vet -vettool=$(go tool -n %[3]s) ./...\n", said, modulePath, vettool)
		return fmt.Errorf("building %s: %w", vettool, err)
	}
	return nil
}
