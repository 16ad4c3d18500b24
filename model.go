package reactor

// VideoModel is a real-time video model. The runtime constructs one value,
// keeps it loaded, and runs its sessions one after another.
//
// A model may have more methods, with exactly these signatures:
//
//	OnFrame(f reactor.Frame) // gets the video of the viewer who controls the session
//	OnSound(s reactor.Sound) // gets the sound of that viewer
//	Close() error            // is called when the program ends
//
// OnFrame makes the model take a track of video that viewers can publish, such as
// a camera. It is called on the model's goroutine at the safe points of [Context],
// like commands, so a model needs no locks. Of frames that come faster than the
// model is at its safe points, it gets the newest. A panic in it is one of the
// model: the session ends.
//
// OnSound does the same for a track of sound, such as a microphone. It gets all that
// has come in since the model's last safe point, in one piece; of what waits for longer
// than half a second, the oldest is dropped.
type VideoModel interface {
	// StartSession runs one session, from the start that a client asks for to
	// its stop. Returning nil ends the session; so does returning [ErrStopped].
	// Any other error, and a panic, ends it in the state "error". The model
	// stays loaded either way and the next session may start, so what belongs
	// to one viewer is reset here or in a defer.
	StartSession(ctx Context) error
}
