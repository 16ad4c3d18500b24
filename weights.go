package reactor

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ErrWeights is wrapped by the errors of [Weights.Path].
var ErrWeights = errors.New("weights not available")

// Weights finds the weight folders that the model's directive declares. A
// constructor may take it as a parameter. The zero value declares none.
type Weights struct {
	names []string
	roots []string
}

// NewWeights returns the weights of the given names, which are looked for as
// folders in each of roots, in order.
func NewWeights(names []string, roots ...string) Weights {
	return Weights{names: slices.Clone(names), roots: slices.Clone(roots)}
}

// Names returns the declared names.
func (w Weights) Names() []string { return slices.Clone(w.names) }

// Path returns the folder of the weights called name. The error says that name
// is not declared in the directive, or every place that was looked at and the
// command that fetches the weights.
func (w Weights) Path(name string) (string, error) {
	if !slices.Contains(w.names, name) {
		return "", fmt.Errorf("%w: %q is not in the directive's weights (%s)", ErrWeights, name, w.declared())
	}
	var looked []string
	for _, root := range w.roots {
		dir := filepath.Join(root, name)
		info, err := os.Stat(dir)
		if err == nil && info.IsDir() {
			return dir, nil
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("%w: %w", ErrWeights, err)
		}
		looked = append(looked, dir)
	}
	if len(looked) == 0 {
		return "", fmt.Errorf("%w: no folder for %q; there is nowhere to look", ErrWeights, name)
	}
	return "", fmt.Errorf("%w: no folder for %q; looked at %s; to fetch it: reactor-gen weights pull --weights-store URL %[2]s",
		ErrWeights, name, strings.Join(looked, ", "))
}

func (w Weights) declared() string {
	if len(w.names) == 0 {
		return "it declares none"
	}
	return "it declares " + strings.Join(w.names, ", ")
}
