//go:build never

package ignored

// reactor:command fast // want `is an ordinary comment.*\[RG101\]`
func (m *LongLive) Fast() {}
