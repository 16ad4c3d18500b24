package http

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"net"
	nethttp "net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/record"
	"github.com/reactorgen/reactor/runtime/runner"
	"github.com/reactorgen/reactor/runtime/webrtc"
)

// The bounds of what a client may send, and of how long it may take.
const (
	maxHeader  = 64 << 10 // bytes
	maxBody    = 1 << 20  // bytes
	headerTime = 10 * time.Second
	bodyTime   = 20 * time.Second
	idleTime   = 2 * time.Minute
	endTime    = time.Second // for requests that are under way when the server ends
)

// Options are what a server is made from.
type Options struct {
	Runner    *runner.Runner
	Transport *webrtc.Transport
	Identity  reactor.Identity

	// Uploads take the files of clients; the runner has them too. Nil: none are
	// taken.
	Uploads *Uploads

	// Clips keeps the end of sessions; the transport has it too. Nil: nothing is kept.
	Clips *record.Ring

	// Recorder records the sessions; it is the transport's tap. Nil: nobody does.
	Recorder *record.Recorder

	// Monitor has the events of the runner. Nil: there are none to tell.
	Monitor *Monitor

	// Token is what requests must carry, but for those of /health, the page's files,
	// announced uploads and clips. Empty: none of them need one.
	Token string

	// Profiles tells whether Go's profiler is served.
	Profiles bool

	// Schema is the OpenAPI document of the model. Empty: there is none.
	Schema json.RawMessage

	// Logger hears of sessions asked for and of requests that went wrong. Nil:
	// nobody does.
	Logger *slog.Logger

	// Version is the runtime's, as clients are told.
	Version string
}

// Server answers requests.
type Server struct {
	runner      *runner.Runner
	transport   *webrtc.Transport
	uploads     *Uploads
	clips       *record.Ring
	recorder    *record.Recorder // nil: nothing is recorded
	identity    reactor.Identity
	version     string
	schema      json.RawMessage
	log         *slog.Logger
	monitor     *Monitor
	token       string
	profiles    bool
	readers     atomic.Int32 // of the events
	negotiation negotiation
	edits       *Edits // nil where nobody follows them
}

// New returns a server. It does nothing until it is asked.
func New(o Options) *Server {
	s := &Server{runner: o.Runner, transport: o.Transport, uploads: o.Uploads, clips: o.Clips, recorder: o.Recorder, identity: o.Identity, version: o.Version, schema: o.Schema, log: o.Logger,
		monitor: o.Monitor, token: o.Token, profiles: o.Profiles}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.uploads == nil {
		s.uploads = new(Uploads)
	}
	if s.monitor == nil {
		s.monitor = NewMonitor()
	}
	return s
}

// Handler returns the routes, open to every origin and every host name.
func (s *Server) Handler() nethttp.Handler {
	routes := map[string]handler{
		"POST /start_session": s.startSession,
		"POST /stop_session":  s.stopSession,
		"GET /session":        s.session,
		"GET /schema":         s.openAPI,
		"GET /health":         s.health,
		"GET /metrics":        s.metrics(),
		"GET /events":         s.events,

		"POST /sessions/{sid}/uploads": s.inSession(s.createUpload),
		"PUT /uploads/{key}":           s.putUpload,

		clipRoute:  s.clip,
		chunkRoute: s.clipChunk,

		"GET /watch": s.watch,

		"/": page,
	}
	maps.Copy(routes, s.signalling())
	maps.Copy(routes, s.cloud())
	if s.profiles {
		maps.Copy(routes, profiles())
	}
	mux := nethttp.NewServeMux()
	for pattern, h := range routes {
		if !isOpen(pattern) {
			h = s.guarded(h)
		}
		mux.Handle(pattern, s.serve(h))
	}
	return allowOrigins(mux)
}

// Serve answers the requests that come in through l until ctx is done. It then
// lets those that are under way come to their end, for a second. A server on
// a loopback address is for this machine only: it refuses requests under a host
// name that is not this machine's, which a page elsewhere may have had resolved
// to it.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	h := s.Handler()
	if onLoopback(l.Addr()) {
		h = s.localNames(h)
	}
	requests, cancelRequests := context.WithCancelCause(context.WithoutCancel(ctx))
	defer cancelRequests(nil)
	context.AfterFunc(ctx, func() { cancelRequests(errEnding) })
	server := &nethttp.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
		BaseContext:       func(net.Listener) context.Context { return requests },
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	ctx, cancel := context.WithCancel(ctx)
	var ending sync.WaitGroup
	ending.Go(func() {
		<-ctx.Done()
		end(server)
	})
	err := server.Serve(l)
	cancel()
	ending.Wait()
	if errors.Is(err, nethttp.ErrServerClosed) {
		return nil
	}
	return err
}

// end lets requests come to their end, and cuts off those that take too long.
func end(server *nethttp.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), endTime)
	defer cancel()
	if server.Shutdown(ctx) != nil {
		server.Close()
	}
}
