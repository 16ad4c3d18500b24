package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/weights"
)

// weightsVerb is one run of a verb of weights.
type weightsVerb struct {
	*tool
	explicit string // the folder of --weights
	format   weightsFormat
	declared []string // names in the directive
	names    []string // those that it is about
	places   []weights.Place
}

func (t *tool) weightsCommand() *cobra.Command {
	v := &weightsVerb{tool: t, format: "text"}
	cmd := &cobra.Command{
		Use:   "weights",
		Short: "Lock, fetch and verify the folders of data that the model needs",
		Long: `Lock, fetch and verify the folders of data that the model needs: the weights that
its directive declares.

They are looked for in the folder of --weights, in those of $REACTOR_WEIGHTS_PATH,
in the project's folder weights, in ~/.cache/reactor_registry, and where pull puts
them, which is ~/.cache/reactor/weights.`,
		Args: unknownVerb,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cmd.Help(); err != nil {
				return err
			}
			return errors.New("which verb? For example: reactor-gen weights list")
		},
	}
	cmd.AddCommand(v.lockCommand(), v.pullCommand(), v.verifyCommand(), v.listCommand())
	cmd.PersistentFlags().Var(&v.format, "format", "of what is printed: text or json")
	alsoJSON(cmd.PersistentFlags(), &v.format)
	return cmd
}

// command returns a verb that does some work for the weights of its arguments, or
// of the model when it has none.
func (v *weightsVerb) command(use, short, long string, work func(context.Context) error) *cobra.Command {
	return &cobra.Command{
		Use: use + " [NAME...]", Short: short, Long: long,
		RunE: func(cmd *cobra.Command, args []string) error {
			project, err := v.scan(cmd.Context(), ".", v.stderr)
			if err != nil {
				return err
			}
			v.declared = project.Model.Weights
			if v.names, err = declaredWeights(v.declared, args); err != nil {
				return err
			}
			v.places = weights.Places(v.explicit, os.Getenv)
			return work(cmd.Context())
		},
	}
}

// explicitFlag gives a verb that looks for weights the flag of the program.
func (v *weightsVerb) explicitFlag(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().StringVar(&v.explicit, "weights", "", "`FOLDER` in which the folders of weights are looked for first")
	return cmd
}

// declaredWeights returns the names that are meant: all that are declared, or
// those of args, which must be declared.
func declaredWeights(declared, args []string) ([]string, error) {
	var names []string
	for _, arg := range args {
		switch near := nearest(arg, declared); {
		case slices.Contains(names, arg):
			continue
		case slices.Contains(declared, arg):
			names = append(names, arg)
		case len(declared) == 0:
			return nil, fmt.Errorf("weights %q are not declared: the model's directive declares none", arg)
		case near != "":
			return nil, fmt.Errorf("weights %q are not declared; did you mean %q?", arg, near)
		default:
			return nil, fmt.Errorf("weights %q are not declared; the model's directive declares %s", arg, strings.Join(declared, ", "))
		}
	}
	if len(args) == 0 {
		return declared, nil
	}
	return names, nil
}

// readLock reads the lock of the project. Without one it is empty.
func readLock() (weights.Lock, error) {
	text, err := os.ReadFile(weights.LockName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return weights.ParseLock(weights.LockName, text)
}

// missing says where weights were looked for, and how to get them.
func (v *weightsVerb) missing(name string) string {
	var looked []string
	for _, p := range v.places {
		looked = append(looked, fmt.Sprintf("%s (%s)", p.Dir, p.From))
	}
	return fmt.Sprintf("no folder %q; looked in %s; to fetch it: %s", name, strings.Join(looked, ", "), pullHint(name))
}

// pullHint is what to type to get weights.
func pullHint(names ...string) string {
	return "reactor-gen weights pull --weights-store URL " + strings.Join(names, " ")
}

// weightsFormat is the value of the flag --format.
type weightsFormat string

func (f *weightsFormat) String() string { return string(*f) }
func (f *weightsFormat) Type() string   { return "FORMAT" }

func (f *weightsFormat) Set(text string) error {
	if text != "text" && text != "json" {
		return errors.New("there are text and json")
	}
	*f = weightsFormat(text)
	return nil
}
