package place

//reactor:model name=detached // want `separated from type Detached by a blank line.*\[RG201\]`

type Detached struct{}

//reactor:model name=value // want `not on a variable \[RG203\]`
var value int

func body() {
	//reactor:model name=body // want `\[RG207\]`
}
