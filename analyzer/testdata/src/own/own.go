package main

import "github.com/reactorgen/reactor"

//reactor:model name=longlive
type LongLive struct{}

func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }

func main() {} // want `\[RG213\]`
