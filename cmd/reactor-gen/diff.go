package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/scanner"
)

func (t *tool) diffCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "diff",
		Short: "Show what generate would change",
		Long: `Show what generate would change: for each file a line in the words of the
directive, then a unified diff. Nothing is written.

Exit status: 0 there is no difference, 1 there is one, 2 diff could not run; a
project with errors is among the reasons for that. Line ends are no difference.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			project, err := t.scan(cmd.Context(), ".", t.stderr)
			if errors.Is(err, errFindings) {
				return errors.New("nothing to compare with, as long as the project has errors")
			}
			if err != nil {
				return err
			}
			return t.diff(project, asJSON)
		},
	}
	jsonFlag(cmd, &asJSON)
	return cmd
}

// errDifferent says that generate would change something, which is shown.
var errDifferent = errors.New("generate would change something")

// diff shows the difference between the mains that there are and those that
// generate would leave behind.
func (t *tool) diff(project *scanner.Project, asJSON bool) error {
	file, err := gen.Generate(project)
	if err != nil {
		return err
	}
	if err := file.Fits(project.Dir); err != nil {
		return err
	}
	main, leftovers, err := gen.Inspect(project)
	if err != nil {
		return err
	}
	var changes []change
	if string(main.Text) != string(file.Text) {
		changes = append(changes, change{main, file.Text, headline(project, main)})
	}
	for _, e := range leftovers {
		_, why := e.Fate(project)
		changes = append(changes, change{e, nil, e.Path + " is left over: " + why})
	}
	if err := t.tellChanges(changes, asJSON); err != nil {
		return err
	}
	if len(changes) > 0 {
		return errDifferent
	}
	return nil
}

// differences is what `diff --json` prints.
type differences struct {
	document
	Changes []difference `json:"changes"`
}

// difference is one file that generate would write or remove.
type difference struct {
	File string `json:"file"`
	Why  string `json:"why"`
	Diff string `json:"diff"` // unified
}

// tellChanges prints what generate would change.
func (t *tool) tellChanges(changes []change, asJSON bool) error {
	all := differences{version1, []difference{}}
	for _, c := range changes {
		if !asJSON {
			fmt.Fprintf(t.stdout, "%s\n%s", c.headline, c.diff())
		}
		all.Changes = append(all.Changes, difference{c.is.Path, c.headline, string(c.diff())})
	}
	if asJSON {
		return printJSON(t.stdout, all)
	}
	return nil
}

// change is one file that generate would write or remove.
type change struct {
	is       gen.Existing
	text     []byte // as it would be; nil: removed
	headline string
}

// headline says in a line why generate would write a main.
func headline(project *scanner.Project, main gen.Existing) string {
	switch changes := main.Changes(project); {
	case !main.Exists:
		return main.Path + " does not exist"
	case main.Edited:
		return main.Path + " was edited by hand, so generate would leave it as it is"
	case len(changes) > 0:
		return main.Path + " is out of date: " + diag.Changes(changes)
	}
	return main.Path + " was written by another version of reactor-gen"
}

// diff is the change as a unified diff.
func (c change) diff() []byte {
	before := c.is.Text
	if !c.is.Exists {
		before = nil
	}
	return unified(c.is.Path, before, c.text)
}
