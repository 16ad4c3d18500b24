package runner

// Health tells whether the model can serve.
type Health struct {
	State State

	// Ready tells that a session runs or could be started.
	Ready bool

	// Why is one of the words below where there is something to say.
	Why string

	// Cause is what went wrong where that is why.
	Cause Cause
}

// What there is to say about a model's health.
const (
	WhyLoading   = "loading"           // the constructor has not returned
	WhyNotLoaded = "load_failed"       // and never will be ready
	WhyEnding    = "ending"            // the program ends
	WhyAbandoned = "session_abandoned" // the model still runs a session that is over
	WhyFailed    = "session_failed"    // the last session; the next may start
)

// Health returns the health of this moment.
func (r *Runner) Health() Health {
	r.mu.Lock()
	defer r.mu.Unlock()
	h := Health{State: r.state}
	switch {
	case r.model == nil && r.state == StateError: // the program ends for that
		h.Why, h.Cause = WhyNotLoaded, r.trouble.Cause
	case r.closed:
		h.Why = WhyEnding
	case r.state == StateLoading:
		h.Why = WhyLoading
	case r.abandoned != nil:
		h.Why, h.Cause = WhyAbandoned, r.trouble.Cause
	case r.state == StateError:
		h.Ready, h.Why, h.Cause = true, WhyFailed, r.trouble.Cause
	default:
		h.Ready = true
	}
	return h
}
