package http

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

func TestHealth(t *testing.T) {
	tr := newTransport(t)
	failing := func(context.Context) (reactor.VideoModel, error) { return failure{}, nil }
	for _, test := range []struct {
		name  string
		model func(context.Context) (reactor.VideoModel, error)
		do    func(*runner.Runner)
		code  int
		want  string
	}{
		{"loading", newLamp, func(*runner.Runner) {}, 503,
			`{"status":"unhealthy","model":"lamp","state":"loading","why":"loading","detail":"the model is loading"}`},
		{"idle", newLamp, func(r *runner.Runner) { r.Load(t.Context()) }, 200, `{"status":"healthy","model":"lamp","state":"idle"}`},
		{"not loaded", func(context.Context) (reactor.VideoModel, error) { return nil, errLamp }, func(r *runner.Runner) { r.Load(t.Context()) }, 503,
			`{"status":"unhealthy","model":"lamp","state":"error","why":"load_failed","cause":"load_failed","detail":"the model did not load; the log says why"}`},
		{"failed", failing, func(r *runner.Runner) { r.Load(t.Context()); r.Start(); r.Stop(t.Context()) }, 200,
			`{"status":"healthy","model":"lamp","state":"error","why":"session_failed","cause":"model_panicked","detail":"the last session failed: the model panicked; the next one may start"}`},
		{"ending", newLamp, func(r *runner.Runner) { r.Load(t.Context()); r.Close(t.Context()) }, 503,
			`{"status":"unhealthy","model":"lamp","state":"idle","why":"ending","detail":"the program is ending"}`},
	} {
		s := newServer(t, tr, test.model)
		test.do(s.runner)
		if w := request(s.Handler(), "GET", "/health", ""); w.Code != test.code || w.Body.String() != test.want+"\n" {
			t.Errorf("%s: %d %s", test.name, w.Code, w.Body)
		}
	}
}

// failure is a model that panics.
type failure struct{}

func (failure) StartSession(ctx reactor.Context) error {
	<-ctx.Done()
	panic("secret of the model")
}

func TestHealthOfAnAbandonedSession(t *testing.T) {
	tr := newTransport(t)
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, tr, func(context.Context) (reactor.VideoModel, error) { return stubborn{time.Minute}, nil })
		s.runner.Load(t.Context())
		s.runner.Start()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := s.runner.Stop(ctx); !errors.Is(err, runner.ErrAbandoned) {
			t.Fatal(err)
		}
		want := `{"status":"unhealthy","model":"lamp","state":"error","why":"session_abandoned","cause":"model_blocked",` +
			`"detail":"the model did not stop in time: it came to no safe point; no session starts until it returns"}`
		if w := request(s.Handler(), "GET", "/health", ""); w.Code != 503 || w.Body.String() != want+"\n" {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		time.Sleep(time.Hour)
		if w := request(s.Handler(), "GET", "/health", ""); w.Code != 200 || !strings.Contains(w.Body.String(), fmt.Sprintf("%q", runner.WhyFailed)) {
			t.Errorf("after its return: %d %s", w.Code, w.Body)
		}
	})
}
