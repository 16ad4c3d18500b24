package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/templates"
)

// modelName is what the scanner accepts as the name of a model. No other verb needs
// it, so that it is compiled when this one does.
var modelName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z][a-z0-9-]{0,62}$`) })

func (t *tool) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init NAME",
		Short: "Make the folder NAME with a project that runs at once",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("init takes one argument, the model's name: reactor-gen init my-model")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return t.init(cmd.Context(), args[0]) },
	}
}

// init makes a project: the files of the scaffold, its main, and a complete
// go.mod. It leaves nothing behind when one of them fails.
func (t *tool) init(ctx context.Context, name string) (err error) {
	scaffold, err := newScaffold(ctx, name)
	if err != nil {
		return err
	}
	workspace := goEnv(ctx, "GOWORK")
	if err := os.Setenv("GOWORK", "off"); err != nil { // the new module is not a part of it yet
		return err
	}
	if err := os.Mkdir(name, 0o777); errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists already; choose another name, or remove it first", name)
	} else if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(name))
		}
	}()
	if err := t.fill(ctx, name, scaffold); err != nil {
		return err
	}
	t.welcome(scaffold, workspace)
	return nil
}

// welcome says what was made and what to do next.
func (t *tool) welcome(s templates.Scaffold, workspace string) {
	fmt.Fprintf(t.stdout, "%s is ready: model.go draws, configs/default.yaml says how large and how fast.\n", s.Name)
	if s.Checkout != "" {
		fmt.Fprintf(t.stdout, "It uses reactor from %s (the replace line in go.mod).\n", s.Checkout)
	} else {
		fmt.Fprintf(t.stdout, "It uses reactor %s.\n", s.Version)
	}
	if workspace != "" && workspace != "off" {
		fmt.Fprintf(t.stdout, "Add it to the workspace of %s: go work use ./%s\n", workspace, s.Name)
	}
	fmt.Fprintf(t.stdout, "Next: cd %s && go tool reactor-gen run\n", s.Name)
}

// newScaffold checks the name and finds out which reactor the project uses.
func newScaffold(ctx context.Context, name string) (templates.Scaffold, error) {
	s := templates.Scaffold{Name: name}
	if !modelName().MatchString(name) {
		return s, fmt.Errorf("%q is no name for a model: it takes lowercase letters, digits and hyphens, starts with a letter, and has at most 63", name)
	}
	if isStandard(ctx, name) {
		return s, fmt.Errorf("%q is a package of Go's standard library, which a module of that name would hide; choose another", name)
	}
	if s.Checkout = checkout(); s.Checkout != "" {
		s.Version = "v0.0.0"
		return s, nil
	}
	v := thisVersion().Release
	if !strings.HasPrefix(v, "v") || strings.Contains(v, "+") {
		return s, fmt.Errorf("this reactor-gen (version %s) is neither a release nor built from a checkout that is still there, "+
			"so a new project could not require it; install one: go install %s/cmd/reactor-gen@latest", v, modulePath)
	}
	s.Version = v
	return s, nil
}

// isStandard tells whether a name is the first element of a standard package's
// import path.
func isStandard(ctx context.Context, name string) bool {
	info, err := os.Stat(filepath.Join(goEnv(ctx, "GOROOT"), "src", name))
	return err == nil && info.IsDir()
}

// fill writes the files into dir and makes a working project of them.
func (t *tool) fill(ctx context.Context, dir string, s templates.Scaffold) error {
	files, err := s.Files()
	if err != nil {
		return err
	}
	if s.Checkout != "" {
		sums, err := os.ReadFile(filepath.Join(s.Checkout, "go.sum"))
		if err != nil {
			return err
		}
		files = append(files, templates.File{Path: "go.sum", Text: sums})
	}
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(name, f.Text, 0o666); err != nil {
			return err
		}
	}
	return t.wire(ctx, dir)
}

// wire writes the main, and all requirements into go.mod. Those of the model
// come first, as it cannot be scanned without them.
func (t *tool) wire(ctx context.Context, dir string) error {
	if err := require(ctx, dir); err != nil {
		return err
	}
	project, file, err := t.generate(ctx, dir)
	if err != nil {
		return err
	}
	if _, err := file.Write(project.Dir); err != nil {
		return err
	}
	return require(ctx, dir)
}

// require completes go.mod and go.sum for what the project and its tool import.
// It does what "go mod tidy" does, apart from the tests of other modules, which
// that would download as well.
func require(ctx context.Context, dir string) error {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if out, err := goCommand(ctx, abs, "list", "-mod=mod", "-deps", "./...", "tool").CombinedOutput(); err != nil {
		return fmt.Errorf("completing go.mod: %w\n%s", err, strings.TrimSpace(string(out)))
	}
	return nil
}
