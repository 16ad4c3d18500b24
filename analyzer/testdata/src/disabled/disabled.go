package disabled

import "github.com/reactorgen/reactor"

//reactor:model name=plasma fps=30 weigths=palette // want `unknown key "weigths".*\[RG112\]`
type Plasma struct{}

func (m *Plasma) StartSession(ctx reactor.Context) error { return nil }
