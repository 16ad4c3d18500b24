package headless

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

// duet emits ten frames a second with depth, which is the same for two frames each, and
// sound, whose samples are the number of the frame; then it pauses a second. Frame 4 has
// neither.
func duet(ctx reactor.Context) error {
	block := func(shade byte) *reactor.Block {
		return &reactor.Block{Frames: 1, Height: 3, Width: 4, Pix: gray(0, shade).Pix}
	}
	for n := byte(1); ; n++ {
		b := block(n)
		if n != 4 {
			b.Tracks = map[string]*reactor.Block{"depth": block(100 + n/2)}
			b.Sound = &reactor.Sound{Channels: 1 + int(n%2), Samples: slices.Repeat([]int16{int16(n)}, 4800*(1+int(n%2)))}
		}
		if err := ctx.EmitBlock(b); err != nil {
			return err
		}
		if n == 3 {
			if err := ctx.Wait(1300 * time.Millisecond); err != nil {
				return err
			}
		}
	}
}

// only is the one folder in a folder.
func only(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%v, %v", entries, err)
	}
	return filepath.Join(dir, entries[0].Name())
}

// take takes a folder away from one in which only frames are to be left.
func take(t *testing.T, from, name string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), name)
	if err := os.Rename(filepath.Join(from, name), to); err != nil {
		t.Fatal(err)
	}
	return to
}

// samples reads a file of sound as what one hears, left and right by turns.
func samples(t *testing.T, name string) (all []int16) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	le := binary.LittleEndian
	header := fmt.Sprint(string(text[:4]), le.Uint32(text[4:]), string(text[8:16]), le.Uint32(text[16:]), le.Uint16(text[20:]), le.Uint16(text[22:]),
		le.Uint32(text[24:]), le.Uint32(text[28:]), le.Uint16(text[32:]), le.Uint16(text[34:]), string(text[36:40]), le.Uint32(text[40:]))
	if want := fmt.Sprint("RIFF", len(text)-8, "WAVEfmt ", 16, 1, 2, 48000, 192000, 4, 16, "data", len(text)-44); header != want {
		t.Fatalf("the header is %s, want %s", header, want)
	}
	for i := 44; i < len(text); i += 2 {
		all = append(all, int16(le.Uint16(text[i:])))
	}
	return all
}

func TestTracksAndSoundAreFiles(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := set(t, modelFunc(duet), nil, TransportOptions{JSON: true}, Options{Frames: 6})
		if err := s.play(t.Context()); err != nil {
			t.Error(err)
		}
		dir := only(t, s.root)
		depth, wav := take(t, dir, "depth"), take(t, dir, "sound.wav")
		if got := string(shades(t, dir)); got != "\x01\x02\x03\x04\x05\x06" {
			t.Errorf("main_video has %q", got)
		}
		if got := string(shades(t, depth)); got != "\x64\x65\x66\x67" {
			t.Errorf("depth has %q", got)
		}
		wantSound(t, samples(t, wav))
		for _, want := range []string{
			`"frames":{"shown":6,"written":6,"duplicates":0,"dropped":0},"sound":{"written":0.5,"dropped":0},"tracks":{"depth":{"shown":5,"written":4,"duplicates":1,"dropped":0}}`,
			`"track":"depth","number":2,"pts":0.1,"width":4,"height":3}`,
		} {
			if !strings.Contains(strings.ReplaceAll(s.told(), `"file":`, ""), want) {
				t.Errorf("it is not told: %s\n%s", want, s.told())
			}
		}
	})
}

// wantSound holds a file to the time and the number of each frame of duet.
func wantSound(t *testing.T, all []int16) {
	t.Helper()
	// The model pauses for 1300 ms from when the second block of sound is heard, and
	// frame 5 follows frame 4 as fast as it goes.
	const rate = 2 * reactor.SampleRate
	for i, want := range []int16{1, 2, 3} {
		if piece := all[i*rate/10 : (i+1)*rate/10]; slices.Min(piece) != want || slices.Max(piece) != want {
			t.Errorf("with frame %d, %d to %d are heard", want, slices.Min(piece), slices.Max(piece))
		}
	}
	five := slices.Index(all, 5)
	if silence := all[3*rate/10 : five]; slices.Min(silence) != 0 || slices.Max(silence) != 0 || len(silence) < rate || five%2 != 0 {
		t.Errorf("after %v frame 5 is heard", time.Duration(len(silence)/2)*time.Second/reactor.SampleRate)
	}
	if six := slices.Index(all, 6); six-five != rate/10 || len(all)-six != rate/10 {
		t.Errorf("frame 5 is heard for %d samples, frame 6 for %d", six-five, len(all)-six)
	}
}

// TestFoldersThatWindowsHas has tracks by the names of devices, and some that only look so.
func TestFoldersThatWindowsHas(t *testing.T) {
	dir := t.TempDir()
	main, to := newFrames(dir, TransportOptions{}), &Transport{report: &report{w: io.Discard}}
	b := &beside{open: true}
	want := map[string]string{"aux": "_aux", "con": "_con", "nul": "_nul", "prn": "_prn", "com1": "_com1", "lpt9": "_lpt9",
		"auxx": "auxx", "com": "com", "com10": "com10", "nul_": "nul_", "depth": "depth"}
	for name := range want {
		b.frame(runner.Frame{Track: name, Width: 1, Height: 1, Pix: make([]byte, 3)}, main, to)
	}
	b.close()
	if err := b.wait(); err != nil {
		t.Fatal(err)
	}
	for name, folder := range want {
		if _, err := os.Stat(filepath.Join(dir, folder, "frame_000000.png")); err != nil || b.counts()[name].Written != 1 {
			t.Errorf("%s: %v, %+v", name, err, b.counts()[name])
		}
	}
}

func TestPeopleAreToldOfTracks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := set(t, modelFunc(duet), nil, TransportOptions{}, Options{Frames: 2})
		if err := s.play(t.Context()); err != nil {
			t.Error(err)
		}
		if want := "[INFO] Session stopped. Total frames: 2\n[INFO] Track depth: frames: 2\n[INFO] Sound: 0.200s\n"; !strings.Contains(s.told(), want) {
			t.Errorf("it is not told:\n%s", s.told())
		}
	})
}

// TestTrackThatCannotBeWritten has a file where a folder or a file is to be.
func TestTrackThatCannotBeWritten(t *testing.T) {
	for _, name := range []string{"depth", "sound.wav"} {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, "sound.wav", "by a folder"), 0o777); err != nil {
			t.Fatal(err)
		}
		if name == "depth" {
			if err := os.RemoveAll(filepath.Join(dir, "sound.wav")); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "depth"), nil, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		main, to := newFrames(dir, TransportOptions{}), &Transport{report: &report{w: os.Stderr}}
		b := &beside{open: true}
		b.frame(runner.Frame{Track: "depth", Width: 1, Height: 1, Pix: make([]byte, 3)}, main, to)
		b.hear(runner.Sound{Channels: 1, Samples: make([]int16, 960)}, main, to)
		b.close()
		if err := b.wait(); err == nil {
			t.Errorf("%s: all is well", name)
		}
		if name == "depth" {
			select {
			case <-main.failed:
			default:
				t.Error("the session is not stopped")
			}
			if got := b.counts()["depth"]; got != (frameCounts{Shown: 1, Dropped: 1}) {
				t.Errorf("the frames are %+v", got)
			}
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "*.part")); len(left) != 0 {
			t.Errorf("left is %q", left)
		}
	}
}

// TestSessionFailsWithItsTracks has a model whose second picture finds a file where its
// folder is to be.
func TestSessionFailsWithItsTracks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s *stage
		m := modelFunc(func(ctx reactor.Context) error {
			if err := os.WriteFile(filepath.Join(only(t, s.root), "depth"), nil, 0o666); err != nil {
				return err
			}
			return duet(ctx)
		})
		s = set(t, m, nil, TransportOptions{}, Options{Frames: 60})
		err := s.play(t.Context())
		if err == nil || !strings.Contains(s.told(), "[ERROR] The frames could not be written: ") {
			t.Errorf("%v\n%s", err, s.told())
		}
		if !strings.Contains(s.told(), "\n[INFO] Track depth: frames: 0, dropped: 1\n") {
			t.Error(s.told())
		}
	})
}

// What comes with a frame that is not taken is not taken either.
func TestNothingBesideAFrameThatIsNotTaken(t *testing.T) {
	main, to := newFrames(t.TempDir(), TransportOptions{}), &Transport{}
	b := &beside{}
	b.frame(runner.Frame{Track: "depth", Width: 1, Height: 1, Pix: make([]byte, 3)}, main, to)
	b.hear(runner.Sound{Channels: 1, Samples: make([]int16, 960)}, main, to)
	if len(b.counts()) > 0 || b.heard() != nil {
		t.Errorf("%v, %v", b.counts(), b.heard())
	}
}

// TestSoundIsDroppedOrWaits has a disk that comes to write later.
func TestSoundIsDroppedOrWaits(t *testing.T) {
	for _, lossless := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			name := filepath.Join(t.TempDir(), "sound.wav")
			s := newSound(name, lossless, newFrames("", TransportOptions{}))
			go func() {
				for i := range 20 {
					s.put(runner.Sound{PTS: time.Duration(i) * 20 * time.Millisecond, Channels: 1, Samples: slices.Repeat([]int16{int16(i + 1)}, 960)})
				}
				close(s.due)
			}()
			synctest.Wait()
			if err := s.write(); err != nil {
				t.Fatal(err)
			}
			want, last := soundCounts{Written: 0.16, Dropped: 0.24}, int16(queueSize)
			if lossless {
				want, last = soundCounts{Written: 0.4}, 20
			}
			if got := samples(t, name); s.counts != want || got[len(got)-1] != last {
				t.Errorf("%+v, the last is %d", s.counts, got[len(got)-1])
			}
		})
	}
}

func TestSoundOfAFailedSessionIsLetGo(t *testing.T) {
	main := newFrames("", TransportOptions{})
	main.fail()
	s := newSound("", true, main)
	for range queueSize + 5 { // would wait for ever
		s.put(runner.Sound{Channels: 1, Samples: make([]int16, 960)})
	}
	if n := len(s.due) * 960; s.late+n != 960*(queueSize+5) {
		t.Errorf("%d samples are late, %d wait", s.late, n)
	}
}

// TestWAV has presentation times that are no whole samples, mono and stereo, a gap, and
// the end of what a file can hold.
func TestWAV(t *testing.T) {
	name := filepath.Join(t.TempDir(), "sound.wav")
	w, err := newWAV(name)
	if err != nil {
		t.Fatal(err)
	}
	put := func(pts time.Duration, channels int, pcm ...int16) bool {
		fits, err := w.write(runner.Sound{PTS: pts, Channels: channels, Samples: pcm})
		if err != nil {
			t.Fatal(err)
		}
		return fits
	}
	put(0, 1, 1, -2)
	put(2*time.Second/48000+15*time.Microsecond, 2, 3, -4, 5, 6) // almost a sample later
	put(4*time.Second/48000-15*time.Microsecond, 1, 7)           // and earlier
	put(8*time.Second/48000, 1, 8)
	if put(7*time.Hour, 1, 9) {
		t.Error("more than four gigabytes fit into a file")
	}
	if err := w.close(); err != nil {
		t.Fatal(err)
	}
	want := []int16{1, 1, -2, -2, 3, -4, 5, 6, 7, 7, 0, 0, 0, 0, 0, 0, 8, 8}
	if got := samples(t, name); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
