package webrtc

import (
	"github.com/pion/interceptor"
	"github.com/pion/rtp"
)

// playoutDelayURI names the RTP header extension that bounds how long a receiver
// may hold a frame back
// (http://www.webrtc.org/experiments/rtp-hdrext/playout-delay).
const playoutDelayURI = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"

// noDelay is the extension's value for a delay of at least 0 and at most 0: show
// each frame as soon as it is decoded. Two numbers of 12 bits.
var noDelay = [3]byte{}

// playout makes interceptors that ask the receiver to hold no frame back.
type playout struct{}

// NewInterceptor implements interceptor.Factory.
func (playout) NewInterceptor(string) (interceptor.Interceptor, error) {
	return &playoutDelay{}, nil
}

// playoutDelay puts the extension on every packet of streams that negotiated it.
type playoutDelay struct{ interceptor.NoOp }

// BindLocalStream implements interceptor.Interceptor.
func (*playoutDelay) BindLocalStream(info *interceptor.StreamInfo, next interceptor.RTPWriter) interceptor.RTPWriter {
	id := playoutDelayID(info)
	if id == 0 {
		return next
	}
	return interceptor.RTPWriterFunc(func(h *rtp.Header, payload []byte, a interceptor.Attributes) (int, error) {
		if err := h.SetExtension(id, noDelay[:]); err != nil {
			return 0, err
		}
		return next.Write(h, payload, a)
	})
}

// playoutDelayID is the number that the extension has in a stream, 0 for none:
// 0 is not a number of an extension (RFC 8285, section 4.2).
func playoutDelayID(info *interceptor.StreamInfo) uint8 {
	for _, e := range info.RTPHeaderExtensions {
		if e.URI == playoutDelayURI && e.ID > 0 && e.ID < 256 {
			return uint8(e.ID)
		}
	}
	return 0
}
