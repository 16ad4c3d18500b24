package ignored

type LongLive struct{}

//reactor:command stop
func (m *LongLive) Stop() {}
