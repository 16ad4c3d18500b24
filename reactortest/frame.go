package reactortest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"time"

	"github.com/reactorgen/reactor/runtime/runner"
)

// Frame is one frame as the viewer sees it. It is an [image.Image].
type Frame struct {
	runner.Frame

	// Shown is when it was shown, since the start of the session.
	Shown time.Duration
}

var _ image.Image = Frame{}

// ColorModel implements [image.Image].
func (f Frame) ColorModel() color.Model { return color.RGBAModel }

// Bounds implements [image.Image].
func (f Frame) Bounds() image.Rectangle { return image.Rect(0, 0, f.Width, f.Height) }

// At implements [image.Image]. The color is a [color.RGBA].
func (f Frame) At(x, y int) color.Color {
	if !image.Pt(x, y).In(f.Bounds()) {
		return color.RGBA{}
	}
	pix := f.Pix[(y*f.Width+x)*3:]
	return color.RGBA{R: pix[0], G: pix[1], B: pix[2], A: 255}
}

// Hash returns a hash of size and pixels, in 32 hexadecimal digits: two frames
// that look the same have the same.
func (f Frame) Hash() string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%dx%d\n", f.Width, f.Height)
	sum.Write(f.Pix)
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// save writes the frame as a PNG file.
func (f Frame) save(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(png.Encode(file, f), file.Close())
}

// Frame lets the session run until a frame has been shown, and returns it. Frames
// count from 1.
func (s *Session) Frame(number uint64) Frame {
	s.t.Helper()
	s.rest.test()
	if last := s.screen.number(); number < last {
		s.t.Fatalf("frame %d has been shown already; the last is %d", number, last)
	}
	for before := uint64(0); !s.wait(s.screen.until(number)); {
		last := s.screen.number()
		if last == before {
			s.t.Fatalf("no frame within %v; the last is %d, and not %d", patience, last, number)
		}
		before = last
	}
	if last := s.screen.number(); last < number {
		s.asked = true
		end := s.screen.ending()
		s.t.Fatalf("the session ended after frame %d and before %d: %s, %v", last, number, end.Reason, end.Err)
	}
	return s.Last()
}

// Next lets the session run until the next frame has been shown, and returns it.
func (s *Session) Next() Frame {
	s.t.Helper()
	s.rest.test()
	return s.Frame(s.screen.number() + 1)
}

// Play lets time pass, as time.Sleep does, and returns the last frame.
func (s *Session) Play(d time.Duration) Frame {
	time.Sleep(d)
	return s.Last()
}

// Last returns the last frame that has been shown. It stays on screen when the
// session has ended. Before the first frame it is empty.
func (s *Session) Last() Frame {
	s.rest.test()
	return s.screen.frame()
}

// Messages returns what the model has sent in this session, as JSON texts.
func (s *Session) Messages() []string {
	s.rest.test()
	return s.screen.said()
}
