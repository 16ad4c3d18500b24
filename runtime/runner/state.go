package runner

// State is where the model is in its life. The values are the ones of the
// protocol.
type State string

// The states of a model.
const (
	StateLoading   State = "loading"   // the constructor has not returned
	StateIdle      State = "idle"      // loaded, without a session
	StateRunning   State = "running"   // in a session
	StateResetting State = "resetting" // its session is asked to stop and has not ended
	StateError     State = "error"     // loading or the last session ended badly
)

// event is what moves the model from one state to another.
type event string

const (
	loaded    event = "loaded"     // the constructor returned a model
	notLoaded event = "not loaded" // the constructor returned an error or panicked
	started   event = "started"    // a session began
	stopAsked event = "stop asked" // a client, the orphan timer or Close wants the end
	ended     event = "ended"      // the session ended cleanly
	failed    event = "failed"     // the session ended with an error or a panic
	givenUp   event = "given up"   // the session did not end in time
)

// step is one state and what happens in it.
type step struct {
	in State
	on event
}

// table holds every step that there is. What is not here is not possible.
var table = map[step]State{
	{StateLoading, loaded}:    StateIdle,
	{StateLoading, notLoaded}: StateError,
	{StateIdle, started}:      StateRunning,
	{StateError, started}:     StateRunning,
	{StateRunning, stopAsked}: StateResetting,
	{StateRunning, ended}:     StateIdle,
	{StateRunning, failed}:    StateError,
	{StateResetting, ended}:   StateIdle,
	{StateResetting, failed}:  StateError,
	{StateResetting, givenUp}: StateError,
}

// next returns the state that follows, or false where the event is not possible.
func next(in State, on event) (State, bool) {
	to, ok := table[step{in, on}]
	return to, ok
}
