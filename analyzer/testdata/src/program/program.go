package main

import "github.com/reactorgen/reactor"

//reactor:model name=longlive
type longLive struct{}

func (m *longLive) StartSession(ctx reactor.Context) error { return nil }
