package reactortest_test

import (
	"errors"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

// modelFunc is a model that is one function.
type modelFunc func(reactor.Context) error

func (f modelFunc) StartSession(ctx reactor.Context) error { return f(ctx) }

const interval = time.Second / 30

// counter is a cheap model of 30 frames a second: the first byte of each is the
// one of the frame before and a step more.
type counter struct{ step byte }

func (c *counter) StartSession(ctx reactor.Context) error {
	c.step = 1
	b := reactor.NewBlock(1, 36, 64)
	for due := time.Now(); !ctx.ShouldStop(); due = due.Add(interval) {
		b.Pix[0] += c.step
		if err := ctx.EmitBlock(b); err != nil {
			return err
		}
		if err := ctx.Wait(time.Until(due.Add(interval))); err != nil {
			return err
		}
	}
	return nil
}

// told is a message of the commands.
type told struct {
	Step int `json:"step"`
}

var errOdd = errors.New("odd steps are not possible today")

// commands are what a generated main has of a model with the commands step, which
// fails for 3 and panics for 5, and read.
func commands(stepOf func(reactor.VideoModel) *byte) (string, []runner.Handler, []runner.Message) {
	const capabilities = `{"commands": {
		"step": {"description": "", "schema": {"step": {"type": "integer", "minimum": 0, "maximum": 9, "required": true}}},
		"read": {"description": "", "schema": {"file": {"$defs": {"File": {"type": "object", "required": ["upload_id"], "properties": {
			"upload_id": {"type": "string"}, "name": {"type": "string"}, "mime_type": {"type": "string"}, "size": {"type": "integer"}
		}}}, "$ref": "#/$defs/File", "required": true}}}
	}}`
	step := func(ctx reactor.Context, m reactor.VideoModel, args *runner.Args) (any, error) {
		step := runner.Int[int](args, "step")
		switch {
		case args.Err() != nil:
			return nil, args.Err()
		case step == 3:
			return nil, errOdd
		case step == 5:
			panic("five")
		}
		*stepOf(m) = byte(step)
		return step * 2, ctx.Send(told{step})
	}
	read := func(_ reactor.Context, _ reactor.VideoModel, args *runner.Args) (any, error) {
		file := runner.File(args, "file")
		if err := args.Err(); err != nil {
			return nil, err
		}
		return readAll(file)
	}
	return capabilities, []runner.Handler{{Name: "step", Call: step}, {Name: "read", Call: read}},
		[]runner.Message{runner.MessageOf[told]("told")}
}
