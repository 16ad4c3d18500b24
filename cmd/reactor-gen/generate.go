package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/scanner"
)

func (t *tool) generateCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "generate [FILE | PACKAGE]",
		Short: "Write the main that wires the model into the runtime",
		Long: `Write the main that wires the model into the runtime: cmd/NAME/main.go for a model
in a library package, reactor_main.go beside a model in a package main.

A file that did not change is left untouched, one that reactor-gen did not write
or that was edited since is never replaced, and nothing is written while the
project has errors. The main of a model that was renamed or removed is deleted,
if it is as reactor-gen wrote it.

Under "go generate" the project is the folder of the file with the line

	//go:generate go tool reactor-gen generate

so the line belongs into a file in the project's root. Where the model is in a
package below the root, put the line into a file of the root, or write
"generate -C .." in the model's package.

The line may say where the model has to be, $GOFILE or $GOPACKAGE: in the package of
a file, or in one of a name. Where it is elsewhere, nothing is written.`,
		Args: oneFileOrPackage,
		RunE: func(cmd *cobra.Command, args []string) error {
			var done written
			_, err := t.scanAnd(cmd.Context(), ".", t.stderr, func(r *scanner.Result) (err error) {
				if err := t.holdsModel(r.Project, args); err != nil {
					return err
				}
				done, err = writeMain(r)
				return err
			})
			if t.formats.forPeople() {
				for _, line := range done.lines {
					fmt.Fprintln(t.stdout, line)
				}
				if err == nil && done.file != "" {
					t.tellRequirements(cmd.Context(), done.file)
				}
			}
			return err
		},
	}
	t.formatFlag(cmd)
	return cmd
}

// oneFileOrPackage refuses more than one argument.
func oneFileOrPackage(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return fmt.Errorf("generate takes one file or package, in which the model has to be, and got %d", len(args))
	}
	return nil
}

// holdsModel is an error when the model is not where the argument says: in the package
// of a file, or in one of a name. The file of $GOFILE is where go generate started.
func (t *tool) holdsModel(p *scanner.Project, args []string) error {
	if len(args) == 0 || args[0] == p.Model.Package.Name {
		return nil
	}
	name, what := args[0], "a package "+args[0]
	if filepath.Ext(name) == ".go" {
		what = "the package of " + name
		if name == os.Getenv("GOFILE") {
			name = filepath.Join(t.started, name)
		}
		if _, err := os.Stat(name); err != nil {
			return fmt.Errorf("there is no file %s, where the model would have to be; nothing is written", args[0])
		}
		file, err := os.Stat(filepath.Dir(name))
		model, failed := os.Stat(filepath.Join(p.Dir, filepath.Dir(filepath.FromSlash(p.Model.Range.File))))
		if err == nil && failed == nil && os.SameFile(file, model) {
			return nil
		}
	}
	return fmt.Errorf("the model %s is in %s, package %s, and not in %s; nothing is written", p.Model.Name, p.Model.Range.File, p.Model.Package.Name, what)
}

// written is what generate did: a line for each thing, and the main, by its path
// relative to the project, when it was written and not up to date.
type written struct {
	lines []string
	file  string
}

// writeMain writes the main of a project and deletes those that are left over.
func writeMain(r *scanner.Result) (done written, err error) {
	file, err := makeMain(r)
	if err != nil {
		return done, err
	}
	changed, err := file.Write(r.Project.Dir)
	if err != nil {
		return done, err
	}
	if changed {
		done = written{lines: []string{"wrote " + file.Path}, file: file.Path}
	} else {
		done.lines = append(done.lines, file.Path+" is up to date")
	}
	_, leftovers, err := gen.Inspect(r.Project)
	for _, e := range leftovers {
		if err := e.Remove(r.Project.Dir); err != nil {
			return done, err
		}
		_, why := e.Fate(r.Project)
		done.lines = append(done.lines, fmt.Sprintf("removed %s: %s", e.Path, why))
	}
	return done, err
}
