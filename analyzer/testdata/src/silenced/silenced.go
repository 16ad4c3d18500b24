package silenced

import "github.com/reactorgen/reactor"

//reactor:ignore RG121 the rate that it was trained at
//reactor:model name=longlive fps=30
type LongLive struct{}

func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }

//reactor:ignore RG221 // want `\[RG131\]`
//reactor:command helper
func helper() {}

//reactor:ignore RG222 nothing needs this, which takes the project to see
type Other struct{}
