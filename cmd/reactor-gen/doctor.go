package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/gen"
)

// status is how a look at one thing ended.
type status string

// The outcomes. Only what keeps reactor-gen from its work has failed.
const (
	fine   status = "ok"
	warned status = "warn"
	failed status = "fail"
)

// finding is one line of the doctor: what was looked at, how it is, and what to do
// where it is not as it should be.
type finding struct {
	Name   string `json:"name"`
	Status status `json:"status"`
	Text   string `json:"text"`
	Help   string `json:"help,omitempty"`
}

// checkup is what `doctor --json` prints. The names of checks stay; others may come.
type checkup struct {
	document
	Outcome status    `json:"outcome"` // the worst of all checks
	Checks  []finding `json:"checks"`
}

func (t *tool) doctorCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check the environment, and print what a bug report needs",
		Long: `Check the environment, and print what a bug report needs: versions, settings of the
go command, the module, the cache, libraries for video, the default port, a browser,
git, and whether the project is good. It looks at this machine only, and writes
nothing but a file in the cache, which it removes. What looks like a password or a
token is not printed.

Exit status: 0 nothing failed, though there may be warnings; 1 something failed,
or the project has errors.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c := t.examine(cmd.Context())
			if err := c.write(t.stdout, asJSON); err != nil {
				return err
			}
			if c.Outcome == failed {
				return errFindings
			}
			return nil
		},
	}
	jsonFlag(cmd, &asJSON)
	return cmd
}

// examine looks at everything, in the order in which one thing needs the other.
func (t *tool) examine(ctx context.Context) checkup {
	settings, err := goSettingsHere(ctx)
	all := []finding{toolFinding(), goFinding(settings, err)}
	if err == nil {
		all = append(all, t.moduleFindings(ctx, settings["GOMOD"])...)
		all = append(all, t.projectFinding(ctx, settings["GOMOD"]))
	}
	all = append(all, environmentFinding(os.Environ()), cacheFinding())
	all = append(all, libraryFindings()...)
	all = append(all, portFinding(defaultPort), browserFinding(), t.gitFinding(ctx))
	c := checkup{document: version1, Outcome: fine}
	for _, f := range all {
		f.Text, f.Help = redact(f.Text), redact(f.Help)
		c.Checks = append(c.Checks, f)
		c.Outcome = worse(c.Outcome, f.Status)
	}
	return c
}

func worse(a, b status) status {
	if a == failed || b == fine {
		return a
	}
	return b
}

// write prints a checkup for people or for programs.
func (c checkup) write(w io.Writer, asJSON bool) error {
	if asJSON {
		return printJSON(w, c)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, f := range c.Checks {
		fmt.Fprintf(table, "%s\t%s\t%s\n", f.Status, f.Name, oneLine(f.Text))
		if f.Help != "" {
			fmt.Fprintf(table, "\t\tnext: %s\n", oneLine(f.Help))
		}
	}
	return table.Flush()
}

// oneLine keeps the table a table, whatever a command printed.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func toolFinding() finding {
	v := thisVersion()
	text := fmt.Sprintf("%s (%s %s/%s)", v.Release, v.Go, v.OS, v.Arch)
	if v.Checkout != "" {
		text += ", from " + v.Checkout
	}
	return finding{Name: "reactor-gen", Status: fine, Text: text}
}

// gitFinding is whether there is git, which some flags of check need.
func (t *tool) gitFinding(ctx context.Context) finding {
	f := finding{Name: "git", Status: fine}
	out, err := t.newGit().run(ctx, "version")
	f.Text = strings.TrimPrefix(strings.TrimSpace(out), "git version ")
	if err != nil {
		f.Status, f.Text, f.Help = warned, err.Error(), "check --staged and --new-from-rev need git; install it"
	}
	return f
}

// projectFinding is the result of check in a line.
func (t *tool) projectFinding(ctx context.Context, goMod string) finding {
	f := finding{Name: "project", Status: fine}
	if noModule(goMod) {
		f.Status, f.Text, f.Help = warned, "none, as there is no module", "run doctor in a project's folder"
		return f
	}
	result, err := t.look(ctx, ".")
	if err == nil && result.Project != nil && !result.Diagnostics.HasErrors() {
		err = addAll(result, gen.Check)
	}
	switch {
	case err != nil:
		f.Status, f.Text, f.Help = failed, err.Error(), "reactor-gen check"
	case result.Diagnostics.HasErrors():
		f.Status, f.Text, f.Help = failed, diag.Count(result.Diagnostics.Errors(), "error"), "reactor-gen check"
	case result.Project == nil:
		f.Status, f.Text = failed, "the scan found neither a model nor a reason"
	default:
		f.Text = summary(".", result.Project, result.Tags)
	}
	return f
}
