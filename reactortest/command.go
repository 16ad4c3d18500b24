package reactortest

import (
	"encoding/json"
	"fmt"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

// do is the command by which the test calls methods. No directive can name one
// like it.
const do = "(do)"

// withDo adds the command to capabilities.
func withDo(capabilities string) (string, error) {
	var all struct {
		Commands map[string]json.RawMessage `json:"commands"`
	}
	if capabilities != "" {
		if err := json.Unmarshal([]byte(capabilities), &all); err != nil {
			return "", fmt.Errorf("capabilities: %w", err)
		}
	}
	if all.Commands == nil {
		all.Commands = map[string]json.RawMessage{}
	}
	all.Commands[do] = json.RawMessage("{}")
	text, err := json.Marshal(all)
	return string(text), err
}

// Do calls f on the model's goroutine at its next safe point, as a command is
// called: f calls methods of the model that are commands. The limits of their
// parameters are not looked at: see [Session.Try]. It returns the number of the
// first frame that is drawn after it. A panic in f ends the test.
func (s *Session) Do(f func()) (frame uint64) {
	s.t.Helper()
	return s.DoContext(func(reactor.Context) { f() })
}

// DoContext is Do for commands that take the session.
func (s *Session) DoContext(f func(ctx reactor.Context)) (frame uint64) {
	s.t.Helper()
	s.action = f
	out := s.send(do, "")
	if out.Status != runner.Applied {
		s.t.Fatalf("what was to be done %s: %v", became(out), reason(out))
	}
	return out.Frame
}

// call is the handler of Do.
func (s *Session) call(ctx reactor.Context, _ reactor.VideoModel, _ *runner.Args) (any, error) {
	s.action(ctx)
	return nil, nil
}

// Command sends a command with its arguments as a JSON object, as a client does,
// and waits for its answer. Where it is not applied, that ends the test.
func (s *Session) Command(name, args string) runner.Outcome {
	s.t.Helper()
	out := s.send(name, args)
	if out.Status != runner.Applied {
		s.t.Fatalf("the command %s %s %s: %v", name, args, became(out), reason(out))
	}
	return out
}

// Try is Command for those that may be refused or fail.
func (s *Session) Try(name, args string) runner.Outcome {
	s.t.Helper()
	return s.send(name, args)
}

// send sends a command when the model is at rest, and waits for its answer.
func (s *Session) send(name, args string) (out runner.Outcome) {
	s.t.Helper()
	s.rest.test()
	answered := make(chan struct{})
	s.runner.Command(name, json.RawMessage(args), func(o runner.Outcome) {
		out = o
		close(answered)
	})
	if !s.wait(answered) {
		s.t.Fatalf("the command %s has no answer within %v: the model comes to no safe point", name, patience)
	}
	return out
}

// became says what became of a command that was not applied.
func became(out runner.Outcome) string {
	if out.Status == runner.Refused {
		return "was refused"
	}
	return "failed"
}

// reason is why a command was not applied.
func reason(out runner.Outcome) error {
	if out.Refusal != nil {
		return out.Refusal
	}
	return out.Err
}
