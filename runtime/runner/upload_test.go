package runner

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
)

// post has the uploads of one session after another; each arrives when it is told
// to.
type post struct {
	mu    sync.Mutex
	calls []string
	at    map[string]chan struct{}
}

func (p *post) StartSession(string) { p.note("start") }
func (p *post) EndSession()         { p.note("end") }

func (p *post) note(call string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls = append(p.calls, call)
}

func (p *post) Upload(id string) (reactor.File, error) {
	if arrival := p.Arrival(id); arrival != nil {
		return reactor.File{}, errors.New("it has not arrived")
	}
	return reactor.File{Name: id}, nil
}

func (p *post) Arrival(id string) <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	if at := p.at[id]; at != nil {
		return at
	}
	return nil
}

// arrive lets an upload arrive.
func (p *post) arrive(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.at[id])
	delete(p.at, id)
}

const (
	fileForm         = `{"x":{"$defs":{"F":{"properties":{"upload_id":{"type":"string"},"name":{},"mime_type":{},"size":{}},"required":["upload_id"]}},"$ref":"#/$defs/F","required":true}}`
	fileCapabilities = `{"commands":{"keep":{"schema":` + fileForm + `},"later":{"schema":` + fileForm + `},"plain":{"schema":{}}}}`
)

// withFiles tests a model that waits, whose uploads "a" and "b" are on their way.
func withFiles(t *testing.T, test func(*setup, *post, *answers)) {
	p := &post{}
	keep := func(_ reactor.Context, _ reactor.VideoModel, a *Args) (any, error) {
		f := File(a, "x")
		return f.Name, a.Err()
	}
	handlers := []Handler{{Name: "keep", Call: keep}, {Name: "later", Call: keep, Async: true}, {Name: "plain", Call: func(reactor.Context, reactor.VideoModel, *Args) (any, error) { return nil, nil }}}
	model := func(ctx reactor.Context) error { return ctx.Wait(time.Hour) }
	inBubble(t, model, Options{Capabilities: fileCapabilities, Handlers: handlers, Uploads: p}, func(s *setup) {
		p.at = map[string]chan struct{}{"a": make(chan struct{}), "b": make(chan struct{})}
		s.start()
		test(s, p, &answers{began: time.Now()})
	})
}

// answers are the outcomes of commands, with the time at which they came.
type answers struct {
	began time.Time
	mu    sync.Mutex
	all   []string
}

func (a *answers) take(o Outcome) {
	a.mu.Lock()
	defer a.mu.Unlock()
	text := fmt.Sprintf("%v %s %s", time.Since(a.began), o.Command, o.Status)
	if o.Refusal != nil {
		text += " " + o.Refusal.Code + " " + o.Refusal.Error()
	} else if o.Result != nil {
		text += fmt.Sprintf(" %s", o.Result)
	}
	a.all = append(a.all, text)
}

func (a *answers) want(t *testing.T, want ...string) {
	t.Helper()
	synctest.Wait()
	a.mu.Lock()
	defer a.mu.Unlock()
	slices.Sort(a.all)
	if !slices.Equal(a.all, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(a.all, "\n  "), strings.Join(want, "\n  "))
	}
	a.all = nil
}

func TestCommandWaitsForItsUpload(t *testing.T) {
	for _, name := range []string{"keep", "later"} {
		withFiles(t, func(s *setup, p *post, a *answers) {
			s.Command(name, []byte(`{"x":{"upload_id":"a"}}`), a.take)
			s.Command("plain", nil, a.take)
			s.Command(name, []byte(`{"x":{"upload_id":"there"}}`), a.take)
			time.Sleep(3 * time.Second)
			a.want(t, "0s "+name+` applied "there"`, "0s plain applied")
			p.arrive("a")
			a.want(t, "3s "+name+` applied "a"`)
		})
	}
}

func TestCommandWaitsForAllUploads(t *testing.T) {
	withFiles(t, func(s *setup, p *post, a *answers) {
		s.Command("keep", []byte(`{"x":{"upload_id":"a"},"y":[{"z":{"upload_id":"b"}},{"upload_id":7}]}`), a.take)
		time.Sleep(time.Second)
		p.arrive("a")
		time.Sleep(time.Second)
		a.want(t)
		p.arrive("b")
		a.want(t, `2s keep applied "a"`)
	})
}

func TestCommandWhoseUploadDoesNotArrive(t *testing.T) {
	withFiles(t, func(s *setup, _ *post, a *answers) {
		s.Command("keep", []byte(`{"x":{"upload_id":"a"},"y":{"upload_id":"b"}}`), a.take)
		time.Sleep(arrivalTime - time.Millisecond)
		a.want(t)
		time.Sleep(time.Millisecond)
		a.want(t, "10s keep refused unresolved_upload x: is not there: it has not arrived")
	})
}

func TestSessionEndsBeforeAnUploadArrives(t *testing.T) {
	withFiles(t, func(s *setup, p *post, a *answers) {
		s.Command("keep", []byte(`{"x":{"upload_id":"a"}}`), a.take)
		time.Sleep(time.Second)
		if err := s.Stop(s.t.Context()); err != nil {
			t.Error(err)
		}
		a.want(t, "1s keep refused no_session no session is running")
		if want := []string{"start", "end"}; !slices.Equal(p.calls, want) {
			t.Errorf("%q, want %q", p.calls, want)
		}
	})
}

func TestTooManyCommandsWaitForUploads(t *testing.T) {
	withFiles(t, func(s *setup, p *post, a *answers) {
		for range queueSize {
			s.Command("keep", []byte(`{"x":{"upload_id":"a"}}`), func(Outcome) {})
		}
		s.Command("keep", []byte(`{"x":{"upload_id":"b"}}`), a.take)
		s.Command("plain", nil, a.take)
		a.want(t, "0s keep refused busy 64 commands before this one have not been carried out", "0s plain applied")
		p.arrive("a")
		synctest.Wait()
		s.Command("keep", []byte(`{"x":{"upload_id":"b"}}`), a.take)
		p.arrive("b")
		a.want(t, `0s keep applied "b"`)
	})
}
