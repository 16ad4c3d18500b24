// Package longlive is broken in ways that the linter reactor tells.
package longlive

import (
	"fmt"

	"github.com/reactorgen/reactor"
)

// LongLive has a key that is disabled in .golangci.yml, and a wrong one in the same line.
//
//reactor:model name=longlive weights=vae fps=30 configg=a.yaml
type LongLive struct{ vae, extra string }

// New loads the weights.
func New(w reactor.Weights) (m *LongLive, err error) {
	m = new(LongLive)
	if m.vae, err = w.Path("vea"); err != nil {
		return nil, err
	}
	m.extra, err = w.Path("extra") //nolint:reactor // somebody puts it there by hand
	return m, err
}

// StartSession draws nothing.
func (m *LongLive) StartSession(reactor.Context) error { return nil }

// String is wrong in a way that another linter tells.
func (m *LongLive) String() string { return fmt.Sprintf("%d", m.vae) }
