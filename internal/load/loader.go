package load

import (
	"context"
	"fmt"
	"maps"
	"os/exec"
)

// Loader loads packages. It keeps what it knows between loads, and is for one
// goroutine at a time.
type Loader struct {
	options Options
	overlay map[string][]byte
}

// New returns a loader that knows nothing yet.
func New(options Options) *Loader { return &Loader{options: options} }

// Lay gives texts of files, by their absolute names, that stand in the place of
// those on the disk, or of files that are on no disk. It replaces the texts that
// were given before.
func (l *Loader) Lay(overlay map[string][]byte) { l.overlay = maps.Clone(overlay) }

// Remember takes what an earlier load said in [Loaded.Graph]. What it cannot
// understand, or is about something else, it ignores.
func (l *Loader) Remember(graph []byte) {}

// Graph returns what is to be remembered after a load, or after
// [Loader.Holds]; nil is nothing.
func (l *Loader) Graph() []byte { return nil }

// Holds tells whether the outcome of the load that is remembered still holds
// though some files have changed, by their absolute names: they are in no package
// that it needed, or only in ones that were not asked for, whose heads are as
// they were, and that compile to the same exported interface as before.
func (l *Loader) Holds(ctx context.Context, changed []string) (bool, error) { return false, ctx.Err() }

// Load loads the packages in some folders, relative to Dir, or all below Dir when
// there are none. What is wrong with them is in the packages or is a refusal; an
// error says that the go command could not be asked.
func (l *Loader) Load(ctx context.Context, dirs []string) (*Loaded, error) {
	loaded := l.reference(ctx, patterns(dirs))
	if ctx.Err() != nil {
		return nil, fmt.Errorf("loading the packages: %w", ctx.Err())
	}
	if _, err := exec.LookPath("go"); err != nil {
		return nil, fmt.Errorf("loading the packages: %w", err)
	}
	return loaded, nil
}

// patterns are what the go command is asked for.
func patterns(dirs []string) []string {
	if len(dirs) == 0 {
		return []string{"./..."}
	}
	all := make([]string, 0, len(dirs))
	for _, dir := range dirs {
		all = append(all, "./"+dir)
	}
	return all
}
