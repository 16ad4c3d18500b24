package webrtc

import (
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/runner"
)

// askGap is the time between two requests for a key frame.
const askGap = 500 * time.Millisecond

// InboundStats counts the pictures that viewers sent. Each one ends in one of the
// others.
type InboundStats struct {
	Pictures uint64 // that came in whole
	Decoded  uint64 // and were handed to the model
	Hidden   uint64 // that their sender does not mean to be seen
	Dropped  uint64 // left out: one before them is missing, there was no room, or the session was over
	Failed   uint64 // that the decoder refused

	// KeyRequests is how often a key frame was asked for.
	KeyRequests uint64
}

// inboundCounts are InboundStats that are being counted.
type inboundCounts struct {
	pictures, decoded, hidden, dropped, failed, keyRequests atomic.Uint64
}

func (c *inboundCounts) stats() InboundStats {
	return InboundStats{
		Pictures: c.pictures.Load(), Decoded: c.decoded.Load(), Hidden: c.hidden.Load(),
		Dropped: c.dropped.Load(), Failed: c.failed.Load(), KeyRequests: c.keyRequests.Load(),
	}
}

// maxCompressed is how many pictures of a track wait to be decoded.
const maxCompressed = 16

// queue is where pictures wait to be decoded.
type queue struct {
	pictures chan compressed
	counts   *inboundCounts
	full     bool // one was left out, so that the next ones are of no use
}

func newQueue(counts *inboundCounts) *queue {
	return &queue{pictures: make(chan compressed, maxCompressed), counts: counts}
}

// put puts a picture in line. It never waits.
func (q *queue) put(p compressed) {
	q.counts.pictures.Add(1)
	p.lost = p.lost || q.full
	select {
	case q.pictures <- p:
		q.full = false
	default:
		q.counts.dropped.Add(1)
		q.full = true
	}
}

// decoding is the way of one stream's pictures to the model. It is used by one
// goroutine.
type decoding struct {
	format  codec.Format
	decoder codec.Decoder
	track   string
	counts  *inboundCounts
	input   func(runner.Frame)
	askKey  func()
	act     func(do func()) bool // does it, unless the session may be over
	ended   <-chan struct{}      // closed: the session may be over

	waits bool      // for a key frame
	asked time.Time // for one, the last time
	rgb   []byte
}

// run decodes until the queue is closed.
func (d *decoding) run(queue <-chan compressed, log *slog.Logger) {
	d.needKey()
	for p := range queue {
		if err := d.take(p); err != nil {
			log.Debug("a picture of the viewer cannot be decoded", "track", d.track, "error", err)
		}
	}
	if err := d.decoder.Close(); err != nil {
		log.Error("decoder closed badly", "error", err)
	}
}

// take decodes a picture, unless it is of no use.
func (d *decoding) take(p compressed) error {
	d.waits = d.waits || p.lost
	if d.over() || d.waits && !d.format.IsKey(p.data) {
		d.counts.dropped.Add(1)
		d.needKey()
		return nil
	}
	pic, err := d.decoder.Decode(p.data)
	if d.waits = err != nil; d.waits {
		d.counts.failed.Add(1)
		d.needKey()
		return err
	}
	if pic == nil {
		d.counts.hidden.Add(1)
		return nil
	}
	d.rgb = codec.RGB(pic, d.rgb)
	d.give(runner.Frame{Track: d.track, Width: pic.Rect.Dx(), Height: pic.Rect.Dy(), Pix: d.rgb})
	return nil
}

// give hands the model a frame, unless the session came to its end meanwhile.
func (d *decoding) give(f runner.Frame) {
	given := d.act(func() {
		d.counts.decoded.Add(1)
		d.input(f)
	})
	if !given {
		d.counts.dropped.Add(1)
	}
}

// over tells whether the connection comes to its end: what it still has is of a
// session that may be none any more.
func (d *decoding) over() bool {
	select {
	case <-d.ended:
		return true
	default:
		return false
	}
}

// needKey asks for a key frame, unless that has just been done.
func (d *decoding) needKey() {
	if d.over() || time.Since(d.asked) < askGap {
		return
	}
	d.asked = time.Now()
	d.counts.keyRequests.Add(1)
	d.askKey()
}
