package runner

import "github.com/reactorgen/reactor"

// Handler calls one command of the author's model. Handlers are generated: each
// takes its parameters from args by name and type, written out.
type Handler struct {
	// Name is what clients call the command by.
	Name string

	// Async tells that the command runs at once on a goroutine of its own and
	// not at the model's safe points.
	Async bool

	// Call decodes the parameters and calls the method. A result other than nil
	// goes to the client that sent the command.
	Call func(ctx reactor.Context, m reactor.VideoModel, args *Args) (result any, err error)
}

// Outcome is the answer to one command. Exactly one is given for each.
type Outcome struct {
	Command string
	Status  Status

	// Frame is the number of the first frame that was emitted after the command
	// had been applied; zero unless Status is Applied.
	Frame uint64

	// Result is what the method returned, or nil.
	Result any

	// Refusal is set where Status is Refused, Err where it is Failed.
	Refusal *Refusal
	Err     error
}

// Status is how a command ended.
type Status string

// The ends of a command.
const (
	Applied Status = "applied" // the method ran
	Refused Status = "refused" // the client asked for something invalid
	Failed  Status = "failed"  // the method returned an error or panicked
)

// Refusal says why a client's request is invalid. It crosses the wire.
type Refusal struct {
	// Code is stable: unknown_command, invalid_parameter, no_session, busy.
	Code string `json:"code"`

	// Param is the parameter that is meant, or empty.
	Param string `json:"param,omitempty"`

	// Message says what is wrong and what would be right.
	Message string `json:"message"`
}

// Error implements error.
func (r *Refusal) Error() string {
	if r.Param == "" {
		return r.Message
	}
	return r.Param + ": " + r.Message
}
