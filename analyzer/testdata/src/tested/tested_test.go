package tested

import "github.com/reactorgen/reactor"

// NewLongLive is for tests: the program around the model has but one constructor.
func NewLongLive() *LongLive {
	w := reactor.NewWeights([]string{"other"})
	w.Path("other")
	return new(LongLive)
}

//reactor:model name=double // want `in a _test.go file.*\[RG522\]`
type double struct{ LongLive }
