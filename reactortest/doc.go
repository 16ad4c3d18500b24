// Package reactortest runs a model in `go test` on a virtual clock: minutes of a
// session take milliseconds, and every run is the same. Its nouns are the
// [Session], whose only viewer is the test, and the [Frame].
//
//	func TestSpeed(t *testing.T) {
//		synctest.Test(t, func(t *testing.T) {
//			m := New(Config{Width: 64, Height: 36, FPS: 30})
//			s := reactortest.Start(t, m)
//			s.Frame(30)                    // a second later
//			s.Do(func() { m.SetSpeed(0) }) // on the model's goroutine
//			still := s.Next().Hash()
//			if s.Play(time.Minute).Hash() != still {
//				t.Error("it moves")
//			}
//			s.Golden("a still") // testdata/TestSpeed.golden; -update writes it
//		})
//	}
//
// Underneath is the runner that serves viewers, so that pacing, back-pressure,
// safe points, refusals and the ways to end are the real ones. Only the transport
// is another:
//
//	test ──Do, Command, Leave, Stop──► runner ──► StartSession(Context)
//	test ──Show, Hear────────────────► runner ──► OnFrame(Frame), OnSound(Sound)
//	test ◄──Frame, Track, Sound ──── screen ◄──── EmitBlock
//	test ◄──Messages, End─────────── screen ◄──── Send
//
// The clock is that of [testing/synctest]: it stands still while anything runs,
// and jumps when all goroutines of the test wait. That goes for time.Sleep in the
// model too, which is how a test plays a model that is slow. What the test sees and
// does at a moment is after all that the model does at that moment: a command that
// is sent when a frame is shown arrives while the model waits to draw the next.
// Where several goroutines wake at one moment, they have an order, so that they
// must not call [synctest.Wait] themselves: [Session.Play] does.
//
// Nothing is encoded, sent or listened on. What waits for the world outside (a
// network, a process, a lock that is held across a wait) holds up the clock; a
// model that needs it is to be given something else in the test.
package reactortest
