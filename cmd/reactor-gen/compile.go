package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/scanner"
)

// compilation is one build of a project's program. The generated main is laid
// over the project's files for the compiler and never written into them.
type compilation struct {
	project *scanner.Project
	main    gen.File
	left    []gen.Existing // mains that generate would remove
	work    string         // a folder of the user's cache, the project's own
	out     string         // the program
	flags   []string
}

// newCompilation prepares the build of a scanned project.
func (t *tool) newCompilation(ctx context.Context) (*compilation, error) {
	project, file, err := t.generate(ctx, ".")
	if err != nil {
		return nil, err
	}
	return t.compilation(project, file)
}

// compilation is the build of a project with its main.
func (t *tool) compilation(project *scanner.Project, file gen.File) (*compilation, error) {
	if err := file.Fits(project.Dir); err != nil {
		return nil, err
	}
	_, leftovers, err := gen.Inspect(project)
	if err != nil {
		return nil, err
	}
	work, err := workDir(project.Dir)
	if err != nil {
		return nil, err
	}
	c := &compilation{project: project, main: file, left: leftovers, work: work}
	c.out = filepath.Join(work, program(project.Model.Name))
	if len(t.tags) > 0 {
		c.flags = []string{"-tags=" + strings.Join(t.tags, ",")}
	}
	return c, nil
}

// program is the file name of the program of a model.
func program(name string) string {
	if runtime.GOOS == "windows" {
		return name + ".exe"
	}
	return name
}

// build compiles and links the program. What the compiler says goes to the
// standard error in full; the error is then errFindings, as it is the author's
// code that does not compile.
func (t *tool) build(ctx context.Context, c *compilation) error {
	output, err := t.compile(ctx, c)
	fmt.Fprint(t.stderr, output)
	return err
}

// compile is build that returns what the compiler says.
func (t *tool) compile(ctx context.Context, c *compilation) (output string, err error) {
	overlay, err := c.overlay()
	if err != nil {
		return "", err
	}
	args := append([]string{"build", "-v", "-overlay=" + overlay, "-o", c.out}, c.flags...)
	target := c.target()
	output, err = t.goBuild(ctx, c.project.Dir, append(args, target))
	if err != nil && lacksRequirement(output) {
		output, err = t.buildWithRequirements(ctx, c, args, target)
	}
	switch {
	case err == nil:
		return "", nil
	case output == "":
		return "", fmt.Errorf("go build %s: %w", target, err)
	}
	return output, errFindings
}

// target is the package of the main, as the go command knows it.
func (c *compilation) target() string { return "./" + path.Dir(c.main.Path) }

// overlay writes the main and the list that lays it over the project, and
// returns the list's path. The compiler does not see mains that are left over.
func (c *compilation) overlay() (string, error) {
	main := gen.File{Path: "main.go", Text: c.main.Text}
	if _, err := main.Write(c.work); err != nil {
		return "", err
	}
	place := func(file string) string { return filepath.Join(c.project.Dir, filepath.FromSlash(file)) }
	replace := map[string]string{place(c.main.Path): filepath.Join(c.work, main.Path)}
	for _, e := range c.left {
		replace[place(e.Path)] = ""
	}
	list, err := json.Marshal(map[string]map[string]string{"Replace": replace})
	if err != nil {
		return "", err
	}
	name := filepath.Join(c.work, "overlay.json")
	return name, os.WriteFile(name, list, 0o666)
}
