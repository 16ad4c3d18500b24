package headless

import (
	"bytes"
	"image"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/record"
)

// slow is an encoder that takes longer for a picture than the model does.
type slow struct{ codec.Encoder }

func (e slow) Encode(pic *image.YCbCr, key bool) (data []byte, isKey bool, err error) {
	time.Sleep(300 * time.Millisecond)
	return e.Encoder.Encode(pic, key)
}

// vp8 is an encoder that is there.
func vp8() codec.Backend {
	backends := codec.Backends()
	return backends[slices.IndexFunc(backends, func(b codec.Backend) bool { return b.Format == codec.VP8 })]
}

// slowVP8 is that, slowed down.
func slowVP8() codec.Backend {
	backend := vp8()
	makes := backend.New
	backend.New = func(s codec.Settings) (codec.Encoder, error) {
		e, err := makes(s)
		return slow{e}, err
	}
	return backend
}

// TestFilm has a batch whose every frame is in the file, however slow the encoder is.
func TestFilm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		recorder, err := record.New(record.Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		defer recorder.Close()
		to := TransportOptions{Film: &Filming{Recorder: recorder, Backend: slowVP8()}}
		s := set(t, modelFunc(counter), nil, to, Options{Frames: 25})
		if err := s.play(t.Context()); err != nil {
			t.Error(err)
		}
		recorder.Close()
		if !strings.Contains(s.told(), "[INFO] Video: pictures: 25, left out: 0\n") {
			t.Error(s.told())
		}
		// A key frame that is wanted while nothing comes repeats a picture.
		if written, lost := recorder.Stats(); written < 25 || lost != 0 {
			t.Errorf("%d pictures are in the file, %d are lost", written, lost)
		}
		if files, err := filepath.Glob(filepath.Join(dir, "*.webm")); err != nil || len(files) != 1 {
			t.Errorf("%v, %v", files, err)
		}
	})
}

// TestEndOfFilm has the last frame of a session in the file, also where frames may be
// left out: it waits for the encoder when the session ends.
func TestEndOfFilm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		recorder, err := record.New(record.Options{Dir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		defer recorder.Close()
		f := (&Filming{Recorder: recorder, Backend: slowVP8()}).begin("s", time.Now())
		f.write(gray(1, 10), false)
		synctest.Wait()
		f.write(gray(2, 20), false)
		var out bytes.Buffer
		f.end(&report{w: &out})
		if got := out.String(); !strings.Contains(got, "Video: pictures: 2, left out: 0\n") {
			t.Error(got)
		}
	})
}
