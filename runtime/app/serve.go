package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	reactorhttp "github.com/reactorgen/reactor/runtime/http"
	"github.com/reactorgen/reactor/runtime/runner"
	"github.com/reactorgen/reactor/runtime/webrtc"
)

// spareTime is how long the end of everything may take longer than what the model
// has for it, which is --grace: to return from its session, or its constructor.
const spareTime = 2 * time.Second

// service is the program once its ports are open.
type service struct {
	url       string
	grace     time.Duration
	log       *slog.Logger
	listener  net.Listener
	transport *webrtc.Transport
	uploads   *reactorhttp.Uploads
	recording recording
	monitor   *reactorhttp.Monitor
	runner    *runner.Runner
	http      *reactorhttp.Server
}

// open opens the ports and puts the parts together. The model is not loaded yet.
func open(ctx context.Context, p Program, f flags, in Inputs) (_ *service, err error) {
	backends, err := encoders(f.encoder)
	if err != nil {
		return nil, err
	}
	schema, err := p.openAPI()
	if err != nil {
		return nil, err
	}
	s := &service{log: in.Logger, grace: time.Duration(f.grace), monitor: reactorhttp.NewMonitor()}
	if s.listener, err = listen(ctx, f.host, f.port); err != nil {
		return nil, err
	}
	token := s.guard(f)
	if s.recording, err = openRecording(f.record, backends, in.Logger); err != nil {
		return nil, errors.Join(err, s.listener.Close())
	}
	s.transport, err = webrtc.New(webrtc.Options{Backends: backends, Host: f.host, Port: int(f.port),
		MaxViewers: int(f.viewers), Schema: schema, Tap: s.recording.tap(), Clips: s.recording.clips, Logger: in.Logger})
	if err != nil {
		return nil, errors.Join(addressError("UDP port", f.host, f.port, err), s.recording.close(), s.listener.Close())
	}
	warnOfSilence(p.Tracks, s.transport.SoundError, in.Logger)
	s.uploads = openUploads(int64(f.upload), in.Logger)
	s.runner, err = newRunner(p, in, runner.Options{
		Uploads: s.uploads, Transport: s.transport, OrphanTimeout: time.Duration(f.orphan), Observe: s.monitor.Observe,
	})
	if err != nil {
		return nil, errors.Join(err, s.transport.Close(), s.recording.close(), s.listener.Close())
	}
	s.http = reactorhttp.New(reactorhttp.Options{
		Runner: s.runner, Transport: s.transport, Uploads: s.uploads, Clips: s.recording.clips, Recorder: s.recording.recorder, Identity: p.Identity, Logger: in.Logger, Version: version(),
		Schema: schema, Monitor: s.monitor, Token: token, Profiles: f.profiles,
	})
	return s, nil
}

// guard returns the token that clients need, and says where the program is and who
// gets in. A token that was made is in the fragment of the address, which a browser
// keeps to itself; no token is in the log.
func (s *service) guard(f flags) (token string) {
	s.url = address(f.host, s.listener)
	token, made := f.tokenFor(s.listener)
	if made {
		s.url += "/#token=" + token
	}
	switch {
	case token != "":
		s.log.Info("clients need the token")
	case !onLoopback(s.listener):
		s.log.Warn("other machines can reach this model and everybody may use it", "host", f.host)
	}
	return token
}

// openUploads clears what earlier programs have left behind: their end may have
// been a sudden one. That this fails is no reason not to serve.
func openUploads(most int64, log *slog.Logger) *reactorhttp.Uploads {
	place := os.TempDir()
	if err := reactorhttp.SweepUploads(place); err != nil {
		log.Warn("uploads that were left behind cannot be removed", "error", err)
	}
	return reactorhttp.NewUploads(place, most)
}

// serve answers requests while the model loads and from then on, until ctx is
// done, and ends everything. The error says why the model did not load, why the
// server broke off, or what did not end in time.
func (s *service) serve(ctx context.Context) error {
	serving, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	answering, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var loading, server sync.WaitGroup
	loading.Go(func() {
		if err := s.runner.Load(serving); err != nil {
			fail(notLoaded(err))
		}
	})
	server.Go(func() {
		if err := s.http.Serve(answering, s.listener); err != nil {
			fail(fmt.Errorf("the server broke off: %w", err))
		}
	})
	<-serving.Done()
	var why error
	if ctx.Err() == nil {
		why = context.Cause(serving)
	} else {
		s.log.Info("ending; a second signal ends at once")
	}
	return errors.Join(why, s.end(&loading, func() {
		stop()
		server.Wait()
	}))
}

// notLoaded says that the model did not load, unless it is its configuration that
// is wrong: that begins with the place.
func notLoaded(err error) error {
	if isConfig(err) {
		return err
	}
	return fmt.Errorf("the model did not load: %w", err)
}

// end stops the model, disconnects the viewers, and waits for the model that loads
// and for the server. The server is the last to end, so that /health and /events tell
// how the model does.
func (s *service) end(loading *sync.WaitGroup, endServer func()) error {
	return within(s.grace, s.grace+spareTime, func(ctx context.Context) error {
		err := errors.Join(s.runner.Close(ctx), s.transport.Close(), s.recording.close(), s.uploads.Close())
		s.monitor.Close()
		endServer()
		if ctx.Err() == nil {
			loading.Wait()
		}
		return err
	})
}

// within calls end with a context that lasts for soft, and returns after hard
// whatever happens: a constructor or a session that does not return is left
// behind.
func within(soft, hard time.Duration, end func(context.Context) error) error {
	done := make(chan error, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), soft)
		defer cancel()
		done <- end(ctx)
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(hard):
		return fmt.Errorf("not everything ended within %v", hard)
	}
}
