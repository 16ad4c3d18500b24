package app

import (
	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/weights"
)

// findWeights returns the declared weights, which are looked for when the model
// asks for them: first in the folder of --weights.
func findWeights(names []string, f flags, env func(string) string) reactor.Weights {
	var roots []string
	for _, place := range weights.Places(f.weights, env) {
		roots = append(roots, place.Dir)
	}
	return reactor.NewWeights(names, roots...)
}

// weightPlaces says for the help where weights are looked for.
const weightPlaces = "the folder of --weights, $" + weights.EnvPath + ", ./weights, ~/.cache/reactor_registry, ~/.cache/reactor/weights"
