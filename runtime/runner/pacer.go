package runner

import (
	"context"
	"sync"
	"time"

	"github.com/reactorgen/reactor"
)

const (
	// minInterval is the shortest time between two frames: 60 a second.
	minInterval = time.Second / 60

	// slack is by how much a single frame may be late and still keep the even
	// schedule of those before it: more than what timers are late by, and too
	// little to be seen.
	slack = minInterval / 4

	// maxBlocks is how many blocks are held: one that plays, one that waits.
	maxBlocks = 2
)

// pacer gives every frame of a session its number and its time. A single frame
// is written by the goroutine that offers it; larger blocks are copied and
// played evenly by the goroutine that runs play.
type pacer struct {
	write   func(Frame)
	start   time.Time
	freed   chan struct{}  // has a token when a block has been played
	changed chan struct{}  // has a token when the rate has been measured
	ready   chan *playable // blocks to play

	mu            sync.Mutex
	meter         meter
	numbered      uint64        // frames that have a number
	held          uint64        // frames that are offered and have none
	due           time.Time     // of the last frame; zero before the first
	queued        int           // blocks that play or wait
	waited        time.Duration // how long the block that plays has waited
	spare         []*playable   // memory of blocks that have been played; nil before
	width, height int           // of the last frame
	black         []byte        // zeros
}

// playable is a copy of a block of the model.
type playable struct {
	reactor.Block
	number  uint64 // of the first frame
	arrived time.Time
}

// newPacer returns the pacer of a session that starts now. It calls write from
// the goroutine of play and from those that offer.
func newPacer(start time.Time, write func(Frame)) *pacer {
	return &pacer{
		write: write, start: start,
		freed:   make(chan struct{}, 1),
		changed: make(chan struct{}, 1),
		ready:   make(chan *playable, maxBlocks),
		meter:   newMeter(start),
		spare:   make([]*playable, maxBlocks),
		width:   1280, height: 720,
	}
}

// blank is one black frame of the size of the last one.
func (p *pacer) blank() reactor.Block {
	p.mu.Lock()
	defer p.mu.Unlock()
	size := p.width * p.height * 3
	if len(p.black) < size {
		p.black = make([]byte, size)
	}
	return reactor.Block{Frames: 1, Height: p.height, Width: p.width, Pix: p.black[:size]}
}

// nextFrame is the number of the first frame that the model has not made yet.
func (p *pacer) nextFrame() uint64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.numbered + p.held + 1
}

// arrive takes the measure of a block that the model has made. Offers of it
// follow, until it is taken or withdrawn.
func (p *pacer) arrive(b *reactor.Block) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.meter.block(b.Frames, time.Now())
	p.held += uint64(b.Frames)
	signal(p.changed)
}

// withdraw ends the offers of a block that will not be shown.
func (p *pacer) withdraw(b *reactor.Block) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held -= uint64(b.Frames)
}

// clock starts the clock by which the next block is measured, or stops it.
func (p *pacer) clock(run bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.meter.since = time.Time{}
	if run {
		p.meter.since = time.Now()
	}
}

// offer takes the block and keeps nothing of it, or does not take it yet: then
// it is to be offered again at the time that it returns, and when freed has a
// token where that time is zero.
func (p *pacer) offer(b *reactor.Block) (taken bool, again time.Time) {
	p.mu.Lock()
	if b.Frames > 1 || p.queued > 0 {
		p.mu.Unlock()
		return p.enqueue(b), time.Time{}
	}
	now := time.Now()
	due := p.due.Add(minInterval)
	if due.After(now) {
		p.mu.Unlock()
		return false, due
	}
	if now.Sub(due) > slack {
		due = now
	}
	p.due = due
	number := p.number(b)
	p.mu.Unlock()
	p.write(Frame{Track: MainVideo, Number: number, PTS: due.Sub(p.start), Width: b.Width, Height: b.Height, Pix: b.Pix})
	return true, time.Time{}
}

// number gives the frames of b their numbers and returns the first.
func (p *pacer) number(b *reactor.Block) uint64 {
	first := p.numbered + 1
	p.numbered += uint64(b.Frames)
	p.held -= uint64(b.Frames)
	p.width, p.height = b.Width, b.Height
	return first
}

// enqueue copies the block for play, if there is room.
func (p *pacer) enqueue(b *reactor.Block) bool {
	c := p.room()
	if c == nil {
		return false
	}
	pix := append(c.Pix[:0], b.Pix...)
	c.Block = *b
	c.Pix = pix
	p.mu.Lock()
	defer p.mu.Unlock()
	c.number, c.arrived = p.number(b), time.Now()
	p.ready <- c // has room for all that there are
	return true
}

// room returns memory for a block, or nil.
func (p *pacer) room() *playable {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.spare) == 0 {
		return nil
	}
	c := p.spare[len(p.spare)-1]
	p.spare = p.spare[:len(p.spare)-1]
	p.queued++
	if c == nil {
		c = new(playable)
	}
	return c
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
				p.write(Frame{
					Track: MainVideo, Number: b.number + uint64(i), PTS: p.due.Sub(p.start),
					Width: b.Width, Height: b.Height, Pix: b.Frame(i),
				})
			}
			p.free(b)
		case <-stop.Done():
			return
		}
	}
}

// await lets pass what is left until frame i of the block is due. It returns
// false when stop is done before. A new measure of the rate counts at once.
func (p *pacer) await(stop context.Context, timer *time.Timer, b *playable, i int) bool {
	for {
		wait := p.untilDue(b, i, time.Now())
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
// late timers do not add up; but a block that came late, and a program that was
// held up for longer than a frame, start the schedule anew.
func (p *pacer) untilDue(b *playable, i int, now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	interval := p.meter.interval(b.Frames, p.waited)
	due := p.due.Add(interval)
	if i == 0 && due.Before(b.arrived) {
		due = b.arrived
	}
	if due.After(now) {
		return due.Sub(now)
	}
	if now.Sub(due) > interval {
		due = now
	}
	p.due = due
	if i == 0 {
		p.waited = due.Sub(b.arrived)
	}
	return 0
}

// free takes the memory of a block back that has been played.
func (p *pacer) free(b *playable) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.spare = append(p.spare, b)
	p.queued--
	signal(p.freed)
}

// drain returns when every block has been played or stop is done.
func (p *pacer) drain(stop context.Context) {
	for {
		p.mu.Lock()
		queued := p.queued
		p.mu.Unlock()
		if queued == 0 {
			return
		}
		select {
		case <-p.freed:
		case <-stop.Done():
			return
		}
	}
}
