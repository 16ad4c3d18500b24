package tested

import "github.com/reactorgen/reactor"

//reactor:model name=longlive weights=vae
type LongLive struct{}

func New(w reactor.Weights) (*LongLive, error) {
	_, err := w.Path("vae")
	return new(LongLive), err
}

func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
