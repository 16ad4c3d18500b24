package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	nethttp "net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/runner"
)

// still is a model that shows one picture for as long as it may.
type still struct {
	cfg    settings
	begun  chan struct{} // closed when a session has begun
	closed bool
}

type settings struct {
	FPS    int `yaml:"fps"`
	Camera struct {
		FOV float64 `yaml:"fov"`
	} `yaml:"camera"`
}

func (m *still) StartSession(ctx reactor.Context) error {
	if err := ctx.EmitBlock(reactor.NewBlock(1, 16, 16)); err != nil {
		return err
	}
	close(m.begun)
	return ctx.Wait(time.Hour)
}

func (m *still) Close() error {
	m.closed = true
	return nil
}

// program serves m, which takes its configuration from in.
func program(m *still) Program {
	return Program{
		Identity:     reactor.Identity{Name: "still", Metadata: map[string]string{"version": "1.2.3", "description": "One picture."}, Weights: []string{"vae"}},
		Config:       FactoryConfig{Path: "configs/default.yaml", Text: "fps: 30 # frames a second\ncamera:\n  fov: 60\n"},
		Capabilities: `{"commands": {"set_fps": {"description": "", "schema": {}}}}`,
		Handlers: []runner.Handler{{Name: "set_fps", Call: func(reactor.Context, reactor.VideoModel, *runner.Args) (any, error) {
			return nil, nil
		}}},
		New: func(in *Inputs) (reactor.VideoModel, error) {
			m.begun = make(chan struct{})
			if err := in.Decode(&m.cfg); err != nil {
				return nil, err
			}
			return m, nil
		},
	}
}

// bare is an environment without variables.
func bare(string) (string, bool) { return "", false }

// once runs a program that ends by itself.
func once(t *testing.T, p Program, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), p, args, bare, nil, &out, &errs)
	return code, out.String(), errs.String()
}

// running is a program that serves.
type running struct {
	t      *testing.T
	url    string
	stop   func()
	ended  chan int
	client *nethttp.Client

	mu  sync.Mutex
	log bytes.Buffer
}

func (r *running) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log.Write(b)
}

func (r *running) logged() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log.String()
}

// launch runs a program until it has said where it serves.
func launch(t *testing.T, p Program, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r := &running{t: t, stop: cancel, ended: make(chan int, 1), client: &nethttp.Client{Transport: &nethttp.Transport{}}}
	said, stdout := io.Pipe()
	go func() {
		r.ended <- run(ctx, p, append([]string{"--port=0", "--encoder=vp8"}, args...), bare, nil, stdout, r)
		stdout.Close()
	}()
	line, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatalf("it does not serve: %v\n%s", err, r.logged())
	}
	var name string
	if _, err := fmt.Sscanf(line, "%s %s\n", &name, &r.url); err != nil || name != p.Identity.Name+":" {
		t.Fatalf("it says %q", line)
	}
	return r
}

// request returns the answer's status and its state, if it names one.
func (r *running) request(method, path string) (status int, state string) {
	r.t.Helper()
	request, err := nethttp.NewRequestWithContext(r.t.Context(), method, r.url+path, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	response, err := r.client.Do(request)
	if err != nil {
		r.t.Fatal(err)
	}
	defer response.Body.Close()
	var body struct{ State string }
	if err := json.NewDecoder(response.Body).Decode(&body); err != nil {
		r.t.Fatal(err)
	}
	return response.StatusCode, body.State
}

// until asks for the health until it names the state.
func (r *running) until(state string) {
	r.t.Helper()
	for {
		if _, is := r.request("GET", "/health"); is == state {
			return
		}
	}
}

// end cancels the program and returns its exit code.
func (r *running) end() int {
	r.stop()
	code := <-r.ended
	r.client.CloseIdleConnections()
	return code
}

func TestRunServes(t *testing.T) {
	leak.Check(t)
	m := new(still)
	r := launch(t, program(m), "--model.fps=60")
	r.until("idle")
	if status, state := r.request("POST", "/start_session"); status != 200 || state != "running" {
		t.Errorf("start: %d %s", status, state)
	}
	<-m.begun
	if code := r.end(); code != exitClean {
		t.Errorf("exit %d\n%s", code, r.logged())
	}
	if m.cfg.FPS != 60 || m.cfg.Camera.FOV != 60 {
		t.Errorf("configuration %+v", m.cfg)
	}
	if !m.closed {
		t.Error("the model was not closed")
	}
	if strings.Contains(r.logged(), "everybody") || strings.Contains(r.logged(), "token") {
		t.Errorf("warns on loopback:\n%s", r.logged())
	}
}

func TestRunEndsWhileLoading(t *testing.T) {
	leak.Check(t)
	p := program(new(still))
	p.New = func(in *Inputs) (reactor.VideoModel, error) {
		<-in.Context.Done()
		return nil, in.Context.Err()
	}
	r := launch(t, p)
	if status, state := r.request("GET", "/health"); status != 503 || state != "loading" {
		t.Errorf("health: %d %s", status, state)
	}
	if code := r.end(); code != exitClean {
		t.Errorf("exit %d\n%s", code, r.logged())
	}
}

func TestRunWarnsBeyondLoopback(t *testing.T) {
	leak.Check(t)
	r := launch(t, program(new(still)), "--host=0.0.0.0", "--allow-anyone")
	if !strings.HasPrefix(r.url, "http://127.0.0.1:") {
		t.Errorf("it says %s", r.url)
	}
	r.until("idle")
	if code := r.end(); code != exitClean {
		t.Errorf("exit %d", code)
	}
	if !strings.Contains(r.logged(), "level=WARN") || !strings.Contains(r.logged(), "everybody may use it") {
		t.Errorf("no warning:\n%s", r.logged())
	}
}

func TestRunModelDoesNotLoad(t *testing.T) {
	tests := []struct {
		name string
		new  func(*Inputs) (reactor.VideoModel, error)
		code int
		want string
	}{
		{"error", func(*Inputs) (reactor.VideoModel, error) { return nil, errors.New("no such GPU") }, exitFailed, "still: the model did not load: no such GPU\n"},
		{"panic", func(*Inputs) (reactor.VideoModel, error) { panic("oh") }, exitFailed, "still: the model did not load: constructor: panic: oh\n"},
		{"weights", func(in *Inputs) (reactor.VideoModel, error) {
			_, err := in.Weights.Path("vae")
			return nil, err
		}, exitFailed, `no folder for "vae"; looked at weights`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			leak.Check(t)
			p := program(new(still))
			p.New = test.new
			code, _, stderr := once(t, p, "--port=0", "--encoder=vp8")
			if code != test.code || !strings.Contains(stderr, test.want) {
				t.Errorf("exit %d, want %d\n%s\nwant in it: %s", code, test.code, stderr, test.want)
			}
		})
	}
}

func TestRunRefusesConfiguration(t *testing.T) {
	tests := []struct {
		name, text string
		args       []string
		want       string
	}{
		{"syntax", "fps: [\n", nil, "still: configs/default.yaml:1:6: not YAML: did not find expected node content\n"},
		{"unknown key", "fsp: 1\n", nil, "\nstill: configs/default.yaml:1:1: fsp: no such key; did you mean fps?\n"},
		{"two", "fps: x\ncamera: {fow: 1}\n", nil, "still: configs/default.yaml:1:6: fps: want a whole number, got the text \"x\"\n" +
			"still: configs/default.yaml:2:10: camera.fow: no such key; did you mean camera.fov?\n"},
		{"flag", "fps: 1\n", []string{"--model.fps=fast"}, "\nstill: --model.fps: want a whole number, got the text \"fast\"\n"},
		{"flag, unknown key", "fps: 1\n", []string{"--model.fp=1"}, "\nstill: --model.fp: no such key; did you mean --model.fps?\n"},
		{"flag, list element", "l: [1]\n", []string{"--model.l[0]", "2"}, "still: --model.l[0]: l is a list, whose elements cannot be set one by one; give all of it: --model.l=[...]\n"},
		{"missing file", "", []string{"-c", "missing.yaml"}, "still: -c: open missing.yaml: no such file or directory\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			leak.Check(t)
			p := program(new(still))
			p.Config.Text = test.text
			code, _, stderr := once(t, p, append(test.args, "--port=0", "--encoder=vp8")...)
			if code != exitUsage || !strings.HasSuffix(stderr, test.want) {
				t.Errorf("exit %d\n%s\nwant at the end: %s", code, stderr, test.want)
			}
		})
	}
}

func TestRunRefusesAddress(t *testing.T) {
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"busy port", []string{fmt.Sprintf("--port=%d", port)}, fmt.Sprintf(
			"still: port %d of 127.0.0.1 is taken, perhaps by a model that already runs; take another: --port %d\n", port, uint16(port+1))},
		{"another machine", []string{"--host=192.0.2.1", "--port=0"}, "still: --host 192.0.2.1 is no address of this machine: "},
		{"no host", []string{"--host=", "--port=0"}, "still: --host needs an address; "},
		{"no encoder", []string{"--encoder=av1", "--port=0"}, "still: --encoder av1: there is no such encoder; there are auto, "},
		{"unknown flag", []string{"--prot=1"}, "still: unknown flag --prot; did you mean --port?\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			leak.Check(t)
			code, stdout, stderr := once(t, program(new(still)), test.args...)
			if code != exitUsage || !strings.Contains(stderr, test.want) || stdout != "" {
				t.Errorf("exit %d\n%s%s\nwant in it: %s", code, stdout, stderr, test.want)
			}
		})
	}
}

func TestRunHelp(t *testing.T) {
	code, stdout, stderr := once(t, program(new(still)), "-h", "--model.camera.fov=90", "--model.title=a b")
	want := `still is a real-time video model, served over HTTP and WebRTC.
One picture.

Usage: still [flags] [--model.KEY=VALUE ...]

Flags:
      --host address             address to serve on; 0.0.0.0 is all of this machine (127.0.0.1)
      --port number              number to serve on, TCP and UDP; 0 takes a free one (8080)
  -c, --config file              YAML file in place of the model's own
      --weights folder           folder in which the folders of weights are looked for first
      --orphan-timeout duration  duration for which a session goes on without a viewer; 0 is for ever (30s)
      --max-upload size          size of the largest file that a client may upload; 0 takes none (64MiB)
      --max-viewers number       number of viewers at a time; the first one controls the session, the others watch (8)
      --encoder name             name of the video encoder: auto, openh264 or vp8 (auto)
      --runtime name             name of the runtime: http or headless (http)
      --record folder            folder for a video file of each session
      --clips duration           duration of the end of a session that clients can have clips of, up to 5m; 0 is none (0s)
      --output-root folder       headless: folder in which each session has a folder of frames (./output)
      --no-ignore-duplicates     headless: write also frames that equal the one before
      --script file              headless: file of verbs to carry out, or - for the standard input
      --frames number            headless: number of frames after which the only session ends
      --json                     headless: tell what happens as JSON, a line each
      --token text               text that clients must know; on another host than loopback one is made where none is given
      --allow-anyone             let everybody in who can reach the host
      --grace duration           duration that the model has to stop when the program ends (8s)
      --pprof                    serve Go's profiler at /debug/pprof
      --log-format name          name of the form of the log: text or json (text)
      --log-level name           name of what is logged at least: debug, info, warn or error (info)
  -v, --verbose                  log more, as --log-level debug does
  -h, --help                     show this and exit
      --config-help              show the keys of the configuration and exit
      --explain-config           show each value of the configuration and who has set it, and exit
      --version                  show the version and exit
      --capabilities             show the commands as JSON and exit
      --schema                   show the commands and messages as an OpenAPI document and exit
      --manifest                 show what the model is, as JSON, and exit

Environment, for what the flags do not say:
  REACTOR_HOST REACTOR_PORT REACTOR_CONFIG REACTOR_WEIGHTS
  REACTOR_ORPHAN_TIMEOUT REACTOR_MAX_UPLOAD REACTOR_MAX_VIEWERS REACTOR_ENCODER
  REACTOR_RUNTIME REACTOR_RECORD REACTOR_CLIPS REACTOR_OUTPUT_ROOT
  REACTOR_NO_IGNORE_DUPLICATES REACTOR_SCRIPT REACTOR_FRAMES REACTOR_JSON
  REACTOR_TOKEN REACTOR_ALLOW_ANYONE REACTOR_GRACE REACTOR_PPROF
  REACTOR_LOG_FORMAT REACTOR_LOG_LEVEL REACTOR_VERBOSE

Configuration (configs/default.yaml); VALUE is YAML, KEY may be a path such as a.b:
  --model.fps=30         frames a second
  --model.camera.fov=90
  --model.title='a b'

Weights: vae; looked for in the folder of --weights, $REACTOR_WEIGHTS_PATH, ./weights, ~/.cache/reactor_registry, ~/.cache/reactor/weights.
`
	if code != exitClean || stderr != "" {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	if diff := cmp.Diff(want, stdout); diff != "" {
		t.Error(diff)
	}
}

func TestRunVersion(t *testing.T) {
	code, stdout, _ := once(t, program(new(still)), "--version")
	if code != exitClean || !strings.HasPrefix(stdout, "still 1.2.3 (reactor ") {
		t.Errorf("exit %d, %q", code, stdout)
	}
}

// TestInputsUntyped holds that a model may read its configuration without a
// struct, and that inputs without any are an empty one.
func TestInputsUntyped(t *testing.T) {
	var in Inputs
	if err := in.config.Override("camera.fov", "60"); err != nil {
		t.Fatal(err)
	}
	cfg, err := in.Untyped()
	if err != nil {
		t.Fatal(err)
	}
	if fov, err := cfg.Float("camera.fov", 0); fov != 60 || err != nil {
		t.Errorf("got %v, %v", fov, err)
	}
	if err := new(Inputs).Decode(&settings{}); err != nil {
		t.Error(err)
	}
}
