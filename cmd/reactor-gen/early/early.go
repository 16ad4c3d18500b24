// Package early answers `reactor-gen check` when nothing has changed, before the
// rest of the program is there.
//
// Most of such a run would be its start: the tables of a hundred packages that it
// does not need. Go makes them in an order that its specification gives: a package
// as soon as all that it imports is there, by import paths where several are. This
// one imports little, and so comes before those of the parser, of the type checker
// and of the command line. Would it come later, it would say the same, later.
//
// It ends the process only where it knows all that a check would print. Else it
// leaves what it found out for the scan that follows, and nothing is done twice.
package early

import (
	"context"
	"os"

	"github.com/reactorgen/reactor/internal/goenv"
	"github.com/reactorgen/reactor/internal/state"
)

// Begun is the scan that the check of this process began; nil when it did not, or
// when the process does something else.
var Begun *state.Begun

func init() {
	if len(os.Args) != 2 || os.Args[1] != "check" {
		return
	}
	if Begun = begin(); Begun == nil {
		return
	}
	if said := Begun.Said(); said != "" {
		os.Exit(say(said))
	}
}

// say prints what the check prints and returns its exit status, which is that of a
// check that could not print, too.
func say(said string) (status int) {
	if _, err := os.Stdout.WriteString(said); err != nil {
		os.Stderr.WriteString("error: writing text: " + err.Error() + "\n")
		return 2
	}
	return 0
}

// begin begins the scan of the project in the working directory, nil where there is
// something to say about what it takes: that is for the check itself.
func begin() *state.Begun {
	kept, err := OpenCache()
	if err != nil || kept == nil {
		return nil
	}
	root, err := state.Root(".")
	if err != nil {
		return nil
	}
	scope := state.Scope{Root: root, Env: goenv.New(nil)}
	begun, err := state.Begin(context.Background(), kept, scope.Key())
	if err != nil {
		return nil
	}
	return begun
}
