package stray

import "github.com/reactorgen/reactor"

type LongLive struct{}

func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }

//reactor:command stop // want `command method Stop is on LongLive, which is no model \[RG322\]`
func (m *LongLive) Stop() {}
