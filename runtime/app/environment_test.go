package app

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// having is an environment of NAME=VALUE pairs.
func having(pairs ...string) environment {
	return func(name string) (string, bool) {
		for _, pair := range pairs {
			if value, ok := strings.CutPrefix(pair, name+"="); ok {
				return value, true
			}
		}
		return "", false
	}
}

func TestFlagsFromTheEnvironment(t *testing.T) {
	env := having("REACTOR_PORT=9", "REACTOR_HOST=::1", "REACTOR_ORPHAN_TIMEOUT=5", "REACTOR_VERBOSE=1", "REACTOR_ENCODER=",
		"REACTOR_HELP=true", "REACTOR_FRAMES=3", "REACTOR_TOKEN=0123456789abcdef")
	f, err := parseFlags([]string{"--host=127.0.0.1"}, env)
	if err != nil {
		t.Fatal(err)
	}
	if f.port != 9 || f.host != "127.0.0.1" || f.orphan != seconds(5*time.Second) || !f.verbose || f.encoder != "auto" || f.help || f.token != "0123456789abcdef" {
		t.Errorf("%+v", f)
	}
	if diff := cmp.Diff([]string{"port", "orphan-timeout", "frames", "token", "verbose"}, f.variables); diff != "" {
		t.Error(diff)
	}
}

func TestFlagsFromTheEnvironmentMistakes(t *testing.T) {
	for pair, want := range map[string]string{
		"REACTOR_PORT=http":        `REACTOR_PORT: want a number from 0 to 65535, got "http"`,
		"REACTOR_LOG_LEVEL=loud":   `REACTOR_LOG_LEVEL: want debug, info, warn or error, got "loud"`,
		"REACTOR_MAX_VIEWERS=0":    `REACTOR_MAX_VIEWERS: want a number from 1 to 65535, got "0"`,
		"REACTOR_RUNTIME=nothing":  "REACTOR_RUNTIME nothing: there is no such runtime; there are http and headless",
		"REACTOR_TOKEN=short":      "REACTOR_TOKEN: want 16 or more letters, digits, and of -._~+/=",
		"REACTOR_ALLOW_ANYONE=yes": `REACTOR_ALLOW_ANYONE: want true or false, got "yes"`,
	} {
		if _, err := parseFlags(nil, having(pair)); err == nil || err.Error() != want {
			t.Errorf("%s\ngot  %v\nwant %s", pair, err, want)
		}
	}
	const file = "environment_test.go" // and no folder
	for _, test := range []struct{ flag, pair, want string }{
		{"--port=0", "REACTOR_ENCODER=av1", "still: REACTOR_ENCODER av1: there is no such encoder; "},
		{"--port=0", "REACTOR_HOST=192.0.2.1", "still: REACTOR_HOST 192.0.2.1 is no address of this machine: "},
		{"--runtime=headless", "REACTOR_SCRIPT=none", "still: REACTOR_SCRIPT: open none: "},
		{"--runtime=headless", "REACTOR_OUTPUT_ROOT=" + file, "still: REACTOR_OUTPUT_ROOT: "},
		{"--runtime=headless", "REACTOR_RECORD=" + file, "still: REACTOR_RECORD: "},
	} {
		var out, errs strings.Builder
		code := run(t.Context(), program(new(still)), []string{test.flag}, having(test.pair), strings.NewReader(""), &out, &errs)
		if code != exitUsage || !strings.HasPrefix(errs.String(), test.want) {
			t.Errorf("%s: exit %d, %s", test.pair, code, errs.String())
		}
	}
}

// TestPortOfAService holds that what Kubernetes tells of a service "reactor" is no
// port for the program, and that the log says so.
func TestPortOfAService(t *testing.T) {
	for _, value := range []string{"tcp://10.0.0.7:80", "udp://10.0.0.7:8080"} {
		env := having("REACTOR_PORT=" + value)
		if f, err := parseFlags(nil, env); err != nil || f.port != 8080 || f.variables != nil {
			t.Errorf("port %d, %v, %v", f.port, f.variables, err)
		}
		var log strings.Builder
		noteService(newLog(&log, flags{}), env)
		if !strings.Contains(log.String(), "REACTOR_PORT is the address of a Kubernetes service") || !strings.Contains(log.String(), value) {
			t.Errorf("the log has %q", log.String())
		}
	}
	var log strings.Builder
	if noteService(newLog(&log, flags{}), having("REACTOR_PORT=9")); log.Len() > 0 {
		t.Errorf("a port is told as a service: %s", log.String())
	}
	if _, err := parseFlags(nil, having("REACTOR_GRACE=tcp://10.0.0.7:80")); err == nil {
		t.Error("the address of a service is a grace")
	}
}

// TestEveryFlagHasWants holds that a wrong value of each flag is told with what would
// be right, whether it stands on the command line or in the environment.
func TestEveryFlagHasWants(t *testing.T) {
	for _, name := range variables() {
		var f flags
		set := f.set()
		flag := strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(name, "REACTOR_"), "_", "-"))
		if set.Lookup(flag) == nil {
			t.Fatalf("%s belongs to no flag", name)
		}
		if set.Lookup(flag).Value.Set("\x00") != nil && wants[flag] == "" {
			t.Errorf("nothing says what --%s wants", flag)
		}
	}
}
