package runner

import (
	"context"
	"time"
)

// playable is a copy of a block of the model.
type playable struct {
	emission
	number  uint64    // of the first frame
	arrived time.Time // when there was room for it
}

// play plays the blocks until stop is done.
func (p *pacer) play(stop context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		select {
		case b := <-p.ready:
			for i := range b.Frames {
				if !p.await(stop, timer, b, i) {
					return
				}
				p.write(&b.emission, i, b.number+uint64(i))
			}
			if !p.await(stop, timer, b, b.Frames) {
				return
			}
			p.free(b)
		case <-stop.Done():
			return
		}
	}
}

// await lets pass what is left until frame i of the block is due, or behind the last
// one, until its sound has been heard. It returns false when stop is done before. A new
// measure of the rate counts at once.
func (p *pacer) await(stop context.Context, timer *time.Timer, b *playable, i int) bool {
	for {
		wait := p.untilDue(b, i)
		if wait <= 0 {
			return stop.Err() == nil
		}
		timer.Reset(wait)
		select {
		case <-timer.C:
		case <-p.changed:
		case <-stop.Done():
			return false
		}
	}
}

// untilDue returns how long it is until frame i of the block is due, or zero
// and takes it as shown. Times follow the schedule and not the clock, so that
// late timers do not add up; but a block that was waited for, and a program that was
// held up for longer than a frame, start the schedule anew.
func (p *pacer) untilDue(b *playable, i int) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.playtime.now()
	if i == b.Frames {
		return p.untilHeard(now)
	}
	interval := p.meter.interval(b.Frames, p.waited)
	due := p.next(interval)
	if awaited := b.made.After(p.played); i == 0 && awaited {
		due = later(due, b.made)
	}
	if due.After(now) {
		return due.Sub(now)
	}
	if now.Sub(due) > b.mayBeLate(interval) {
		due = now
	}
	p.show(&b.emission, i, due)
	if i == 0 {
		p.waited = due.Sub(b.arrived)
	}
	return 0
}

// untilHeard returns how long it is until the sound of the last frame has been heard.
func (p *pacer) untilHeard(now time.Time) time.Duration {
	if p.heard.samples == 0 {
		return 0
	}
	return p.heard.end().Sub(now)
}

// mayBeLate is by how much a frame may be late and still keep the schedule.
func (b *playable) mayBeLate(interval time.Duration) time.Duration {
	if b.samples() > 0 {
		return max(interval, maxLate)
	}
	return interval
}
