//go:build never

package ignored

//reactor:model name=longlive
type Model = LongLive
