package client

import (
	"context"
	"encoding/json"
	"fmt"
)

// Applied says that a command's method ran.
type Applied struct {
	// Frame is the number of the first frame that was made after it.
	Frame uint64 `json:"frame"`
}

// Refused is the error of a command that asked for something invalid.
type Refused struct {
	Command string `json:"command"`

	// Code is stable, such as invalid_parameter.
	Code string `json:"code"`

	// Param is the parameter that is meant, or empty.
	Param string `json:"param"`

	// Message says what is wrong and what would be right.
	Message string `json:"message"`
}

// Error implements error.
func (r *Refused) Error() string {
	if r.Param == "" {
		return r.Command + ": " + r.Message
	}
	return r.Command + ": " + r.Param + ": " + r.Message
}

// Failed is the error of a command whose method failed.
type Failed struct {
	Command string `json:"command"`
	Message string `json:"message"`
}

// Error implements error.
func (f *Failed) Error() string { return f.Command + ": " + f.Message }

// call is a command that is on its way. Answers come by the command's name, so
// that there is one of each name at a time.
type call struct {
	free   chan struct{} // holds a token while none is on its way
	answer chan typed
}

// Command sends a command with its arguments, a value whose JSON is an object,
// and waits for what becomes of it: a [*Refused] or [*Failed] is the error of a
// command that was answered so. When ctx is done first, the command may run all
// the same. Of one name there is one command at a time; others wait.
func (c *Client) Command(ctx context.Context, name string, args any) (Applied, error) {
	data, err := json.Marshal(args)
	if err != nil {
		return Applied{}, fmt.Errorf("%s: %w", name, err)
	}
	answer, err := c.begin(ctx, name)
	if err != nil {
		return Applied{}, err
	}
	if err := c.send("application", name, data); err != nil {
		c.finish(err)
		return Applied{}, err
	}
	select {
	case m := <-answer:
		return outcome(m)
	case <-ctx.Done():
		return Applied{}, ctx.Err()
	case <-c.done:
		return Applied{}, c.err
	}
}

// begin waits until no command of the name is on its way.
func (c *Client) begin(ctx context.Context, name string) (answer chan typed, err error) {
	c.mu.Lock()
	way := c.calls[name]
	if way == nil {
		way = &call{free: make(chan struct{}, 1)}
		way.free <- struct{}{}
		c.calls[name] = way
	}
	c.mu.Unlock()
	select {
	case <-way.free:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-c.done:
		return nil, c.err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	way.answer = make(chan typed, 1)
	return way.answer, nil
}

// answered hands an answer to the command that waits for it.
func (c *Client) answered(m typed) {
	var about struct {
		Command string `json:"command"`
	}
	if json.Unmarshal(m.Data, &about) != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if way := c.calls[about.Command]; way != nil && way.answer != nil {
		way.answer <- m
		way.answer = nil
		way.free <- struct{}{}
	}
}

// outcome is what an answer says.
func outcome(m typed) (applied Applied, err error) {
	switch m.Type {
	case "commandRefused":
		refused := new(Refused)
		if err = json.Unmarshal(m.Data, refused); err == nil {
			err = refused
		}
	case "commandFailed":
		failed := new(Failed)
		if err = json.Unmarshal(m.Data, failed); err == nil {
			err = failed
		}
	default:
		err = json.Unmarshal(m.Data, &applied)
	}
	return applied, err
}
