package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// checkPlatforms asks the go command whether it can build for some platforms.
func checkPlatforms(ctx context.Context, platforms []string) error {
	if len(platforms) == 0 {
		return nil
	}
	out, err := exec.CommandContext(ctx, "go", "tool", "dist", "list").Output()
	if err != nil {
		return errors.Join(fmt.Errorf("asking the go command for its platforms: %w", err), ctx.Err())
	}
	known := strings.Fields(string(out))
	for i, p := range platforms {
		switch {
		case slices.Contains(platforms[:i], p):
			return fmt.Errorf("platform %s is given twice", p)
		case slices.Contains(known, p):
			continue
		}
		if near := nearest(p, known); near != "" {
			return fmt.Errorf("unknown platform %q; did you mean %q?", p, near)
		}
		return fmt.Errorf("unknown platform %q; go tool dist list prints all of them, such as linux/amd64", p)
	}
	return nil
}
