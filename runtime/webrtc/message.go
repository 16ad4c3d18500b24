package webrtc

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/reactorgen/reactor/runtime/runner"
)

// The messages of the runtime, besides those of the model. A viewer passes them
// on to the page as they are.
type (
	// commandApplied says that a command's method ran, and the first frame that
	// was emitted after it.
	commandApplied struct {
		Command string `json:"command"`
		Frame   uint64 `json:"frame"`
	}

	// commandRefused says what is wrong with a command. Command is empty when the
	// message was none.
	commandRefused struct {
		Command string `json:"command"`
		runner.Refusal
	}

	// commandFailed says that a command's method returned an error or panicked.
	commandFailed struct {
		Command string `json:"command"`
		Message string `json:"message"`
	}

	// modelCapabilities lists the commands, in the order of declaration.
	modelCapabilities struct {
		Commands []runner.CommandInfo `json:"commands"`
	}

	// clockReading relates our clock to the viewer's and to the RTP clock of the
	// track. All times are in milliseconds, ours since the Unix epoch.
	clockReading struct {
		ClientMS float64 `json:"client_ms"` // as the viewer sent it
		ServerMS float64 `json:"server_ms"` // the moment of the answer

		// RTP is the timestamp of a frame, at 90 kHz, RTPMS when it was due.
		RTP   uint32  `json:"rtp"`
		RTPMS float64 `json:"rtp_ms"`

		Encoding encoding `json:"encoding"`
	}

	// sessionEnded is the last message of a session.
	sessionEnded struct {
		Reason  string       `json:"reason"`
		Cause   runner.Cause `json:"cause,omitempty"`   // the kind of what went wrong with the model
		Message string       `json:"message,omitempty"` // what it said
	}
)

// ended is the message for the end of a session.
func ended(e runner.End) sessionEnded {
	m := sessionEnded{Reason: e.Reason, Cause: e.Cause}
	if e.Err != nil {
		m.Message = e.Err.Error()
	}
	return m
}

// invalidMessage is the code for what is not a message at all.
const invalidMessage = "invalid_message"

// notController is the code for a command of a viewer who only watches.
const notController = "not_controller"

// errWatches is why. It holds for tracks too that such a viewer would send.
var errWatches = errors.New("this viewer watches; another one controls the session")

// noSession is the code for a command of a viewer whose session is over.
const noSession = "no_session"

// errOver is why.
var errOver = errors.New("the connection has come to its end: connect to the session that runs now")

// busy is the code for messages that come too fast.
const busy = "busy"

// errBusy is why.
var errBusy = fmt.Errorf("more than %d messages in one second", maxRequests)

// refused is how a command ends that is not taken.
func refused(command, code, why string) runner.Outcome {
	return runner.Outcome{Command: command, Status: runner.Refused, Refusal: &runner.Refusal{Code: code, Message: why}}
}

// milliseconds since the Unix epoch.
func milliseconds(t time.Time) float64 {
	return float64(t.UnixMicro()) / 1000
}

// outcome returns the messages that answer a command: its result, where there is
// one, and how it ended.
func (d Dialect) outcome(o runner.Outcome) ([][]byte, error) {
	switch o.Status {
	case runner.Refused:
		return d.one("commandRefused", commandRefused{o.Command, *o.Refusal})
	case runner.Failed:
		return d.one("commandFailed", commandFailed{o.Command, o.Err.Error()})
	}
	if o.Result == nil {
		return d.one("commandApplied", commandApplied{o.Command, o.Frame})
	}
	result, err := json.Marshal(o.Result)
	if err != nil {
		return d.one("commandFailed", commandFailed{o.Command, "its result cannot be sent: " + err.Error()})
	}
	ended, err := d.runtime("commandApplied", commandApplied{o.Command, o.Frame})
	return [][]byte{d.application(result), ended}, err
}

func (d Dialect) one(kind string, data any) ([][]byte, error) {
	text, err := d.runtime(kind, data)
	return [][]byte{text}, err
}

// capabilities returns the message that lists the commands.
func (d Dialect) capabilities(c *runner.Capabilities) ([]byte, error) {
	if d == Legacy {
		return d.application(c.JSON()), nil
	}
	commands := c.List()
	if commands == nil {
		commands = []runner.CommandInfo{} // clients want a list
	}
	return d.runtime("modelCapabilities", modelCapabilities{commands})
}
