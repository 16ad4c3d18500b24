package headless

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/reactorgen/reactor/runtime/runner"
)

// command sends a command to the model. The outcome is told when it is there; the
// next line waits for it, but not for ever.
func (c *Console) command(ctx context.Context, v Verb) {
	if !c.running("Cannot send command") {
		c.failed.Store(true)
		return
	}
	answered := make(chan struct{})
	c.o.Runner.Command(v.command, v.args, func(o runner.Outcome) {
		c.outcome(o)
		close(answered)
	})
	late := time.NewTimer(answerTime)
	defer late.Stop()
	select {
	case <-answered:
	case <-late.C:
		c.report.info(fmt.Sprintf("Command '%s' is waiting for the model; its outcome is told when it is there", v.command))
	case <-ctx.Done():
	}
}

// outcome tells what became of a command.
func (c *Console) outcome(o runner.Outcome) {
	e := event{Event: "command", Command: o.Command, Status: o.Status}
	switch o.Status {
	case runner.Applied:
		e.Frame, e.Result = o.Frame, o.Result
		lines := []string{fmt.Sprintf("[OK] Command '%s' applied at frame %d", o.Command, o.Frame)}
		if o.Result != nil {
			lines = append(lines, "[RESULT] "+indented(encodeJSON(o.Result)))
		}
		c.report.tell(e, lines...)
		return
	case runner.Refused:
		e.Refusal = o.Refusal
		c.report.tell(e, fmt.Sprintf("[ERROR] Command '%s' refused: %v", o.Command, o.Refusal))
	default:
		e.Error = o.Err.Error()
		c.report.tell(e, fmt.Sprintf("[ERROR] Command failed: %v", o.Err))
	}
	c.failed.Store(true)
}

// verbs is the first part of help.
const verbs = `start [--input PATH] [--input-fps N]    start a session; the model gets the pictures of a folder or a video
stop                                    stop the session
cmd NAME [JSON]                         send a command to the model
wait N frames, wait 2s                  let frames or time pass
help                                    show this
quit, exit                              stop the session and end`

// help lists the verbs and the model's commands.
func (c *Console) help() {
	text := verbs + "\n"
	commands := c.o.Runner.Capabilities().List()
	if len(commands) == 0 {
		text += "\nNo model commands available."
	} else {
		text += "\nModel commands:"
	}
	for _, info := range commands {
		text += "\n  " + info.Name
		if info.Description != "" {
			text += ": " + info.Description
		}
		text += "\n    " + string(info.Schema)
	}
	c.report.tell(event{Event: "help", Text: verbs, Result: json.RawMessage(c.o.Runner.Capabilities().JSON())}, text)
}
