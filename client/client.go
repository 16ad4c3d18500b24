package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/webrtc/v4"
)

// Options are how a client is made. The zero value is good.
type Options struct {
	// HTTP makes the requests that open and end a session; nil is
	// http.DefaultClient.
	HTTP *http.Client

	// OnMessage is called for each message of the model, one at a time, in their
	// order; nil for none. It may send commands. While it takes its time, some
	// hundred messages wait, and after that whatever the model says.
	OnMessage func(Message)
}

// ErrClosed is the end of a client that was closed.
var ErrClosed = errors.New("the client is closed")

// How long things may take that nobody waits for any more, and how often the
// model is told that the viewer is there.
const (
	stopTime  = 5 * time.Second
	pingEvery = 5 * time.Second
	mostWait  = 256 // messages
)

// Client is a viewer that is connected to a model.
type Client struct {
	session  session
	pc       *webrtc.PeerConnection
	data     *webrtc.DataChannel
	opened   chan struct{}
	messages chan Message
	frames   atomic.Uint64

	working sync.WaitGroup
	end     sync.Once
	done    chan struct{}
	err     error // why done is closed

	mu    sync.Mutex
	calls map[string]*call // by the names of commands
}

// Dial opens a session of the model that is served at url, such as
// http://127.0.0.1:8080, and joins it. It returns when commands can be sent. The
// client lives until it is closed or the session ends, also when ctx is done
// before that.
func Dial(ctx context.Context, url string, o Options) (*Client, error) {
	c := &Client{
		session:  session{http: o.HTTP, url: url},
		opened:   make(chan struct{}),
		messages: make(chan Message, mostWait),
		done:     make(chan struct{}),
		calls:    make(map[string]*call),
	}
	if c.session.http == nil {
		c.session.http = http.DefaultClient
	}
	if err := c.session.start(ctx); err != nil {
		return nil, err
	}
	if err := c.join(ctx, o.OnMessage); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// join connects to the session.
func (c *Client) join(ctx context.Context, handle func(Message)) error {
	if err := c.newPeer(); err != nil {
		return err
	}
	c.working.Go(func() { c.deliver(handle) })
	offer, err := c.offer(ctx)
	if err != nil {
		return err
	}
	answer, err := c.session.answer(ctx, offer)
	if err != nil {
		return err
	}
	if err := c.pc.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: answer}); err != nil {
		return fmt.Errorf("the answer of the model: %w", err)
	}
	select {
	case <-c.opened:
		c.working.Go(c.ping)
		return nil
	case <-c.done:
		return c.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Frames is how many frames of video have arrived.
func (c *Client) Frames() uint64 { return c.frames.Load() }

// Done is closed when the client is of no use any more, for the reason that Err
// tells. Of a session that has ended, that may be a lost connection.
func (c *Client) Done() <-chan struct{} { return c.done }

// Err is why Done is closed: [ErrClosed], or how the session ended. It is nil
// before that.
func (c *Client) Err() error {
	select {
	case <-c.done:
		return c.err
	default:
		return nil
	}
}

// Close ends the session, which is the only one of the model, and the client. It
// must not be called by Options.OnMessage.
func (c *Client) Close() error {
	c.finish(ErrClosed)
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	err := c.session.stop(ctx)
	if c.pc != nil {
		err = errors.Join(err, c.pc.GracefulClose())
	}
	c.working.Wait()
	return err
}

// finish notes the end, once.
func (c *Client) finish(why error) {
	c.end.Do(func() {
		c.err = why
		close(c.done)
	})
}

// deliver hands messages on until the end.
func (c *Client) deliver(handle func(Message)) {
	for {
		select {
		case m := <-c.messages:
			if handle != nil {
				handle(m)
			}
		case <-c.done:
			return
		}
	}
}

// ping tells the model that the viewer is there, until the end.
func (c *Client) ping() {
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := c.send("runtime", "ping", json.RawMessage("{}")); err != nil {
				c.finish(err)
			}
		case <-c.done:
			return
		}
	}
}
