package model

import "github.com/reactorgen/reactor"

//reactor:model name=longlive config=../elsewhere.yaml // want `\[RG703\]`
type LongLive struct{} // want `^\*LongLive does not implement reactor.VideoModel: 1 of 1 method is wrong \[RG301\]; change it to func \(m \*LongLive\) StartSession\(ctx reactor.Context\) error$`

func (m *LongLive) StartSession() error { return nil }

func New(
	size int, // want `nothing can be supplied for parameter size int \[RG313\]`
) *LongLive {
	return nil
}

func NewLongLive() LongLive { return LongLive{} }

//reactor:command hidden
func (m *LongLive) hidden() {} // want `\[RG321\]`

type Other struct{}

//reactor:command stray
func (o Other) Stray() {} // want `\[RG322\]`
