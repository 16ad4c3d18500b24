package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// download returns the folder of a module in the module cache.
func download(ctx context.Context, module string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", "mod", "download", "-json", module)
	cmd.Dir = os.TempDir()
	printed, err := cmd.Output()
	var told struct{ Dir, Error string }
	if json.Unmarshal(printed, &told) == nil && told.Error != "" {
		return "", fmt.Errorf("%s: %s", module, told.Error)
	}
	if err != nil {
		return "", fmt.Errorf("downloading %s: %w", module, err)
	}
	return told.Dir, nil
}

// copyModule copies a module into a folder, writable.
func copyModule(ctx context.Context, module, to string) error {
	from, err := download(ctx, module)
	if err != nil {
		return err
	}
	return os.CopyFS(to, os.DirFS(from))
}

// fromModule fetches a tree that is one module.
func fromModule(ctx context.Context, t *tree) error { return copyModule(ctx, t.Module, t.dir) }

// fromKubernetes fetches kubernetes, and puts the modules that its repository has
// below staging, and its published module has not, back to where its go.mod looks
// for them. Two of them, samples that nothing imports, are not published.
func fromKubernetes(ctx context.Context, t *tree) error {
	if err := fromModule(ctx, t); err != nil {
		return err
	}
	// It holds no module, and would switch the go command to vendoring.
	if err := os.RemoveAll(filepath.Join(t.dir, "vendor")); err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(t.dir, "go.mod"))
	if err != nil {
		return err
	}
	_, version, _ := strings.Cut(t.Module, "@v1.")
	for module, folder := range staged(string(text)) {
		err := copyModule(ctx, module+"@v0."+version, filepath.Join(t.dir, filepath.FromSlash(folder)))
		if err != nil && !strings.HasPrefix(module, "k8s.io/sample-") {
			return err
		}
	}
	return nil
}

// staged are the modules that a go.mod replaces with folders below staging, and
// these folders.
func staged(goMod string) map[string]string {
	folders := map[string]string{}
	for line := range strings.Lines(goMod) {
		module, folder, replaced := strings.Cut(strings.TrimSpace(line), " => ")
		if replaced && strings.HasPrefix(folder, "./staging/") {
			folders[strings.TrimPrefix(module, "replace ")] = folder
		}
	}
	return folders
}
