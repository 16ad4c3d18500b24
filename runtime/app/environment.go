package app

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// environment looks up an environment variable.
type environment func(name string) (value string, ok bool)

// get returns an environment variable, empty when it is not set.
func (env environment) get(name string) string {
	if value, ok := env(name); ok {
		return value
	}
	return ""
}

// variable is the environment variable that says what a flag says.
func variable(flag string) string {
	return "REACTOR_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// hasVariable tells of a flag whether it has one. Those that show something and exit
// have none: a program that did so for ever would be a riddle.
func hasVariable(flag string) bool {
	return !slices.Contains([]string{"help", "config-help", "explain-config", "version", "capabilities", "schema", "manifest"}, flag)
}

// fromEnvironment sets the flags that the command line has not set, and returns the
// names of those that it did. An empty variable is as good as none.
func fromEnvironment(set *pflag.FlagSet, env environment) (names []string, err error) {
	set.VisitAll(func(f *pflag.Flag) {
		value := env.get(variable(f.Name))
		if value == "" || f.Changed || !hasVariable(f.Name) || ofService(f.Name, value) {
			return
		}
		names = append(names, f.Name)
		// Not set.Set: what is set for all programs may be of no use to this one.
		if f.Value.Set(value) != nil && err == nil {
			err = fmt.Errorf("%s: want %s, got %q", variable(f.Name), wants[f.Name], value)
		}
	})
	return names, err
}

// ofService tells whether the value of a flag's variable is not meant for the program:
// Kubernetes tells the containers of a namespace that has a service "reactor" its
// address as REACTOR_PORT, such as tcp://10.0.0.7:80.
func ofService(flag, value string) bool {
	return flag == "port" && (strings.HasPrefix(value, "tcp://") || strings.HasPrefix(value, "udp://"))
}

// noteService says that REACTOR_PORT is not followed where it is a service's.
func noteService(log *slog.Logger, env environment) {
	if name := variable("port"); ofService("port", env.get(name)) {
		log.Warn(name+" is the address of a Kubernetes service and not the port to serve on: it is ignored; for another port there is --port", "value", env.get(name))
	}
}

// blame names the variable in an error that is about a flag which it has set.
func (f flags) blame(err error) error {
	if err == nil {
		return nil
	}
	for _, name := range f.variables {
		rest, about := strings.CutPrefix(err.Error(), "--"+name)
		if about && (strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, ":")) {
			return errors.New(variable(name) + rest)
		}
	}
	return err
}

// variables are those of all flags, in their order.
func variables() (names []string) {
	new(flags).set().VisitAll(func(f *pflag.Flag) {
		if hasVariable(f.Name) {
			names = append(names, variable(f.Name))
		}
	})
	return names
}
