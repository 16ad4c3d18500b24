package reactor

// VideoModel is a real-time video model. The runtime constructs one value,
// keeps it loaded, and runs its sessions one after another.
type VideoModel interface {
	// StartSession runs one session, from the start that a client asks for to
	// its stop. Returning nil ends the session; so does returning [ErrStopped].
	// Any other error, and a panic, ends it in the state "error". The model
	// stays loaded either way and the next session may start, so what belongs
	// to one viewer is reset here or in a defer.
	StartSession(ctx Context) error
}
