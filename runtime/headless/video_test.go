package headless

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/record"
	"github.com/reactorgen/reactor/runtime/runner"
)

// rising emits two frames a second, of which each is 20 brighter.
func rising(ctx reactor.Context) error {
	for n := byte(0); ; n++ {
		b := reactor.NewBlock(1, 48, 64)
		for i := range b.Pix {
			b.Pix[i] = 40 + 20*n
		}
		if err := ctx.EmitBlock(b); err != nil {
			return err
		}
		if err := ctx.Wait(time.Second / 2); err != nil {
			return err
		}
	}
}

// recorded is the file of a session of eight frames, as --record makes it.
func recorded(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	recorder, err := record.New(record.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer recorder.Close()
	to := TransportOptions{Film: &Filming{Recorder: recorder, Backend: vp8()}}
	if err := set(t, modelFunc(rising), nil, to, Options{Frames: 8}).play(t.Context()); err != nil {
		t.Fatal(err)
	}
	recorder.Close()
	return only(t, dir)
}

// watched are the shades that a model was shown, a few off as they were encoded, without
// those that repeat the one before.
func (m *mirror) watched() (shades []int, at []time.Duration) {
	for i, shade := range m.seen {
		rounded := (int(shade) + 10) / 20 * 20
		if n := len(shades); n == 0 || shades[n-1] != rounded {
			shades, at = append(shades, rounded), append(at, m.at[i]-m.at[0])
		}
	}
	return shades, at
}

// TestVideoIsInput feeds a model what another session has recorded, at its own pace and
// at another.
func TestVideoIsInput(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file := recorded(t)
		for _, test := range []struct {
			flag  string
			total time.Duration // 0: as long as it was
		}{{"", 3500 * time.Millisecond}, {" --input-fps 100", 0}} {
			m := &mirror{}
			s := set(t, m, nil, TransportOptions{}, Options{Script: script(t, "start --input `"+file+"`"+test.flag+"\nwait 10s\nstop")})
			if err := s.play(t.Context()); err != nil {
				t.Error(err)
			}
			shades, at := m.watched()
			for i, shade := range shades {
				if shade != 40+20*i {
					t.Errorf("picture %d has the shade %d", i, shade)
				}
				if want := time.Duration(i) * time.Second / 2; test.total > 0 && (at[i]-want).Abs() > time.Millisecond {
					t.Errorf("picture %d is shown at %v", i, at[i])
				}
			}
			if last := m.at[len(m.at)-1] - m.at[0]; len(shades) != 8 || test.total == 0 && last != time.Duration(len(m.at)-1)*10*time.Millisecond {
				t.Errorf("%d pictures of %d shades in %v", len(m.at), len(shades), last)
			}
			if !strings.Contains(s.told(), " pictures sent, dropped: 0\n") {
				t.Error(s.told())
			}
		}
	})
}

// TestVideoMistakes has files that are no videos: no session starts.
func TestVideoMistakes(t *testing.T) {
	camera := []runner.Track{{Name: "camera", Kind: runner.Video, Direction: runner.In}}
	for name, want := range map[string]string{
		"a.mp4":  "videos are read where they are VP8, in a .webm or an .ivf",
		"a.webm": "unmarshalling",
		"a.ivf":  "it breaks off",
	} {
		if _, err := openInput(input{writeText(t, name), 0}, camera); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestVideoThatCannotBeDecoded ends the input, with the place in the file.
func TestVideoThatCannotBeDecoded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file := recorded(t)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var last codec.Packet
		for p := range record.Pictures(file) {
			last = p
		}
		at := strings.LastIndex(string(text), string(last.Data))
		bad := filepath.Join(t.TempDir(), "bad.webm")
		if err := os.WriteFile(bad, append(append(text[:at:at], make([]byte, len(last.Data))...), text[at+len(last.Data):]...), 0o666); err != nil {
			t.Fatal(err)
		}
		m := &mirror{}
		s := set(t, m, nil, TransportOptions{}, Options{Script: script(t, "start --input `"+bad+"`\nwait 10s\nstop")})
		if err := s.play(t.Context()); err == nil || len(m.seen) < 7 {
			t.Errorf("%d pictures, %v", len(m.seen), err)
		}
		if want := "[ERROR] Input ended: " + bad + ": the picture at "; !strings.Contains(s.told(), want) {
			t.Errorf("it is not told: %s\n%s", want, s.told())
		}
	})
}
