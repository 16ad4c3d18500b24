package runner

import (
	"fmt"
	"sync"
)

// queueSize is how many commands may wait for the model, how many for uploads,
// and how many may run on goroutines of their own.
const queueSize = 64

// noSession refuses a command that no session takes.
func noSession() *Refusal {
	return &Refusal{Code: "no_session", Message: "no session is running"}
}

// busy refuses a command for which there is no room.
func busy() *Refusal {
	return &Refusal{Code: "busy", Message: fmt.Sprintf("%d commands before this one have not been carried out", queueSize)}
}

// queue holds the commands of one session, from when they arrive until they are
// answered. It is safe for concurrent use.
type queue struct {
	wake chan struct{} // has a token when a command has arrived

	mu      sync.Mutex
	closed  bool
	waiting []*command
	running map[*command]struct{}
	held    int            // commands that are to come later
	async   sync.WaitGroup // the goroutines of async commands and of those to come
}

func newQueue() *queue {
	return &queue{wake: make(chan struct{}, 1), running: map[*command]struct{}{}}
}

// put takes a command in, or says why not. An async command is run at once, by
// run on a goroutine that close waits for.
func (q *queue) put(c *command, run func(*command)) *Refusal {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.closed:
		return noSession()
	case c.handler.Async && len(q.running) < queueSize:
		q.running[c] = struct{}{}
		q.async.Go(func() { run(c) })
		return nil
	case !c.handler.Async && len(q.waiting) < queueSize:
		q.waiting = append(q.waiting, c)
		signal(q.wake)
		return nil
	}
	return busy()
}

// hold makes room for a command that is not to be put in at once, or says why
// not. Later puts it in, on a goroutine of its own that ends with the session.
func (q *queue) hold(later func()) *Refusal {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.closed:
		return noSession()
	case q.held == queueSize:
		return busy()
	}
	q.held++
	q.async.Go(func() {
		later()
		q.mu.Lock()
		defer q.mu.Unlock()
		q.held--
	})
	return nil
}

// len is how many commands wait.
func (q *queue) len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.waiting)
}

// take hands out the command that has waited longest, or nil.
func (q *queue) take() *command {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		return nil
	}
	c := q.waiting[0]
	q.waiting = q.waiting[1:]
	q.running[c] = struct{}{}
	return c
}

// done forgets a command that has run.
func (q *queue) done(c *command) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.running, c)
}

// close takes no more commands in and refuses those that wait.
func (q *queue) close() {
	q.mu.Lock()
	left := q.waiting
	q.waiting, q.closed = nil, true
	q.mu.Unlock()
	for _, c := range left {
		c.refuse(noSession())
	}
}

// abandon closes the queue and answers for the commands that still run.
func (q *queue) abandon() {
	q.close()
	q.mu.Lock()
	var left []*command
	for c := range q.running {
		left = append(left, c)
	}
	q.mu.Unlock()
	for _, c := range left {
		c.answer(Outcome{Status: Failed, Err: ErrAbandoned})
	}
}

// signal puts a token into a channel of one place, unless there is one.
func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
