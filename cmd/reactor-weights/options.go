package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/reactorgen/reactor/weights"
)

const usage = `reactor-weights brings the weights of a model from a store.

Usage: reactor-weights --weights-store URL [flags] [NAME...]

It brings what is locked in weights.lock: of all weights, or of those named.

Flags:
  --weights-store URL  where the weights are: file:///FOLDER, s3://BUCKET/FOLDER or
                       gs://BUCKET/FOLDER; the rest of the URL is as for gocloud.dev/blob
  --into FOLDER        where the folders are put (~/.cache/reactor/weights)
  --lock FILE          the lock (weights.lock)
  --connections N      how many files are fetched at once (8)
  --replace            put the weights in the place of folders that are not as locked
  --format FORMAT      of what is printed in the end: text or json (text)
`

// options are what the command line says.
type options struct {
	store, into, lock, format string
	connections               int
	replace, help             bool
	names                     []string
}

// parse reads the command line. The error says what to type instead.
func parse(args []string, env func(string) string) (options, error) {
	var o options
	set := flag.NewFlagSet("reactor-weights", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&o.store, "weights-store", "", "")
	set.StringVar(&o.into, "into", weights.CacheDir(env), "")
	set.StringVar(&o.lock, "lock", weights.LockName, "")
	set.StringVar(&o.format, "format", "text", "")
	set.IntVar(&o.connections, "connections", 8, "")
	set.BoolVar(&o.replace, "replace", false, "")
	err := set.Parse(args)
	o.names = set.Args()
	switch {
	case errors.Is(err, flag.ErrHelp):
		o.help = true
		return o, nil
	case err != nil:
		return o, fmt.Errorf("%w; see reactor-weights --help", err)
	case o.store == "":
		return o, errors.New("which store? For example: --weights-store s3://BUCKET or --weights-store file:///FOLDER")
	case o.into == "":
		return o, errors.New("where to? There is no home folder; say it with --into FOLDER")
	case o.connections < 1 || o.connections > 64:
		return o, fmt.Errorf("--connections %d: want a number from 1 to 64", o.connections)
	case o.format != "text" && o.format != "json":
		return o, fmt.Errorf("--format %s: there are text and json", o.format)
	}
	return o, nil
}

// locked returns what is to be brought.
func (o options) locked() (weights.Lock, error) {
	text, err := os.ReadFile(o.lock)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is not there; \"reactor-gen weights lock\" writes it where the weights are", o.lock)
	}
	if err != nil {
		return nil, err
	}
	all, err := weights.ParseLock(o.lock, text)
	if err != nil || len(o.names) == 0 {
		return all, err
	}
	var some weights.Lock
	for _, name := range o.names {
		w, err := all.Find(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w; \"reactor-gen weights lock %s\" locks them where they are", o.lock, err, name)
		}
		some = some.With(w)
	}
	return some, nil
}
