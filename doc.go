// Package reactor is what the author of a real-time video model imports.
//
// A model is a struct with a directive and one method:
//
//	// Plasma renders a plasma that the viewer can steer.
//	//
//	//reactor:model name=plasma config=configs/default.yaml
//	type Plasma struct{ speed float64 }
//
//	//reactor:command set_speed description="How fast it flows"
//	//reactor:param speed min=0 max=4
//	func (m *Plasma) SetSpeed(speed float64) { m.speed = speed }
//
//	func (m *Plasma) StartSession(ctx reactor.Context) error {
//		for !ctx.ShouldStop() {
//			if err := ctx.EmitBlock(m.draw()); err != nil {
//				return err
//			}
//		}
//		return nil
//	}
//
// The runtime constructs the model once, before any viewer connects, and calls
// StartSession for each session. Frames leave through [Context.EmitBlock];
// commands of the viewer run on the model's own goroutine at the safe points
// ([Context.ShouldStop], [Context.EmitBlock], [Context.Wait]), so a model needs
// no locks. A model with a method OnFrame([Frame]) gets the viewer's video there, one
// with OnSound([Sound]) the viewer's sound. A [Block] may carry pictures of more
// tracks, and sound; the struct declares them: //reactor:track NAME, with kind=audio
// for sound.
//
// The package imports the standard library only and knows nothing of transport,
// pictures on the wire, or files. The program around it is written by
// reactor-gen; see the README for the first ten minutes.
package reactor
