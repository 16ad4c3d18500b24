package runner

import "time"

// begin and end stand around what the transport takes its time for. Where it may, the
// session's does not count that.
func (p *pacer) begin() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.patient {
		p.playtime.stop()
	}
}

func (p *pacer) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.patient {
		p.playtime.run()
	}
}

// work lets the model go to work on what follows b.
func (p *pacer) work(b *emission) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.playtime.work(b.made)
}

// send hands the transport a message of the model, which does not work meanwhile.
func (p *pacer) send(message []byte) {
	p.mu.Lock()
	before, made := time.Now(), p.playtime.made(p.held > 0)
	p.mu.Unlock()
	p.sendAside(message)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.playtime.work(made)
	p.meter.leaveOut(time.Since(before))
}

// sendAside hands it one of an async command, beside which the model works on.
func (p *pacer) sendAside(message []byte) {
	p.begin()
	defer p.end()
	p.out.send(message)
}
