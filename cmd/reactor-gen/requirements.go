package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// lacksRequirement tells whether a build failed because the module does not say
// which modules the runtime needs. That is so as long as nothing but the main,
// which is not among the project's files, imports the runtime.
func lacksRequirement(output string) bool {
	for _, sign := range []string{
		"missing go.sum entry", "no required module provides package", "updates to go.mod needed", "import lookup disabled by -mod=vendor",
	} {
		if strings.Contains(output, sign) {
			return true
		}
	}
	return false
}

// tellRequirements says what is left to do when a main was written and the module
// does not say yet which modules the runtime needs: nothing has imported it before.
func (t *tool) tellRequirements(ctx context.Context, main string) {
	args := []string{"list", "-deps"}
	if len(t.tags) > 0 { // else those in GOFLAGS count
		args = append(args, "-tags="+strings.Join(t.tags, ","))
	}
	if _, err := goCommand(ctx, "", append(args, "./"+path.Dir(main))...).Output(); err != nil && lacksRequirement(saidBy(err).Error()) {
		fmt.Fprintf(t.stderr, "help: go mod tidy, as go.mod and go.sum lack what %s imports\n", main)
	}
}

// buildWithRequirements builds with a go.mod in the cache to which the go
// command may add what is missing. The versions are the ones that our module
// asks for; the user's go.mod and go.sum stay as they are.
func (t *tool) buildWithRequirements(ctx context.Context, c *compilation, args []string, target string) (string, error) {
	modfile, err := c.modfile(ctx)
	if err != nil {
		return "", err
	}
	output, err := t.goBuild(ctx, c.project.Dir, append(args, "-modfile="+modfile, "-mod=mod", target))
	if err != nil && lacksRequirement(output) {
		output += "help: reactor-gen generate && go mod tidy\n"
	}
	return output, err
}

// modfile writes the copy of go.mod and go.sum and returns the path of the
// first. The checksums of our own module come along, as they cover the rest.
func (c *compilation) modfile(ctx context.Context) (string, error) {
	mod, err := os.ReadFile(filepath.Join(c.project.ModuleDir, "go.mod"))
	if err != nil {
		return "", err
	}
	sums, err := os.ReadFile(filepath.Join(c.project.ModuleDir, "go.sum"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	if dir := c.runtimeDir(ctx); dir != "" {
		if ours, err := os.ReadFile(filepath.Join(dir, "go.sum")); err == nil {
			sums = append(sums, ours...)
		}
	}
	name := filepath.Join(c.work, "go.mod")
	return name, errors.Join(os.WriteFile(name, mod, 0o666), os.WriteFile(filepath.Join(c.work, "go.sum"), sums, 0o666))
}

// runtimeDir is the folder of our module as the project sees it, or "".
func (c *compilation) runtimeDir(ctx context.Context) string {
	out, err := goCommand(ctx, c.project.Dir, "list", "-mod=readonly", "-m", "-f", "{{.Dir}}", modulePath).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
