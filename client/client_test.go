package client

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	nethttp "net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/codec"
	reactorhttp "github.com/reactorgen/reactor/runtime/http"
	"github.com/reactorgen/reactor/runtime/runner"
	"github.com/reactorgen/reactor/runtime/webrtc"
)

// patience bounds what a test waits for. Nothing waits that long unless it fails.
const patience = 20 * time.Second

// lamp is a model that shows one grey, and says so.
type lamp struct{ level byte }

// level is a message of a lamp.
type level struct {
	Level byte `json:"level"`
}

func (l *lamp) StartSession(ctx reactor.Context) error {
	ctx.Send("hello")
	for !ctx.ShouldStop() {
		b := reactor.NewBlock(1, 16, 32)
		for i := range b.Pix {
			b.Pix[i] = l.level
		}
		if err := ctx.EmitBlock(b); err != nil {
			return err
		}
		if err := ctx.Wait(10 * time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

const capabilities = `{"commands":{"set_level":{"schema":{"level":{"type":"integer","maximum":255,"required":true}}},"fail":{"schema":{}}}}`

func setLevel(ctx reactor.Context, m reactor.VideoModel, args *runner.Args) (any, error) {
	value := runner.Int[byte](args, "level")
	if err := args.Err(); err != nil {
		return nil, err
	}
	m.(*lamp).level = value
	ctx.Send(level{value})
	return nil, nil
}

func fail(reactor.Context, reactor.VideoModel, *runner.Args) (any, error) {
	return nil, errors.New("out of order")
}

// serve serves a lamp on loopback with the real runtime, and returns where.
func serve(t *testing.T) (url string, r *runner.Runner) {
	t.Helper()
	transport, err := webrtc.New(webrtc.Options{Host: "127.0.0.1", Backends: codec.Backends()})
	if err != nil {
		t.Fatal(err)
	}
	r, err = runner.New(runner.Options{
		Identity: reactor.Identity{Name: "lamp"}, Capabilities: capabilities, Transport: transport,
		Handlers: []runner.Handler{{Name: "set_level", Call: setLevel}, {Name: "fail", Call: fail}},
		Messages: []runner.Message{runner.MessageOf[level]("level")},
		New:      func(context.Context) (reactor.VideoModel, error) { return new(lamp), nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := reactorhttp.New(reactorhttp.Options{Runner: r, Transport: transport, Identity: reactor.Identity{Name: "lamp"}})
	ctx, cancel := context.WithCancel(context.Background())
	var serving sync.WaitGroup
	serving.Go(func() {
		if err := server.Serve(ctx, l); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		cancel()
		serving.Wait()
		end, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		r.Close(end)
		if err := transport.Close(); err != nil {
			t.Error(err)
		}
	})
	return "http://" + l.Addr().String(), r
}

// dial joins the lamp. What it says goes to the channel.
func dial(t *testing.T, url string) (*Client, chan Message) {
	t.Helper()
	heard := make(chan Message, 100)
	http := &nethttp.Client{Transport: &nethttp.Transport{DisableKeepAlives: true}}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	c, err := Dial(ctx, url, Options{HTTP: http, OnMessage: func(m Message) { heard <- m }})
	if err != nil {
		t.Fatal(err)
	}
	return c, heard
}

func await(t *testing.T, heard chan Message) Message {
	t.Helper()
	select {
	case m := <-heard:
		return m
	case <-time.After(patience):
		t.Fatal("no message")
		panic("not reached")
	}
}

func TestClient(t *testing.T) {
	leak.Check(t)
	url, r := serve(t)
	c, heard := dial(t, url)
	if m := await(t, heard); m.Type != "" || string(m.Data) != `"hello"` {
		t.Errorf("it says %+v", m)
	}
	if _, err := c.Command(t.Context(), "set_level", level{99}); err != nil {
		t.Fatal(err)
	}
	if m := await(t, heard); m.Type != "level" || string(m.Data) != `{"level":99}` {
		t.Errorf("it says %+v", m)
	}

	_, err := c.Command(t.Context(), "set_level", map[string]int{"level": 256})
	refused, _ := errors.AsType[*Refused](err)
	if refused == nil || refused.Param != "level" || refused.Code != "invalid_parameter" || !strings.Contains(err.Error(), "set_level: level: must be") {
		t.Errorf("too much gives %v", err)
	}
	_, err = c.Command(t.Context(), "fail", struct{}{})
	if failed, _ := errors.AsType[*Failed](err); failed == nil || err.Error() != "fail: out of order" {
		t.Errorf("a failure gives %v", err)
	}
	_, err = c.Command(t.Context(), "explode", struct{}{})
	if refused, _ := errors.AsType[*Refused](err); refused == nil || refused.Code != "unknown_command" {
		t.Errorf("an unknown command gives %v", err)
	}

	frames := c.Frames()
	for end := time.Now().Add(patience); c.Frames() < frames+5; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d frames, and no more", c.Frames())
		}
	}
	if c.Err() != nil {
		t.Errorf("it has ended with %v", c.Err())
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if c.Err() != ErrClosed || r.Session() != "" {
		t.Errorf("it has ended with %v, the session %q runs", c.Err(), r.Session())
	}
	if _, err := c.Command(t.Context(), "fail", nil); err == nil {
		t.Error("a closed client sends commands")
	}
}

// Each of many commands gets its own answer.
func TestCommandsAtOnce(t *testing.T) {
	leak.Check(t)
	url, _ := serve(t)
	c, _ := dial(t, url)
	defer c.Close()
	var all sync.WaitGroup
	for n := range 40 {
		all.Go(func() {
			_, err := c.Command(t.Context(), "set_level", map[string]int{"level": n * 10})
			if refused := err != nil; refused != (n*10 > 255) {
				t.Errorf("level %d: %v", n*10, err)
			}
		})
	}
	all.Wait()
}

// A command that nobody waits for any more does not answer the next one.
func TestCommandGivenUp(t *testing.T) {
	leak.Check(t)
	url, _ := serve(t)
	c, _ := dial(t, url)
	defer c.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 {
		c.Command(ctx, "set_level", level{1}) // sent or not
		if _, err := c.Command(t.Context(), "set_level", map[string]int{"level": 256}); err == nil {
			t.Fatal("the answer is that of the command before")
		}
	}
}

func TestClientHearsOfTheEnd(t *testing.T) {
	leak.Check(t)
	url, r := serve(t)
	c, _ := dial(t, url)
	defer c.Close()
	if err := r.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	select {
	case <-c.Done():
	case <-time.After(patience):
		t.Fatal("it does not hear of the end")
	}
	if got := c.Err().Error(); got != "the session has ended: stopped" && got != "the connection to the model is lost" {
		t.Errorf("it hears %q", got)
	}
	if _, err := r.Start(); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil || r.Session() == "" {
		t.Errorf("the end of one ends the next session, or fails with %v", err)
	}
}

func TestDialTellsWhatIsWrong(t *testing.T) {
	leak.Check(t)
	url, _ := serve(t)
	c, _ := dial(t, url)
	defer c.Close()
	if _, err := Dial(t.Context(), url, Options{}); err == nil || !strings.Contains(err.Error(), "409 Conflict: a session is running and a viewer is connected") {
		t.Errorf("a second viewer gets %v", err)
	}
	nethttp.DefaultClient.CloseIdleConnections()
	if _, err := Dial(t.Context(), "http://127.0.0.1:1", Options{}); err == nil {
		t.Error("nobody answers, and that is no error")
	}
}

func TestDuration(t *testing.T) {
	text, err := json.Marshal(struct{ A, B Duration }{Duration(1500 * time.Millisecond), Duration(time.Minute)})
	if diff := cmp.Diff(`{"A":1.5,"B":60}`, string(text)); diff != "" || err != nil {
		t.Errorf("%v, -want +got:\n%s", err, diff)
	}
}

// What arrives is not trusted.
func FuzzReceive(f *testing.F) {
	for _, text := range []string{
		`{"scope":"application","data":{"type":"level","data":{}}}`, `{"scope":"application","data":5}`, `{"scope":"application"}`,
		`{"scope":"runtime","data":{"type":"commandApplied","data":{"command":"a","frame":1}}}`,
		`{"scope":"runtime","data":{"type":"commandRefused","data":{"command":"a"}}}`, `{"scope":"runtime","data":{"type":"sessionEnded"}}`,
		`{"scope":"runtime","data":{"type":"commandFailed","data":[]}}`, `{`, `null`, ``,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c := &Client{messages: make(chan Message, 1), done: make(chan struct{}), calls: make(map[string]*call)}
		answer, err := c.begin(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		c.receive(text)
		select {
		case m := <-answer:
			outcome(m)
		default:
		}
	})
}
