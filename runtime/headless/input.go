package headless

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // what a folder of pictures may have
	_ "image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

// maxPixels is the largest picture that is read: 8K.
const maxPixels = 7680 * 4320

// inputCounts count the pictures of a session's input.
type inputCounts struct {
	Sent    uint64 `json:"sent"`
	Dropped uint64 `json:"dropped"` // a newer one came before the model took them
}

// feed hands the pictures of a folder to the model.
type feed struct {
	track string
	files []string // in the order of their names
	fps   float64
}

// openInput finds the pictures. The error says why there can be none, and what would
// be right.
func openInput(in input, tracks []runner.Track) (*feed, error) {
	i := slices.IndexFunc(tracks, func(t runner.Track) bool { return t.Kind == runner.Video && t.Direction == runner.In })
	if i < 0 {
		return nil, errors.New("the model takes no pictures: it has no method OnFrame(reactor.Frame)")
	}
	entries, err := os.ReadDir(in.path)
	if err != nil {
		return nil, err
	}
	f := &feed{track: tracks[i].Name, fps: in.fps}
	for _, e := range entries {
		if slices.Contains([]string{".png", ".jpg", ".jpeg"}, strings.ToLower(filepath.Ext(e.Name()))) && !e.IsDir() {
			f.files = append(f.files, filepath.Join(in.path, e.Name()))
		}
	}
	if len(f.files) == 0 {
		return nil, fmt.Errorf("%s: there are no pictures in it: files .png, .jpg or .jpeg", in.path)
	}
	return f, nil
}

// run hands on one picture after the other, until the last or ctx is done. One that
// cannot be read ends it.
func (f *feed) run(ctx context.Context, send func(runner.Frame)) (sent uint64, err error) {
	tick := time.NewTicker(time.Duration(float64(time.Second) / f.fps))
	defer tick.Stop()
	for _, file := range f.files {
		b, err := readPicture(file)
		if err != nil {
			return sent, err
		}
		if sent > 0 {
			select {
			case <-tick.C:
			case <-ctx.Done():
			}
		}
		if ctx.Err() != nil {
			break
		}
		send(runner.Frame{Track: f.track, Width: b.Width, Height: b.Height, Pix: b.Pix})
		sent++
	}
	return sent, nil
}

// readPicture reads a file, unless it claims to be larger than any picture is.
func readPicture(file string) (b *reactor.Block, err error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	size, _, err := image.DecodeConfig(bufio.NewReader(in))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if size.Width > reactor.MaxSide || size.Height > reactor.MaxSide || size.Width*size.Height > maxPixels {
		return nil, fmt.Errorf("%s: %d×%d pixels are more than the %d that are read", file, size.Width, size.Height, maxPixels)
	}
	if _, err := in.Seek(0, 0); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	img, _, err := image.Decode(bufio.NewReader(in))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	b = reactor.BlockOf(img)
	if err := b.Check(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return b, nil
}
