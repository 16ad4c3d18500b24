package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/scanner"
)

func (t *tool) checkCommand() *cobra.Command {
	var f fixing
	var o scope
	cmd := &cobra.Command{
		Use:   "check [FILE | FOLDER | FOLDER/... ]",
		Short: "Tell whether there is exactly one good model here, and if not, why",
		Long: `Tell whether there is exactly one good model here, and if not, why.

A generated main is checked as well: whether it is out of date (in the words of
the directive, not of Go), edited by hand, left over from another model, or
missing. None is asked for unless the project has a //go:generate line for it, as
"run" and "build" make their own. Formatting the code, moving the model's type
to another file, CRLF line ends or another version of reactor-gen do not make a
main old.

With --fix, what can mean nothing else than what its author wrote is mended in
the files, and what is left is shown. A fix that would make things worse is
refused. With --unsafe-fixes, guesses are made as well: look at them.

The project is the one in the working directory. Arguments, --staged and
--new-from-rev say which findings are shown: those in these files, staged files or
changed lines, and always those that decide whether there is a model, whether it
loads, and whether its main is up to date.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.args = args
			if err := o.refuse(cmd); err != nil {
				return err
			}
			if f != (fixing{}) {
				return t.checkAndFix(cmd.Context(), f, o)
			}
			s, err := t.survey(cmd.Context(), o)
			if err != nil {
				return errors.Join(err, t.report(t.stdout, nil, diag.Options{Failure: err.Error()}))
			}
			if err := t.tell(s.result, t.stdout, s.limits, nil); err != nil {
				return err
			}
			if t.formats.forPeople() {
				return t.tellGood(s)
			}
			return nil
		},
	}
	o.flags(cmd)
	t.formatFlag(cmd)
	f.flags(cmd)
	cmd.Flags().BoolVarP(&t.verbose, "verbose", "v", false, "tell of every line that looks like a directive what became of it, and why")
	cmd.Flags().BoolVar(&t.allErrors, "all-errors", false, "show the errors that follow from others as well")
	return cmd
}

// tellGood prints the good projects of a survey, or that there was nothing to look at.
func (t *tool) tellGood(s *survey) error {
	text := ""
	for _, g := range s.good {
		text += summary(g.dir, g.project, s.result.Tags) + "\n"
	}
	if s.passed {
		text = "nothing is staged that a project is made of\n"
	}
	if _, err := io.WriteString(t.stdout, text); err != nil {
		return fmt.Errorf("writing text: %w", err)
	}
	return nil
}

// checkAndFix is check with fixes.
func (t *tool) checkAndFix(ctx context.Context, f fixing, o scope) error {
	if !o.isPlain() {
		return errors.New("fixes are for the whole project here, as it is on the disk: name neither files nor another scope (-C DIR is for another project)")
	}
	project, err := t.fixAnd(ctx, f, func(r *scanner.Result) error { return addAll(r, gen.Check) })
	if err == nil && t.formats.forPeople() && !f.diff {
		fmt.Fprintln(t.stdout, summary(".", project, nil))
	}
	return err
}

// summary is a good project in one line: that in a folder, built with some tags.
func summary(dir string, p *scanner.Project, tags []string) string {
	weights := "none"
	if len(p.Model.Weights) > 0 {
		weights = strings.Join(p.Model.Weights, ", ")
	}
	line := fmt.Sprintf("ok  %s  %s:%d  %s  weights: %s", p.Model.Name, path.Join(dir, p.Model.Range.File), p.Model.Range.Line,
		diag.Count(len(p.Model.Commands), "command"), weights)
	if len(tags) > 0 {
		line += "  tags: " + strings.Join(tags, ",")
	}
	return line
}
