package headless

import (
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

// mirror is a model that shows what it is shown.
type mirror struct {
	seen []byte // the shades of the pictures
	at   []time.Duration
}

func (m *mirror) OnFrame(f reactor.Frame) {
	m.seen = append(m.seen, f.Pix[0])
	m.at = append(m.at, time.Duration(time.Now().UnixNano()%int64(time.Minute)))
}

func (m *mirror) StartSession(ctx reactor.Context) error { return ctx.Wait(time.Hour) }

// pictures makes a folder of four pictures and one file that is none.
func pictures(t *testing.T) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "to show")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"a.png", "b.JPG", "c.jpeg", "d.PNG", "e.txt"} {
		file, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		img := image.NewGray(image.Rect(0, 0, 8, 8))
		for p := range img.Pix {
			img.Pix[p] = byte(50 * i)
		}
		if strings.HasSuffix(strings.ToLower(name), "png") {
			err = png.Encode(file, img)
		} else {
			err = jpeg.Encode(file, img, &jpeg.Options{Quality: 100})
		}
		if err != nil || file.Close() != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestInput(t *testing.T) {
	dir := pictures(t)
	synctest.Test(t, func(t *testing.T) {
		m := &mirror{}
		s := set(t, m, nil, TransportOptions{}, Options{Script: script(t, "start --input `"+dir+"` --input-fps 2\nwait 5s\nstop")})
		if err := s.play(t.Context()); err != nil {
			t.Error(err)
		}
		if string(m.seen) != "\x00\x32\x64\x96" || !cmp.Equal(m.at, []time.Duration{0, time.Second / 2, time.Second, 3 * time.Second / 2}) {
			t.Errorf("%v at %v", m.seen, m.at)
		}
		if !strings.Contains(s.told(), "[INFO] Input: 4 of 4 pictures sent, dropped: 0\n") {
			t.Error(s.told())
		}
	})
}

// TestInputEndsWithTheSession stops a session in the middle of a folder.
func TestInputEndsWithTheSession(t *testing.T) {
	dir := pictures(t)
	synctest.Test(t, func(t *testing.T) {
		m := &mirror{}
		s := set(t, m, nil, TransportOptions{}, Options{Script: script(t, "start --input `"+dir+"` --input-fps 1\nwait 1500ms\nstop\nstart\nwait 5s")})
		if err := s.play(t.Context()); err != nil {
			t.Error(err)
		}
		if len(m.seen) != 2 || !strings.Contains(s.told(), "[INFO] Input: 2 of 4 pictures sent, dropped: 0\n") {
			t.Errorf("%v\n%s", m.seen, s.told())
		}
	})
}

// TestInputMistakes has folders that cannot be shown: no session starts.
func TestInputMistakes(t *testing.T) {
	empty := t.TempDir()
	for path, want := range map[string]string{
		empty:                         empty + ": there are no pictures in it: files .png, .jpg or .jpeg",
		filepath.Join(empty, "where"): "no such file or directory",
	} {
		_, err := openInput(input{path, 1}, []runner.Track{{Name: "camera", Kind: runner.Video, Direction: runner.In}})
		if err == nil || !strings.HasSuffix(err.Error(), want) && !os.IsNotExist(err) {
			t.Errorf("%s: %v", path, err)
		}
	}
	out := []runner.Track{{Name: runner.MainVideo, Kind: runner.Video, Direction: runner.Out}}
	if _, err := openInput(input{pictures(t), 1}, out); err == nil || !strings.Contains(err.Error(), "no method OnFrame") {
		t.Error(err)
	}
	synctest.Test(t, func(t *testing.T) {
		s := set(t, &mirror{}, nil, TransportOptions{}, Options{Script: script(t, "start --input `"+empty+"`")})
		err := s.play(t.Context())
		if err == nil || !strings.Contains(s.told(), "[ERROR] Failed to start session: "+empty+": there are no pictures") {
			t.Errorf("%v\n%s", err, s.told())
		}
		if left, err := os.ReadDir(s.root); err != nil || len(left) != 0 {
			t.Errorf("folders of no session: %v, %v", left, err)
		}
	})
}

// TestPicturesThatCannotBeRead ends the input, with the file's name.
func TestPicturesThatCannotBeRead(t *testing.T) {
	large := filepath.Join(t.TempDir(), "large.png")
	file, err := os.Create(large)
	if err != nil {
		t.Fatal(err)
	}
	// One row of one colour is quickly written, and 16384 pixels wide.
	if err := png.Encode(file, image.NewPaletted(image.Rect(0, 0, reactor.MaxSide+1, 1), color.Palette{color.Black})); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		large:                                 "more than",
		filepath.Join(pictures(t), "e.txt"):   "",
		filepath.Join(t.TempDir(), "x.png"):   "no such file",
		filepath.Join("testdata", "nothing"):  "no such file",
		writeText(t, "no picture at all.png"): "unknown format",
	} {
		_, err := readPicture(file)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want) && !os.IsNotExist(err)) {
			t.Errorf("%s: %v, want %q", file, err, want)
		}
	}
}

// writeText makes a file that is text whatever its name says.
func writeText(t *testing.T, name string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte("text"), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}
