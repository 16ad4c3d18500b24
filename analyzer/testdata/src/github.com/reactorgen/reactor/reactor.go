// Package reactor stands for the author's API: as much of it as the analyzer
// knows.
package reactor

import "context"

type VideoModel interface{ StartSession(ctx Context) error }

type Context interface {
	context.Context
	ShouldStop() bool
}

type (
	Config   struct{}
	Identity struct{}
	Weights  struct{}
)

func NewWeights(names []string, roots ...string) Weights { return Weights{} }

func (w Weights) Path(name string) (string, error) { return "", nil }
