package runner

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/reactorgen/reactor"
)

// misfit is why a block does not fit the model's tracks, or their pace. It is an error of
// the same kind as what is wrong with a block in itself, in words of its own.
type misfit struct {
	text string
	kind error // [reactor.ErrBlock] or [reactor.ErrSound]
}

func (m misfit) Error() string { return m.text }

func (m misfit) Unwrap() error { return m.kind }

// errNoSoundTrack refuses what nobody could hear.
var errNoSoundTrack = misfit{"the block has sound, for which the model declares no track: " +
	"//reactor:track main_audio kind=audio on its struct does", reactor.ErrSound}

// emission is a block as it is played: one picture of each track and a part of the
// sound at a time.
//
//	main_video  ■ ■ ■ ■   the block
//	depth       ■ ■ ■ ■   tracks, sorted by name
//	main_audio  ▬ ▬ ▬ ▬   sound
//
// It holds copies of the headers, as a command may change those of the model while a
// block is held back. The pixels and samples are the model's, or its own after copy.
type emission struct {
	reactor.Block // the pictures of main_video
	tracks        []lane
	sound         reactor.Sound // without samples where the block is silent
	made          time.Time     // when the model came with it, in the time of the session
}

// lane is the pictures of one more track.
type lane struct {
	name string
	reactor.Block
}

// outputs are what a model emits besides [MainVideo].
type outputs struct {
	pictures []string // the names of tracks of video
	sound    string   // the name of the track of audio, or empty
}

// outputsOf returns what there is of them among the tracks of a model.
func outputsOf(tracks []Track) (out outputs) {
	for _, t := range tracks {
		switch {
		case t.Direction == Out && t.Kind == Video:
			out.pictures = append(out.pictures, t.Name)
		case t.Direction == Out && t.Kind == Audio:
			out.sound = t.Name
		}
	}
	return out
}

// fill makes e the emission of a block of a model with these outputs. The error says
// why it cannot be shown.
func (e *emission) fill(b reactor.Block, out outputs) error {
	if err := b.Check(); err != nil {
		return err
	}
	for name, track := range b.Tracks {
		if !slices.Contains(out.pictures, name) {
			return out.unknown(b)
		}
		e.tracks = append(e.tracks, lane{name, *track})
	}
	slices.SortFunc(e.tracks, func(a, b lane) int { return strings.Compare(a.name, b.name) })
	if b.Sound != nil && len(b.Sound.Samples) > 0 {
		e.sound = *b.Sound
	}
	e.sound.Track = out.sound
	e.Block = b
	e.Tracks, e.Sound = nil, nil
	return e.checkSound()
}

// unknown says what is wrong with the first track, by name, that is not declared.
func (out outputs) unknown(b reactor.Block) error {
	var names []string
	for name := range b.Tracks {
		if !slices.Contains(out.pictures, name) {
			names = append(names, name)
		}
	}
	name := slices.Min(names)
	if name == MainVideo {
		return misfit{fmt.Sprintf("the block has the track %q among its Tracks: its pictures are those of the block itself", name), reactor.ErrBlock}
	}
	return misfit{fmt.Sprintf("the block has pictures of the track %q, which the model does not declare for video: "+
		"//reactor:track %s on its struct does", name, name), reactor.ErrBlock}
}

// checkSound says why the sound cannot be heard while the frames are shown.
func (e *emission) checkSound() error {
	least := e.Frames * reactor.SampleRate / maxRate
	switch n := e.samples(); {
	case n == 0 || e.sound.Track != "" && n >= least:
		return nil
	case e.sound.Track == "":
		return errNoSoundTrack
	default:
		return misfit{fmt.Sprintf("the block has %d samples for %d frames: it takes %d or more, as %d frames are shown a second at most",
			n, e.Frames, least, maxRate), reactor.ErrSound}
	}
}

// samples is how many samples each channel of the sound has.
func (e *emission) samples() int { return len(e.sound.Samples) / max(e.sound.Channels, 1) }

// part is where, among them, those begin that are heard from frame i on.
func (e *emission) part(i int) int { return int(int64(i) * int64(e.samples()) / int64(e.Frames)) }

// copy makes e one of its own memory that is like another.
func (e *emission) copy(from *emission) {
	e.Block = own(e.Block, from.Block)
	e.tracks = slices.Grow(e.tracks[:0], len(from.tracks))[:len(from.tracks)]
	for i, t := range from.tracks {
		e.tracks[i] = lane{t.name, own(e.tracks[i].Block, t.Block)}
	}
	samples := append(e.sound.Samples[:0], from.sound.Samples...)
	e.sound = from.sound
	e.sound.Samples = samples
	e.made = from.made
}

// own returns a copy of a block in the memory of an old one.
func own(old, b reactor.Block) reactor.Block {
	b.Pix = append(old.Pix[:0], b.Pix...)
	return b
}

// forget lets go of what belongs to the model.
func (e *emission) forget() {
	clear(e.tracks)
	*e = emission{tracks: e.tracks[:0]}
}

// write shows frame i of every track, and lets the sound be heard that belongs to it.
func (e *emission) write(to *outlet, i int, number uint64, pts time.Duration) {
	f := Frame{Track: MainVideo, Number: number, PTS: pts, Width: e.Width, Height: e.Height, Pix: e.Frame(i)}
	to.frame(f)
	for t := range e.tracks {
		track := &e.tracks[t]
		f.Track, f.Width, f.Height, f.Pix = track.name, track.Width, track.Height, track.Frame(i)
		to.frame(f)
	}
	from, until := e.part(i)*e.sound.Channels, e.part(i+1)*e.sound.Channels
	if from < until {
		to.sound(Sound{e.sound.Track, pts, e.sound.Channels, e.sound.Samples[from:until:until]})
	}
}
