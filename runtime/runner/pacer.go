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

	// maxLate is by how much sound may be late and still follow what was heard before:
	// who hears it makes up for that better than for a gap.
	maxLate = 100 * time.Millisecond
)

// pacer gives every frame of a session its number and its time. A single frame
// is written by the goroutine that offers it; larger blocks, and those with sound, are
// copied and played evenly by the goroutine that runs play. Sound has a speed of its
// own: each frame that comes with some is shown until that has been heard.
type pacer struct {
	out     *outlet
	patient bool           // the time that the transport takes is none of the session
	start   time.Time      // where presentation times count from
	freed   chan struct{}  // has a token when a block has been played
	changed chan struct{}  // has a token when the rate has been measured
	ready   chan *playable // blocks to play

	mu            sync.Mutex
	playtime      playtime // all times below are the session's
	meter         meter
	numbered      uint64        // frames that have a number
	held          uint64        // frames that are offered and have none
	due           time.Time     // of the last frame; zero before the first
	heard         stretch       // what is heard up to the end of the last frame
	queued        int           // blocks that play or wait
	played        time.Time     // when the last of them was done; zero before
	waited        time.Duration // how long the block that plays has waited
	spare         []*playable   // memory of blocks that have been played; nil before
	width, height int           // of the last frame
	black         []byte        // zeros
}

// newPacer returns the pacer of a session that starts now. It writes from the
// goroutine of play and from those that offer.
func newPacer(start time.Time, out *outlet) *pacer {
	return &pacer{
		out: out, start: start,
		freed:   make(chan struct{}, 1),
		changed: make(chan struct{}, 1),
		ready:   make(chan *playable, maxBlocks),

		playtime: newPlaytime(start),
		meter:    newMeter(start),
		spare:    make([]*playable, maxBlocks),
		width:    1280, height: 720,
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
func (p *pacer) arrive(b *emission) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b.made = p.playtime.made(p.held > 0)
	p.meter.block(b.Frames, time.Now())
	p.held += uint64(b.Frames)
	signal(p.changed)
}

// withdraw ends the offers of a block that will not be shown.
func (p *pacer) withdraw(b *emission) {
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
func (p *pacer) offer(b *emission) (taken bool, again time.Time) {
	p.mu.Lock()
	if b.Frames > 1 || b.samples() > 0 || p.queued > 0 {
		p.mu.Unlock()
		return p.enqueue(b), time.Time{}
	}
	now := p.playtime.now()
	due := p.next(minInterval)
	if here := later(now, b.made); here.Sub(due) > slack {
		due = here
	}
	if due.After(now) {
		again = p.playtime.machine(due)
		p.mu.Unlock()
		return false, again
	}
	p.show(b, 0, due)
	number := p.number(b)
	p.mu.Unlock()
	p.write(b, 0, number)
	return true, time.Time{}
}

// write hands frame i of b, which is the last that was shown, to the transport. Nobody
// else shows one meanwhile.
func (p *pacer) write(b *emission, i int, number uint64) {
	p.begin()
	defer p.end()
	b.write(p.out, i, number, p.due.Sub(p.start))
}

// next is when a frame is due that follows the last one after an interval, or after
// the sound of that.
func (p *pacer) next(interval time.Duration) time.Time {
	if p.heard.samples > 0 {
		return p.heard.end()
	}
	return p.due.Add(interval)
}

// show takes frame i of b as shown at a time.
func (p *pacer) show(b *emission, i int, due time.Time) {
	p.due = due
	p.heard.add(due, b.part(i+1)-b.part(i))
}

// number gives the frames of b their numbers and returns the first.
func (p *pacer) number(b *emission) uint64 {
	first := p.numbered + 1
	p.numbered += uint64(b.Frames)
	p.held -= uint64(b.Frames)
	p.width, p.height = b.Width, b.Height
	return first
}

// enqueue copies the block for play, if there is room.
func (p *pacer) enqueue(b *emission) bool {
	c := p.room()
	if c == nil {
		return false
	}
	c.copy(b)
	p.mu.Lock()
	defer p.mu.Unlock()
	c.number, c.arrived = p.number(b), later(p.playtime.now(), b.made)
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

// free takes the memory of a block back that has been played.
func (p *pacer) free(b *playable) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.spare = append(p.spare, b)
	p.queued--
	p.played = p.playtime.now()
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
