package headless

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // what a folder of pictures may have
	_ "image/png"
	"iter"
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

// feed hands pictures to the model.
type feed struct {
	track string
	shots iter.Seq2[shot, error] // the last one is an error, where there is one
	of    string                 // how many there are, where that is known: " of 4"
}

// shot is a picture that is to be handed on at a time after the first.
type shot struct {
	runner.Frame
	at time.Duration
}

// openInput finds the pictures. The error says why there can be none, and what would
// be right.
func openInput(in input, tracks []runner.Track) (*feed, error) {
	i := slices.IndexFunc(tracks, func(t runner.Track) bool { return t.Kind == runner.Video && t.Direction == runner.In })
	if i < 0 {
		return nil, errors.New("the model takes no pictures: it has no method OnFrame(reactor.Frame)")
	}
	info, err := os.Stat(in.path)
	if err != nil {
		return nil, err
	}
	open := openFolder
	if !info.IsDir() {
		open = openVideo
	}
	f, err := open(in)
	if err == nil {
		f.track = tracks[i].Name
	}
	return f, err
}

// openFolder finds the pictures of a folder.
func openFolder(in input) (*feed, error) {
	entries, err := os.ReadDir(in.path)
	if err != nil {
		return nil, err
	}
	var files []string // in the order of their names
	for _, e := range entries {
		if slices.Contains([]string{".png", ".jpg", ".jpeg"}, strings.ToLower(filepath.Ext(e.Name()))) && !e.IsDir() {
			files = append(files, filepath.Join(in.path, e.Name()))
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: there are no pictures in it: files .png, .jpg or .jpeg", in.path)
	}
	fps := in.fps
	if fps == 0 {
		fps = usualInputFPS
	}
	return &feed{shots: still(files, fps), of: fmt.Sprint(" of ", len(files))}, nil
}

// still are the pictures of files, so many a second.
func still(files []string, fps float64) iter.Seq2[shot, error] {
	return func(yield func(shot, error) bool) {
		for i, file := range files {
			b, err := readPicture(file)
			if err != nil {
				yield(shot{}, err)
				return
			}
			if !yield(shot{runner.Frame{Width: b.Width, Height: b.Height, Pix: b.Pix}, nth(i, fps)}, nil) {
				return
			}
		}
	}
}

// nth is when picture i is due, of so many a second.
func nth(i int, fps float64) time.Duration {
	return time.Duration(float64(i) / fps * float64(time.Second))
}

// run hands on one picture after the other, until the last or ctx is done. One that
// cannot be read ends it.
func (f *feed) run(ctx context.Context, send func(runner.Frame)) (sent uint64, err error) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	var first time.Time
	for s, err := range f.shots {
		if err != nil {
			return sent, err
		}
		if sent == 0 {
			first = time.Now()
		}
		timer.Reset(time.Until(first.Add(s.at)))
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
		s.Track = f.track
		send(s.Frame)
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
