package app

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/reactorgen/reactor/config"
)

// flags are what the command line of a generated program says.
type flags struct {
	runtime   string
	host      string
	port      uint16
	orphan    seconds
	upload    size
	viewers   uint16
	config    string
	weights   string
	encoder   string
	token     string
	anyone    bool // --allow-anyone
	grace     seconds
	profiles  bool // --pprof
	logFormat logFormat
	logLevel  logLevel
	verbose   bool
	help      bool
	keys      bool // --config-help
	explain   bool // --explain-config
	version   bool
	overrides []override
	record    recordFlags
	headless  headlessFlags
	variables []string // names of the flags that the environment has set

	capabilities, schema, manifest bool // show them and exit
}

// wants says for a flag what its value should have been.
var wants = map[string]string{
	"port":           "a number from 0 to 65535",
	"orphan-timeout": "a duration such as 30s, or 0 for never",
	"max-upload":     "a size such as 64MiB, or 0 for no uploads",
	"max-viewers":    "a number from 1 to 65535",
	"clips":          "a duration up to 5m, such as 60s, or 0 for none",
	"frames":         "a number of frames, 1 or more",
	"allow-anyone":   "true or false",
	"grace":          "a duration such as 8s",
	"pprof":          "true or false",
	"log-format":     "text or json",
	"log-level":      "debug, info, warn or error",
	"verbose":        "true or false",
	"help":           "true or false",
	"config-help":    "true or false",
	"explain-config": "true or false",
	"version":        "true or false",
	"capabilities":   "true or false",
	"schema":         "true or false",
	"manifest":       "true or false",
	"json":           "true or false",

	"no-ignore-duplicates": "true or false",
}

// set returns the flags as pflag knows them. --model.KEY is not among them.
func (f *flags) set() *pflag.FlagSet {
	set := pflag.NewFlagSet("", pflag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.SortFlags = false
	set.Usage = func() {}
	f.orphan, f.upload, f.grace, f.logFormat = seconds(30*time.Second), 64<<20, seconds(8*time.Second), "text"
	set.StringVar(&f.host, "host", "127.0.0.1", "`address` to serve on; 0.0.0.0 is all of this machine")
	set.Uint16Var(&f.port, "port", 8080, "`number` to serve on, TCP and UDP; 0 takes a free one")
	set.StringVarP(&f.config, "config", "c", "", "YAML `file` in place of the model's own")
	set.StringVar(&f.weights, "weights", "", "`folder` in which the folders of weights are looked for first")
	set.Var(&f.orphan, "orphan-timeout", "`duration` for which a session goes on without a viewer; 0 is for ever")
	set.Var(&f.upload, "max-upload", "`size` of the largest file that a client may upload; 0 takes none")
	set.Uint16Var(&f.viewers, "max-viewers", 8, "`number` of viewers at a time; the first one controls the session, the others watch")
	set.StringVar(&f.encoder, "encoder", "auto", "`name` of the video encoder: auto, openh264 or vp8")
	set.StringVar(&f.runtime, "runtime", "http", "`name` of the runtime: http or headless")
	f.record.register(set)
	f.headless.register(set)
	set.StringVar(&f.token, "token", "", "`text` that clients must know; on another host than loopback one is made where none is given")
	set.BoolVar(&f.anyone, "allow-anyone", false, "let everybody in who can reach the host")
	set.Var(&f.grace, "grace", "`duration` that the model has to stop when the program ends")
	set.BoolVar(&f.profiles, "pprof", false, "serve Go's profiler at /debug/pprof")
	set.Var(&f.logFormat, "log-format", "`name` of the form of the log: text or json")
	set.Var(&f.logLevel, "log-level", "`name` of what is logged at least: debug, info, warn or error")
	set.BoolVarP(&f.verbose, "verbose", "v", false, "log more, as --log-level debug does")
	set.BoolVarP(&f.help, "help", "h", false, "show this and exit")
	set.BoolVar(&f.keys, "config-help", false, "show the keys of the configuration and exit")
	set.BoolVar(&f.explain, "explain-config", false, "show each value of the configuration and who has set it, and exit")
	set.BoolVar(&f.version, "version", false, "show the version and exit")
	set.BoolVar(&f.capabilities, "capabilities", false, "show the commands as JSON and exit")
	set.BoolVar(&f.schema, "schema", false, "show the commands and messages as an OpenAPI document and exit")
	set.BoolVar(&f.manifest, "manifest", false, "show what the model is, as JSON, and exit")
	return set
}

// parseFlags reads the command line, and the environment where that says nothing.
// The error says what to type instead.
func parseFlags(args []string, env environment) (flags, error) {
	var f flags
	set := f.set()
	overrides, rest, err := takeOverrides(args)
	if err != nil {
		return f, err
	}
	f.overrides = overrides
	if err := set.Parse(rest); err != nil {
		return f, flagError(set, err)
	}
	if f.variables, err = fromEnvironment(set, env); err != nil {
		return f, err
	}
	if set.NArg() > 0 {
		return f, unexpected(set, set.Arg(0))
	}
	return f, f.blame(f.check(set))
}

// check says which values are of no use, or do not go together.
func (f *flags) check(set *pflag.FlagSet) error {
	if f.verbose {
		f.logLevel = min(f.logLevel, logLevel(slog.LevelDebug))
	}
	if set.Changed("config") && f.config == "" {
		return errors.New("--config needs the name of a file")
	}
	if set.Changed("token") && f.token == "" {
		return errors.New("--token needs a text; --allow-anyone is for going without")
	}
	if f.viewers == 0 {
		return fmt.Errorf("--max-viewers: want %s, got \"0\"", wants["max-viewers"])
	}
	if err := checkRuntime(set, f.runtime); err != nil {
		return err
	}
	return errors.Join(f.checkToken(), f.record.check(set), f.headless.check())
}

// flagError says what is wrong with the command line in our words.
func flagError(set *pflag.FlagSet, err error) error {
	if e, ok := errors.AsType[*pflag.NotExistError](err); ok {
		if shorts := e.GetSpecifiedShortnames(); shorts != "" {
			return unknownFlag(set, "-"+shorts)
		}
		return unknownFlag(set, "--"+e.GetSpecifiedName())
	}
	if e, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return fmt.Errorf("--%s needs a value", e.GetFlag().Name)
	}
	if e, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return fmt.Errorf("--%s: want %s, got %q", e.GetFlag().Name, wants[e.GetFlag().Name], e.GetValue())
	}
	return err
}

// unknownFlag says which flag was likely meant.
func unknownFlag(set *pflag.FlagSet, flag string) error {
	name, _, _ := strings.Cut(strings.TrimLeft(flag, "-"), "=")
	if rest, ok := strings.CutPrefix(flag, modelFlag[1:]); ok {
		return fmt.Errorf("unknown flag %s; did you mean %s%s?", flag, modelFlag, rest)
	}
	if name == "model" {
		return fmt.Errorf("unknown flag %s; did you mean %sKEY=VALUE?", flag, modelFlag)
	}
	var names []string
	set.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := config.Nearest(name, names); near != "" {
		return fmt.Errorf("unknown flag %s; did you mean --%s?", flag, near)
	}
	return fmt.Errorf("unknown flag %s; -h lists the flags", flag)
}

// unexpected says what an argument that is no flag may have been meant as.
func unexpected(set *pflag.FlagSet, arg string) error {
	name, _, assigns := strings.Cut(arg, "=")
	switch {
	case assigns && set.Lookup(name) != nil:
		return fmt.Errorf("unexpected argument %q; did you mean --%s?", arg, arg)
	case assigns:
		return fmt.Errorf("unexpected argument %q; did you mean %s%s?", arg, modelFlag, arg)
	case slices.Contains([]string{".yaml", ".yml"}, extension(arg)):
		return fmt.Errorf("unexpected argument %q; did you mean -c %s?", arg, arg)
	}
	return fmt.Errorf("unexpected argument %q; -h lists the flags", arg)
}

func extension(name string) string {
	return name[max(strings.LastIndex(name, "."), 0):]
}
