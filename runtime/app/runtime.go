package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/spf13/pflag"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/runtime/runner"
)

// The runtimes that there are.
const (
	overHTTP    = "http"
	overConsole = "headless"
)

// ofRuntime are the flags that mean something to one runtime only.
var ofRuntime = map[string]string{
	"host": overHTTP, "port": overHTTP, "orphan-timeout": overHTTP, "max-upload": overHTTP, "max-viewers": overHTTP,
	"clips": overHTTP, "token": overHTTP, "allow-anyone": overHTTP, "pprof": overHTTP,
	"output-root": overConsole, "no-ignore-duplicates": overConsole, "script": overConsole, "frames": overConsole, "json": overConsole,
}

// checkRuntime says which flags are not those of the runtime.
func checkRuntime(set *pflag.FlagSet, name string) (err error) {
	if name != overHTTP && name != overConsole {
		return fmt.Errorf("--runtime %s: there is no such runtime; there are http and headless", name)
	}
	if name == overConsole && set.Changed("encoder") && set.Lookup("record").Value.String() == "" {
		return errors.New("--encoder is for --record here, and there is none")
	}
	set.Visit(func(f *pflag.Flag) {
		if of := ofRuntime[f.Name]; of != "" && of != name && err == nil {
			err = fmt.Errorf("--%s is a flag of --runtime %s, not of %s", f.Name, of, name)
		}
	})
	return err
}

// inputs are what the constructor may ask for.
func inputs(p Program, f flags, doc *config.Document, env environment, log io.Writer) Inputs {
	bare := newLog(log, f)
	return Inputs{
		Weights: findWeights(p.Identity.Weights, f, env.get), Identity: p.Identity,
		Logger: bare.With("model", p.Identity.Name), log: bare, config: *doc,
	}
}

// noteConfig logs where the configuration comes from, and what it says of itself.
func noteConfig(log *slog.Logger, p Program, f flags, doc *config.Document) {
	log.Info("configuration", "from", source(p.Config, f), "overrides", len(f.overrides))
	for _, note := range doc.Notes() {
		log.Warn(note.Error())
	}
}

// newRunner returns the runner of the program's model. The options have what differs
// between runtimes.
func newRunner(p Program, in Inputs, o runner.Options) (*runner.Runner, error) {
	o.Identity, o.Capabilities, o.Handlers, o.Messages, o.Tracks = p.Identity, p.Capabilities, p.Handlers, p.Messages, p.Tracks
	o.Logger = in.log
	o.New = func(ctx context.Context) (reactor.VideoModel, error) {
		in.Context = ctx
		return p.New(&in)
	}
	return runner.New(o)
}
