package tested_test

//reactor:model name=outside // want `in a _test.go file.*\[RG522\]`
type outside struct{}
