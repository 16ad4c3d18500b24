package app

import (
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParseFlags(t *testing.T) {
	// with returns the defaults, changed.
	with := func(change func(*flags)) flags {
		f := flags{runtime: "http", host: "127.0.0.1", port: 8080, orphan: seconds(30 * time.Second), upload: 64 << 20, viewers: 8, encoder: "auto", grace: seconds(8 * time.Second), logFormat: "text", headless: headlessFlags{root: "./output"}}
		change(&f)
		return f
	}
	tests := []struct {
		name string
		args []string
		want flags
	}{
		{"none", nil, with(func(f *flags) {})},
		{"all", []string{"--runtime=http", "--host", "::1", "--port", "0", "--orphan-timeout=1m", "-c", "a.yaml", "--max-upload", "1GB", "--encoder", "vp8", "-v"},
			with(func(f *flags) {
				f.upload = 1e9
				f.host, f.port, f.orphan, f.config, f.encoder, f.verbose = "::1", 0, seconds(time.Minute), "a.yaml", "vp8", true
				f.logLevel = logLevel(slog.LevelDebug)
			})},
		{"long config", []string{"--config=a.yaml"}, with(func(f *flags) { f.config = "a.yaml" })},
		{"last wins", []string{"--port=1", "--port=2"}, with(func(f *flags) { f.port = 2 })},
		{"seconds", []string{"--orphan-timeout=1.5"}, with(func(f *flags) { f.orphan = seconds(1500 * time.Millisecond) })},
		{"never", []string{"--orphan-timeout=-1"}, with(func(f *flags) { f.orphan = 0 })},
		{"bytes", []string{"--max-upload=0"}, with(func(f *flags) { f.upload = 0 })},
		{"viewers", []string{"--max-viewers=1"}, with(func(f *flags) { f.viewers = 1 })},
		{"headless", []string{"--runtime=headless", "--output-root=o", "--no-ignore-duplicates", "--frames=9", "--json"}, with(func(f *flags) {
			f.runtime, f.headless = "headless", headlessFlags{root: "o", duplicates: true, frames: 9, json: true}
		})},
		{"operations", []string{"--token=0123456789abcdef", "--grace=1m", "--pprof", "--log-format=json", "--log-level=WARN"}, with(func(f *flags) {
			f.token, f.grace, f.profiles, f.logFormat, f.logLevel = "0123456789abcdef", seconds(time.Minute), true, "json", logLevel(slog.LevelWarn)
		})},
		{"recording", []string{"--record=films", "--clips=1m"}, with(func(f *flags) { f.record = recordFlags{"films", seconds(time.Minute)} })},
		{"quiet and verbose", []string{"--log-level=error", "-v"}, with(func(f *flags) { f.verbose, f.logLevel = true, logLevel(slog.LevelDebug) })},
		{"help", []string{"-h"}, with(func(f *flags) { f.help = true })},
		{"version", []string{"--version"}, with(func(f *flags) { f.version = true })},
		{"model", []string{"--model.fps=60", "--port", "1", "--model.a.b", "x y", "--", "--model.c=d=e", "--model.n", "-5", "--model.e="},
			with(func(f *flags) {
				f.port = 1
				f.overrides = []override{{"fps", "60"}, {"a.b", "x y"}, {"c", "d=e"}, {"n", "-5"}, {"e", ""}}
			})},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := parseFlags(test.args, bare)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(flags{}, headlessFlags{}, recordFlags{}, override{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseFlagsMistakes(t *testing.T) {
	tests := []struct {
		args []string
		want string
	}{
		{[]string{"--prot=1"}, "unknown flag --prot; did you mean --port?"},
		{[]string{"--prot", "1"}, "unknown flag --prot; did you mean --port?"},
		{[]string{"-port", "1"}, "unknown flag -port; did you mean --port?"},
		{[]string{"--frobnicate"}, "unknown flag --frobnicate; -h lists the flags"},
		{[]string{"-x"}, "unknown flag -x; -h lists the flags"},
		{[]string{"--model=5"}, "unknown flag --model; did you mean --model.KEY=VALUE?"},
		{[]string{"-model.fps=5"}, "unknown flag -model.fps=5; did you mean --model.fps=5?"},
		{[]string{"--model.fps"}, "--model.fps needs a value: --model.fps=VALUE"},
		{[]string{"--model.fps", "--port=1"}, "--model.fps needs a value: --model.fps=VALUE"},
		{[]string{"--model.fps", "-v"}, "--model.fps needs a value: --model.fps=VALUE"},
		{[]string{"--model.=1"}, "--model. needs a key: --model.KEY=VALUE"},
		{[]string{"--port"}, "--port needs a value"},
		{[]string{"-c"}, "--config needs a value"},
		{[]string{"-c", ""}, "--config needs the name of a file"},
		{[]string{"--port=http"}, `--port: want a number from 0 to 65535, got "http"`},
		{[]string{"--port=70000"}, `--port: want a number from 0 to 65535, got "70000"`},
		{[]string{"--orphan-timeout=soon"}, `--orphan-timeout: want a duration such as 30s, or 0 for never, got "soon"`},
		{[]string{"--orphan-timeout=nan"}, `--orphan-timeout: want a duration such as 30s, or 0 for never, got "nan"`},
		{[]string{"--record="}, "--record needs the name of a folder"},
		{[]string{"--record=a.webm"}, "--record a.webm: want the name of a folder, in which each session has a file"},
		{[]string{"--clips=10m"}, `--clips: want a duration up to 5m, such as 60s, or 0 for none, got "10m0s"`},
		{[]string{"--clips=long"}, `--clips: want a duration up to 5m, such as 60s, or 0 for none, got "long"`},
		{[]string{"--max-viewers=0"}, `--max-viewers: want a number from 1 to 65535, got "0"`},
		{[]string{"--max-viewers=many"}, `--max-viewers: want a number from 1 to 65535, got "many"`},
		{[]string{"--max-upload=much"}, `--max-upload: want a size such as 64MiB, or 0 for no uploads, got "much"`},
		{[]string{"--max-upload=-1"}, `--max-upload: want a size such as 64MiB, or 0 for no uploads, got "-1"`},
		{[]string{"--max-upload=9999999GiB"}, `--max-upload: want a size such as 64MiB, or 0 for no uploads, got "9999999GiB"`},
		{[]string{"--grace=soon"}, `--grace: want a duration such as 8s, got "soon"`},
		{[]string{"--log-format=xml"}, `--log-format: want text or json, got "xml"`},
		{[]string{"--log-level=all"}, `--log-level: want debug, info, warn or error, got "all"`},
		{[]string{"--log-level=info+2"}, `--log-level: want debug, info, warn or error, got "info+2"`},
		{[]string{"--token="}, "--token needs a text; --allow-anyone is for going without"},
		{[]string{"--token=short"}, "--token: want 16 or more letters, digits, and of -._~+/="},
		{[]string{"--token=sixteen letters!"}, "--token: want 16 or more letters, digits, and of -._~+/="},
		{[]string{"--token=0123456789abcdef", "--allow-anyone"}, "--token and --allow-anyone say opposite things; leave one of them out"},
		{[]string{"--runtime=headless", "--token=0123456789abcdef"}, "--token is a flag of --runtime http, not of headless"},
		{[]string{"--verbose=much"}, `--verbose: want true or false, got "much"`},
		{[]string{"--runtime=grpc"}, "--runtime grpc: there is no such runtime; there are http and headless"},
		{[]string{"--runtime=headless", "--port=1"}, "--port is a flag of --runtime http, not of headless"},
		{[]string{"--frames=9"}, "--frames is a flag of --runtime headless, not of http"},
		{[]string{"--runtime=headless", "--frames=0"}, `--frames: want a number of frames, 1 or more, got "0"`},
		{[]string{"--runtime=headless", "--frames=9", "--script=-"}, "--frames is for a session without a script; in the script it is: wait 60 frames"},
		{[]string{"--runtime=headless", "--encoder=vp8"}, "--encoder is for --record here, and there is none"},
		{[]string{"--runtime=headless", "--output-root="}, "--output-root needs the name of a folder"},
		{[]string{"port=1"}, `unexpected argument "port=1"; did you mean --port=1?`},
		{[]string{"fps=60"}, `unexpected argument "fps=60"; did you mean --model.fps=60?`},
		{[]string{"a.yaml"}, `unexpected argument "a.yaml"; did you mean -c a.yaml?`},
		{[]string{"serve"}, `unexpected argument "serve"; -h lists the flags`},
	}
	for _, test := range tests {
		_, err := parseFlags(test.args, bare)
		if err == nil || err.Error() != test.want {
			t.Errorf("%q\ngot  %v\nwant %s", test.args, err, test.want)
		}
	}
}

func TestSize(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "1": "1", "1023": "1023", "1024": "1KiB", "2048 B": "2KiB", "1 MiB": "1MiB", "3GiB": "3GiB", "1536MiB": "1536MiB",
		"1KB": "1000", "64MB": "62500KiB", "1GB": "1000000000", "1048576GiB": "1048576GiB",
		"": "", "KiB": "", "1.5MiB": "", "1K": "", "1MiB2": "", "1048577GiB": "", "9223372036854775808": "", "1kib": "",
	} {
		var s size
		err := s.Set(text)
		if want == "" && err == nil || want != "" && (err != nil || s.String() != want) {
			t.Errorf("%q: got %s, %v, want %q", text, &s, err, want)
		}
	}
}
