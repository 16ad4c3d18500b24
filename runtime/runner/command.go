package runner

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/reactorgen/reactor"
)

// errCommandExited is the end of a command that leaves its goroutine for good.
var errCommandExited = errors.New("the command called runtime.Goexit")

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

	// Result is what the method returned, as JSON text (a json.RawMessage), or
	// nil: it was encoded where the model could not change it meanwhile.
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
	// Code is stable: unknown_command, invalid_parameter, unresolved_upload,
	// no_session, busy.
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

// Command hands a command to the model and calls answer exactly once with what
// became of it. args is a JSON object; nothing and null stand for an empty one.
// Command does not block. Answer must not block either; it may run on any
// goroutine, and before Command returns.
func (r *Runner) Command(name string, args json.RawMessage, answer func(Outcome)) {
	c := &command{handler: Handler{Name: name}, reply: r.timed(answer)}
	handler, known := r.handlers[name]
	if !known {
		c.refuse(&Refusal{Code: "unknown_command", Message: fmt.Sprintf("there is no command %s", show(name))})
		return
	}
	c.handler = handler
	var refusal *Refusal
	if c.args, refusal = parseArgs(args, r.capabilities.schemas[name], r.options.Uploads); refusal != nil {
		c.refuse(refusal)
		return
	}
	r.mu.Lock()
	s := r.session
	r.mu.Unlock()
	if s == nil {
		c.refuse(noSession())
		return
	}
	uploads := c.args.arrivals()
	if len(uploads) == 0 {
		s.put(c)
		return
	}
	if refusal := s.queue.hold(func() { s.await(c, uploads) }); refusal != nil {
		c.refuse(refusal)
	}
}

// command is one command of a client on its way to its answer.
type command struct {
	handler Handler
	args    *Args
	once    sync.Once
	reply   func(Outcome)
}

// answer gives the outcome to the client, unless it has one already.
func (c *command) answer(o Outcome) {
	o.Command = c.handler.Name
	c.once.Do(func() { c.reply(o) })
}

// refuse answers that the client asked for something invalid.
func (c *command) refuse(r *Refusal) { c.answer(Outcome{Status: Refused, Refusal: r}) }

// put hands a command to the model, or refuses it.
func (s *session) put(c *command) {
	if refusal := s.queue.put(c, func(c *command) { s.execute(c, asyncContext{s.forModel}) }); refusal != nil {
		c.refuse(refusal)
	}
}

// execute runs a command and answers it.
func (s *session) execute(c *command, ctx reactor.Context) {
	outcome := Outcome{Status: Failed, Err: errCommandExited}
	defer func() {
		s.queue.done(c)
		c.answer(outcome)
	}()
	result, err := s.handle(c, ctx)
	if refusal, ok := errors.AsType[*Refusal](err); ok {
		outcome = Outcome{Status: Refused, Refusal: refusal}
	} else if err != nil {
		outcome = Outcome{Status: Failed, Err: err}
	} else {
		outcome = Outcome{Status: Applied, Frame: s.pacer.nextFrame(), Result: result}
	}
}

// handle calls the handler. The result is encoded here, where the model may not
// change it meanwhile.
func (s *session) handle(c *command, ctx reactor.Context) (result any, err error) {
	defer func() {
		if v := recover(); v != nil {
			result, err = nil, fmt.Errorf("panic: %v", v)
			s.log.Error("a command panicked", "command", c.handler.Name, "error", err, "stack", string(debug.Stack()))
		}
	}()
	value, err := c.handler.Call(ctx, s.model, c.args)
	if err != nil || value == nil {
		return nil, err
	}
	text, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("result: %w", err)
	}
	if string(text) == "null" {
		return nil, nil
	}
	return json.RawMessage(text), nil
}
