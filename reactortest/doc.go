// Package reactortest runs a model in `go test` on a virtual clock: minutes of a
// session take milliseconds, and every run is the same. Its nouns are the
// [Session], which the test is the only viewer of, and the [Frame].
//
//	synctest.Test(t, func(t *testing.T) {
//		m := New(Config{Width: 64, Height: 36, FPS: 30})
//		s := reactortest.Start(t, m)
//		s.Frame(30)                      // a second later
//		s.Do(func() { m.SetSpeed(0) })   // on the model's goroutine
//		s.Golden("after a second")       // testdata/TestX.golden, -update
//	})
//
// Underneath is the runner that serves viewers, so that pacing, back-pressure,
// safe points, refusals and the ways to end are the real ones; only the transport
// is another:
//
//	test ──Do, Command, Stop──► runner ──► StartSession(Context)
//	test ◄──Frame, Messages, End── screen ◄── EmitBlock, Send
//
// The clock is that of [testing/synctest]: it stands still while anything runs,
// and jumps when all goroutines of the test wait. That goes for time.Sleep in the
// model too, which is how a test plays a slow one. What a method of the session
// finds is what is there when the model has come to rest: all that it does at this
// moment is done. So a command that is sent after a frame arrives while the model
// waits to draw the next one.
//
// Nothing is encoded, sent, listened on, or read but golden files. What waits for
// the world outside (a network, a process, a lock that is held for long) holds up
// the clock: a model that needs it is to be given another in the test.
package reactortest
