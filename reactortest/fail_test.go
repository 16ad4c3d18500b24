package reactortest_test

import (
	"errors"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/reactortest"
)

// verdict is a test that writes down what it is told.
type verdict struct {
	testing.TB
	said      []string
	artifacts string
	cleanups  []func()
}

func (v *verdict) Helper()             {}
func (v *verdict) ArtifactDir() string { return v.artifacts }
func (v *verdict) Cleanup(f func())    { v.cleanups = append(v.cleanups, f) }

func (v *verdict) Errorf(format string, values ...any) {
	v.said = append(v.said, "error: "+fmt.Sprintf(format, values...))
}

func (v *verdict) Logf(format string, values ...any) {
	v.said = append(v.said, "log: "+fmt.Sprintf(format, values...))
}

func (v *verdict) Fatal(values ...any) { v.Fatalf("%s", fmt.Sprint(values...)) }

func (v *verdict) Fatalf(format string, values ...any) {
	v.said = append(v.said, "fatal: "+fmt.Sprintf(format, values...))
	runtime.Goexit()
}

// of runs a test and returns what it was told.
func of(t *testing.T, test func(v *verdict)) string {
	t.Helper()
	v := &verdict{TB: t, artifacts: t.TempDir()}
	synctest.Test(t, func(*testing.T) {
		done := make(chan struct{})
		go func() {
			defer close(done)
			test(v)
		}()
		<-done
		for len(v.cleanups) > 0 {
			last := len(v.cleanups) - 1
			f := v.cleanups[last]
			v.cleanups = v.cleanups[:last]
			f()
		}
	})
	return strings.Join(v.said, "\n")
}

func TestSessionFailsItsTest(t *testing.T) {
	boom := errors.New("boom")
	after := func(d time.Duration) modelFunc {
		return func(ctx reactor.Context) error {
			if err := ctx.EmitBlock(nil); err != nil {
				return err
			}
			time.Sleep(d)
			return boom
		}
	}
	idle := modelFunc(func(ctx reactor.Context) error {
		for ctx.Wait(time.Minute) == nil {
		}
		return nil
	})
	deaf := modelFunc(func(ctx reactor.Context) error {
		<-ctx.Done()
		return nil
	})
	for _, test := range []struct {
		name  string
		model reactor.VideoModel
		do    func(*reactortest.Session)
		want  string
	}{
		{"all is well", &counter{}, func(s *reactortest.Session) { s.Frame(5) }, ""},
		{"a frame that was", &counter{}, func(s *reactortest.Session) { s.Play(time.Second); s.Frame(5) },
			"fatal: frame 5 has been shown already; the last is 31"},
		{"no frame comes", idle, func(s *reactortest.Session) { s.Frame(5) },
			"fatal: no frame within 1h0m0s; the last is 0, and not 5"},
		{"the model fails before", after(time.Second), func(s *reactortest.Session) { s.Frame(5) },
			"fatal: the session ended after frame 1 and before 5: error, boom"},
		{"nobody asks how it ended", after(time.Second), func(s *reactortest.Session) { s.Play(time.Minute) },
			"error: the session ended badly: boom"},
		{"it ends at the end of the test", after(0), func(*reactortest.Session) {},
			"error: the session ended badly: boom"},
		{"somebody asks", after(time.Second), func(s *reactortest.Session) { s.End() }, ""},
		{"it goes on and on", idle, func(s *reactortest.Session) { s.End() },
			"fatal: the session did not end within 1h0m0s"},
		{"refused", &counter{}, func(s *reactortest.Session) { s.Command("step", `{"step": -1}`) },
			`fatal: the command step {"step": -1} was refused: step: must be at least 0, not -1`},
		{"a panic of a command", &counter{}, func(s *reactortest.Session) { s.Do(func() { panic(boom) }) },
			"fatal: what was to be done failed: panic: boom"},
		{"no safe point", deaf, func(s *reactortest.Session) { s.Do(func() {}) },
			"fatal: the command (do) has no answer within 1h0m0s: the model comes to no safe point"},
		{"no session any more", &counter{}, func(s *reactortest.Session) { s.Stop(); s.Do(func() {}) },
			"fatal: what was to be done was refused: no session is running"},
		{"the next after a bad one", after(time.Second), func(s *reactortest.Session) { s.Play(time.Minute); s.Restart() },
			"fatal: the session ended badly: boom"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := of(t, func(v *verdict) { test.do(start(v, test.model)) })
			if got != test.want {
				t.Errorf("it said %q, want %q", got, test.want)
			}
		})
	}
}

// TestModelThatStays holds that nobody waits for a model that does not return.
func TestModelThatStays(t *testing.T) {
	said := of(t, func(v *verdict) {
		var gone atomic.Bool
		v.Cleanup(func() { // after that of the session
			gone.Store(true)
			time.Sleep(time.Second)
		})
		reactortest.Start(v, modelFunc(func(reactor.Context) error {
			for !gone.Load() {
				time.Sleep(time.Second)
			}
			return nil
		}))
	})
	const want = "error: the session ended badly: the model did not stop in time; its session has been abandoned\n" +
		"error: the model is not closed: the model did not stop in time; its session has been abandoned"
	if said != want {
		t.Errorf("it said %q, want %q", said, want)
	}
}

func TestStartOutsideOfABubble(t *testing.T) {
	v := &verdict{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		reactortest.Start(v, &counter{})
	}()
	<-done
	if got := strings.Join(v.said, "\n"); !strings.Contains(got, "inside of synctest.Test") {
		t.Errorf("it said %q", got)
	}
}

// update sets the flag for the rest of a test.
func update(t *testing.T, value string) {
	t.Helper()
	was := flag.Lookup("update").Value.String()
	if err := flag.Set("update", value); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("update", was) })
}

func TestGolden(t *testing.T) {
	t.Chdir(t.TempDir())
	path := filepath.Join("testdata", "TestGolden.golden")
	artifacts := ""
	at := func(number uint64) string {
		return of(t, func(v *verdict) {
			s := reactortest.Start(v, &counter{})
			s.Frame(number)
			s.Golden("the picture")
			artifacts = v.artifacts
		})
	}
	want := func(what, got, want string) {
		t.Helper()
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: it said %q, want %q", what, got, want)
		}
	}
	update(t, "false")
	want("there is none", at(5), `has no frame "the picture"; to write it: go test -update`)
	update(t, "true")
	want("writing", at(4), "")
	want("writing again", at(5), "")
	update(t, "false")
	want("the same", at(5), "")
	want("another", at(6), `error: frame 6 is not the "the picture" of `+path)

	file, err := os.Open(filepath.Join(artifacts, "the_picture.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if img, err := png.Decode(file); err != nil || img.Bounds() != image.Rect(0, 0, 64, 36) {
		t.Errorf("the picture that is kept: %v, %v", img, err)
	} else if r, _, _, _ := img.At(0, 0).RGBA(); r>>8 != 6 {
		t.Errorf("its first pixel has the red %d", r>>8)
	}

	text, err := os.ReadFile(path)
	if err != nil || strings.Count(string(text), "\n") != 1 {
		t.Fatalf("%q, %v", text, err)
	}
	foreign := strings.Replace(string(text), " "+runtime.GOARCH+" ", " other ", 1)
	if err := os.WriteFile(path, []byte(foreign), 0o666); err != nil {
		t.Fatal(err)
	}
	want("the same elsewhere", at(5), "")
	want("another elsewhere", at(6), "log: ")
	update(t, "true")
	want("writing here too", at(6), "")
	update(t, "false")
	want("here it counts", at(5), "error: ")

	if err := os.WriteFile(path, []byte("what is this\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	want("a file that is none", at(5), "is not a line of hash, size, architecture and name")
}
