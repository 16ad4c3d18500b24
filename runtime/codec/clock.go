package codec

import "time"

// ptsStep is the least distance of two presentation times: 90 ticks of the RTP
// clock of video (RFC 7741 and RFC 6184: 90 kHz).
const ptsStep = time.Millisecond

// ptsSlack is how far the writer's times may go back within one time line.
const ptsSlack = time.Second

// clock stamps pictures with presentation times that strictly increase, also
// where pictures are repeated and where the writer's time line starts anew.
type clock struct {
	offset time.Duration // from the writer's time line to ours
	in     time.Duration // the last one of the writer's
	out    time.Duration // the last one of ours
	at     time.Time     // when the picture of out came; zero: none yet
}

// stamp returns the presentation time of a picture from the writer. One that is
// a little earlier than the last is pushed behind it; when the writer's times go
// far back, ours go on with the wall clock.
func (c *clock) stamp(pts time.Duration, arrived time.Time) time.Duration {
	if !c.at.IsZero() && pts < c.in-ptsSlack {
		c.offset = c.out + arrived.Sub(c.at) - pts
	}
	c.in = pts
	return c.advance(pts+c.offset, arrived)
}

// again returns the presentation time of a repeated picture: later than the last
// one by the time that has passed since.
func (c *clock) again(now time.Time) time.Duration {
	return c.advance(c.out+now.Sub(c.at), now)
}

func (c *clock) advance(pts time.Duration, at time.Time) time.Duration {
	if !c.at.IsZero() {
		pts = max(pts, c.out+ptsStep)
	}
	c.out, c.at = pts, at
	return pts
}
