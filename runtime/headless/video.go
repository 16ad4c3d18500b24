package headless

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/record"
	"github.com/reactorgen/reactor/runtime/runner"
)

// openVideo finds the pictures of a file, of which the first is looked at: a file that
// has none starts no session.
func openVideo(in input) (*feed, error) {
	all := codec.Decoders()
	i := slices.IndexFunc(all, func(b codec.DecoderBackend) bool { return b.Format == codec.VP8 })
	if i < 0 {
		return nil, errors.New("nothing here decodes VP8")
	}
	f := &feed{shots: moving(in, all[i])}
	first, stop := iter.Pull2(f.shots)
	defer stop()
	_, err, shown := first()
	if err == nil && !shown {
		err = fmt.Errorf("%s: it has no picture that is shown", in.path)
	}
	return f, err
}

// moving are the pictures of a file that are shown, when it says or so many a second.
func moving(in input, backend codec.DecoderBackend) iter.Seq2[shot, error] {
	return func(yield func(shot, error) bool) {
		decoder, err := backend.New()
		if err != nil {
			yield(shot{}, err)
			return
		}
		// Closing frees memory, and what was decoded has been handed on.
		defer func() { _ = decoder.Close() }()
		film := projector{Decoder: decoder, in: in}
		for p, err := range record.Pictures(in.path) {
			var s *shot
			if err == nil {
				s, err = film.shot(p)
			}
			if err != nil {
				yield(shot{}, err)
				return
			}
			if s != nil && !yield(*s, nil) {
				return
			}
		}
	}
}

// projector decodes the pictures of one file.
type projector struct {
	codec.Decoder
	in  input
	rgb []byte
	n   int // pictures shown
}

// shot decodes a picture. One that is not to be shown is nil.
func (j *projector) shot(p codec.Packet) (*shot, error) {
	pic, err := j.Decode(p.Data)
	if err != nil {
		return nil, fmt.Errorf("%s: the picture at %v: %w", j.in.path, p.PTS.Round(time.Millisecond), err)
	}
	if pic == nil {
		return nil, nil
	}
	j.rgb = codec.RGB(pic, j.rgb)
	s := &shot{runner.Frame{Width: pic.Rect.Dx(), Height: pic.Rect.Dy(), Pix: j.rgb}, p.PTS}
	if j.in.fps > 0 {
		s.at = nth(j.n, j.in.fps)
	}
	j.n++
	return s, nil
}
