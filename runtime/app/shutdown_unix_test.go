//go:build unix

package app

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	nethttp "net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pion/webrtc/v4"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/client"
)

// shutdownModels are what TestMain runs by the value of APP_TEST_PROGRAM.
var shutdownModels = map[string]func() Program{
	"still": func() Program { return program(new(still)) },
	"slow to load": func() Program {
		p := program(new(still))
		p.New = func(in *Inputs) (reactor.VideoModel, error) {
			fmt.Println("constructing")
			<-in.Context.Done()
			return nil, in.Context.Err()
		}
		return p
	},
	"never loads": func() Program {
		p := program(new(still))
		p.New = func(*Inputs) (reactor.VideoModel, error) {
			fmt.Println("constructing")
			select {}
		}
		return p
	},
	"never stops": func() Program {
		p := program(new(still))
		p.New = func(*Inputs) (reactor.VideoModel, error) { return endless{}, nil }
		return p
	},
}

// endless is a model that looks at nothing.
type endless struct{}

func (endless) StartSession(reactor.Context) error { select {} }

// process is a program that runs for itself.
type process struct {
	*exec.Cmd
	url string
	out *bufio.Reader
	log bytes.Buffer
}

func spawn(t *testing.T, model string, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.CommandContext(t.Context(), os.Args[0], append([]string{"--port=0", "--encoder=vp8"}, args...)...)}
	p.Env = append(os.Environ(), "APP_TEST_PROGRAM="+model)
	p.Stderr = &p.log
	stdout, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	p.out = bufio.NewReader(stdout)
	line, err := p.out.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscanf(line, "still: %s\n", &p.url); err != nil {
		t.Fatalf("it says %q: %v", line, err)
	}
	return p
}

// terminate tells the program to end and returns how it did.
func (p *process) terminate(t *testing.T) (code int, took time.Duration) {
	t.Helper()
	before := time.Now()
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = p.Wait() // the code says it
	return p.ProcessState.ExitCode(), time.Since(before)
}

// TestShutdown holds that a program that is told to end does so in every state, within
// its grace, and says by its code whether the model came along.
func TestShutdown(t *testing.T) {
	for _, test := range []struct {
		name, model string
		args        []string
		before      func(t *testing.T, p *process)
		code        int
		says        string // in the log or on standard error
	}{
		{"loading", "slow to load", nil, loading, exitClean, "ending"},
		{"loading for ever", "never loads", []string{"--grace=200ms"}, loading, exitFailed, "its constructor has not returned"},
		{"idle", "still", nil, idle, exitClean, "ending"},
		{"waiting for a viewer", "still", nil, started, exitClean, "reason=shutdown"},
		{"negotiating", "still", nil, negotiating, exitClean, "reason=shutdown"},
		{"streaming", "still", nil, streaming, exitClean, "reason=shutdown"},
		{"watched by /events", "still", nil, watched, exitClean, "ending"},
		{"in a session without end", "never stops", []string{"--grace=200ms"}, started, exitFailed, "cause=model_blocked"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := spawn(t, test.model, test.args...)
			test.before(t, p)
			code, took := p.terminate(t)
			if code != test.code || !strings.Contains(p.log.String(), test.says) {
				t.Errorf("exit %d, want %d\n%s\nwant in it: %s", code, test.code, p.log.String(), test.says)
			}
			// The clock of a busy machine proves little: this is for what hangs.
			if took > 10*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// TestTellsItsEnd holds that a program which waits for its model to stop says so in
// /health, and in /events how the session ended.
func TestTellsItsEnd(t *testing.T) {
	t.Parallel()
	p := spawn(t, "never stops", "--grace=2s")
	started(t, p)
	events := get(t, p.url+"/events?since=0")
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for health := ""; !strings.Contains(health, `"why":"ending"`); {
		answer := get(t, p.url+"/health")
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		health = string(text)
	}
	told, err := io.ReadAll(events.Body)
	if err != nil || !strings.Contains(string(told), `"type":"session_ended"`) {
		t.Errorf("the events end with %v after\n%s", err, told)
	}
	_ = p.Wait() // the code says it
	if code := p.ProcessState.ExitCode(); code != exitFailed {
		t.Errorf("exit %d\n%s", code, p.log.String())
	}
}

// loading waits until the constructor runs.
func loading(t *testing.T, p *process) {
	if line, err := p.out.ReadString('\n'); line != "constructing\n" {
		t.Fatalf("it says %q: %v", line, err)
	}
}

// ask makes a request until it is answered with 200.
func ask(t *testing.T, method, url string) {
	t.Helper()
	for {
		r, err := nethttp.NewRequestWithContext(t.Context(), method, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := nethttp.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode == nethttp.StatusOK {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func idle(t *testing.T, p *process) { ask(t, "GET", p.url+"/health") }

func started(t *testing.T, p *process) { ask(t, "POST", p.url+"/start_session") }

// negotiating takes the answer to an offer and never connects.
func negotiating(t *testing.T, p *process) {
	started(t, p)
	pc, err := webrtc.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pc.GracefulClose() })
	if _, err := pc.AddTransceiverFromKind(webrtc.RTPCodecTypeVideo); err != nil {
		t.Fatal(err)
	}
	offer, err := pc.CreateOffer(nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(offer)
	if err != nil {
		t.Fatal(err)
	}
	r, err := nethttp.NewRequestWithContext(t.Context(), "POST", p.url+"/sdp_params", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := nethttp.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != nethttp.StatusOK {
		t.Fatalf("the offer is answered with %d", answer.StatusCode)
	}
}

func streaming(t *testing.T, p *process) {
	c, err := client.Dial(t.Context(), p.url, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() }) // the server has gone by then
}

// watched leaves a reader of the events behind.
func watched(t *testing.T, p *process) { get(t, p.url+"/events?since=0") }

// get makes a request whose answer may be read until the end of the test.
func get(t *testing.T, url string) *nethttp.Response {
	t.Helper()
	r, err := nethttp.NewRequestWithContext(t.Context(), "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := nethttp.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	return answer
}
