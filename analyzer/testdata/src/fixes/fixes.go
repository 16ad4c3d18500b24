package fixes

import "github.com/reactorgen/reactor"

// LongLive makes a video that never ends.
//
//reactor:model name=longlive // want `separated from type LongLive by a blank line.*\[RG201\]`

type LongLive struct{}

func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }

// reactor:command set_prompt description="Set the prompt" // want `is an ordinary comment.*\[RG101\]`
func (m *LongLive) SetPrompt(prompt string) {}

//reactor:comand reset // want `unknown directive "reactor:comand".*\[RG102\]`
func (m *LongLive) Reset() {}
