package two

//reactor:model name=first // want `project has 2 //reactor:model types.*\[RG402\]`
type First struct{}

//reactor:model name=second
type Second struct{}
