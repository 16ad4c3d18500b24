package reactortest

import (
	"image"
	"io"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

// rest gives those that come to life at one moment an order, as the virtual clock
// gives them none: what plays frames that have been emitted goes before the model
// emits another, and both go before the test.
type rest struct {
	turn   chan struct{} // has room for one, as synctest.Wait has
	models atomic.Int32  // that wait for a turn, or have it
}

// rests has the rest of each test that runs, as its bubble lets only one goroutine
// wait at a time: the sessions of one test share it.
var rests sync.Map

// restOf returns the rest of a test.
func restOf(t testing.TB) *rest {
	r, known := rests.LoadOrStore(t, &rest{turn: make(chan struct{}, 1)})
	if !known {
		t.Cleanup(func() { rests.Delete(t) })
	}
	return r.(*rest)
}

// model returns when nothing else moves, but for a test that waits for the model.
func (r *rest) model() {
	r.models.Add(1)
	r.turn <- struct{}{}
	synctest.Wait()
	r.models.Add(-1)
	<-r.turn
}

// test returns when nothing else moves.
func (r *rest) test() {
	for waiting := true; waiting; {
		r.turn <- struct{}{}
		synctest.Wait()
		waiting = r.models.Load() > 0
		<-r.turn
	}
}

// orderly is a model that emits in its turn, and tells when it has seen a frame or heard
// sound.
type orderly struct {
	reactor.VideoModel
	rest *rest
	seen chan<- struct{}
}

// StartSession implements reactor.VideoModel.
func (m orderly) StartSession(ctx reactor.Context) error {
	return m.VideoModel.StartSession(orderlyContext{ctx, m.rest})
}

// Close closes the model, if it can be closed.
func (m orderly) Close() error {
	if closer, ok := m.VideoModel.(io.Closer); ok {
		return closer.Close()
	}
	return nil
}

// handler returns a handler of the model whose commands emit in their turn. Those
// that run beside the model cannot emit.
func (m orderly) handler(h runner.Handler) runner.Handler {
	call := h.Call
	h.Call = func(ctx reactor.Context, _ reactor.VideoModel, args *runner.Args) (any, error) {
		if !h.Async {
			ctx = orderlyContext{ctx, m.rest}
		}
		return call(ctx, m.VideoModel, args)
	}
	return h
}

// orderlyContext is the context of such a model.
type orderlyContext struct {
	reactor.Context
	rest *rest
}

// EmitBlock implements reactor.Context.
func (c orderlyContext) EmitBlock(b *reactor.Block) error {
	c.rest.model()
	return c.Context.EmitBlock(b)
}

// EmitImage implements reactor.Context.
func (c orderlyContext) EmitImage(img image.Image) error {
	c.rest.model()
	return c.Context.EmitImage(img)
}
