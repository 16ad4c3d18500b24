package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// noVerb shows the help, as there is nothing else to do, and fails: a script
// that forgot the verb must not go on.
func noVerb(cmd *cobra.Command) error {
	if err := cmd.Help(); err != nil {
		return err
	}
	return errors.New("which verb? For example: reactor-gen check")
}

// unknownVerb refuses arguments of the root, which are no verbs.
func unknownVerb(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var verbs []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			verbs = append(verbs, c.Name())
		}
	}
	if near := nearest(args[0], verbs); near != "" {
		return fmt.Errorf("unknown verb %q; did you mean %q?", args[0], near)
	}
	return fmt.Errorf("unknown verb %q; there are %s", args[0], strings.Join(verbs, ", "))
}

// noArgs refuses arguments where a verb takes none.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("%s takes no arguments, and got %q; see %s --help", cmd.Name(), args[0], cmd.CommandPath())
}

// flagError explains a flag that cannot be parsed.
func flagError(cmd *cobra.Command, err error) error {
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return fmt.Errorf("--%s %s: %w", invalid.GetFlag().Name, invalid.GetValue(), invalid.Unwrap())
	}
	unknown, ok := errors.AsType[*pflag.NotExistError](err)
	if !ok {
		return fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	name := unknown.GetSpecifiedName()
	if near := nearest(name, names); near != "" {
		return fmt.Errorf("unknown flag --%s; did you mean --%s?", name, near)
	}
	if len(name) == 1 {
		return fmt.Errorf("unknown flag -%s; see %s --help", name, cmd.CommandPath())
	}
	return fmt.Errorf("unknown flag --%s; see %s --help", name, cmd.CommandPath())
}

// nearest returns the word that text is likely to mean, or "". Cobra measures
// the distance between verbs, so the words become verbs for a moment.
func nearest(text string, words []string) string {
	if len(text) < 2 {
		return ""
	}
	menu := &cobra.Command{SuggestionsMinimumDistance: 2}
	for _, word := range words {
		menu.AddCommand(&cobra.Command{Use: word, Run: func(*cobra.Command, []string) {}})
	}
	for _, near := range menu.SuggestionsFor(text) {
		return near
	}
	return ""
}
