package headless

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"

	"github.com/reactorgen/reactor/runtime/runner"
)

// beside is what a session has besides the frames of main_video, whose folder it shares:
//
//	FOLDER/frame_000000.png
//	FOLDER/depth/frame_000000.png
//	FOLDER/sound.wav
//
// Each track, and the sound, has a goroutine that writes it, from its first piece to the
// end of the session. The transport's calls come one at a time.
type beside struct {
	open    bool // the last frame of main_video was taken, and so is what comes with it
	tracks  map[string]*frames
	sound   *sound
	writing sync.WaitGroup

	mu  sync.Mutex
	err error // why something could not be written
}

// frame takes a frame of another track in.
func (b *beside) frame(f runner.Frame, main *frames, t *Transport) {
	if !b.open {
		return
	}
	track := b.tracks[f.Track]
	if track == nil {
		track = b.track(f.Track, main, t)
	}
	track.put(f)
}

// track begins a track. What cannot be written of it fails the session.
func (b *beside) track(name string, main *frames, t *Transport) *frames {
	o := t.o
	o.Frames = 0 // open says when there are enough
	track := newFrames(filepath.Join(main.dir, trackFolder(name)), o)
	track.failed, track.fail = main.failed, main.fail
	if b.tracks == nil {
		b.tracks = map[string]*frames{}
	}
	b.tracks[name] = track
	b.writing.Go(func() {
		// Where there is no folder, there can be no files in it, and that is told.
		_ = os.Mkdir(track.dir, 0o777)
		b.failed(track.write(t.written))
	})
	return track
}

// device is the names, among those of tracks, that Windows takes for devices:
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file.
var device = regexp.MustCompile(`^(con|prn|aux|nul|(com|lpt)[0-9])$`)

// trackFolder is the folder of a track, the same on every system. No track has a name
// that begins with an underscore.
func trackFolder(name string) string {
	if device.MatchString(name) {
		return "_" + name
	}
	return name
}

// hear takes a piece of sound in.
func (b *beside) hear(f runner.Sound, main *frames, t *Transport) {
	if !b.open {
		return
	}
	if b.sound == nil {
		b.sound = newSound(filepath.Join(main.dir, "sound.wav"), t.o.Lossless, main)
		b.writing.Go(func() { b.failed(b.sound.write()) })
	}
	b.sound.put(f)
}

// failed notes an error, or nil.
func (b *beside) failed(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.err = errors.Join(b.err, err)
}

// close says that nothing will come any more.
func (b *beside) close() {
	for _, track := range b.tracks {
		close(track.due)
	}
	if b.sound != nil {
		close(b.sound.due)
	}
}

// wait returns when all of it has been written, after close, and why not all could be.
func (b *beside) wait() error {
	b.writing.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.err
}

// counts are those of the tracks. They are good after wait, as heard is.
func (b *beside) counts() map[string]frameCounts {
	all := map[string]frameCounts{}
	for name, track := range b.tracks {
		all[name] = track.total()
	}
	return all
}

// heard is what there is of sound, or nil.
func (b *beside) heard() *soundCounts {
	if b.sound == nil {
		return nil
	}
	return &b.sound.counts
}

// beside is what people are told of a session besides its frames.
func (e event) beside() (lines []string) {
	for _, name := range slices.Sorted(maps.Keys(e.Tracks)) {
		lines = append(lines, "[INFO] Track "+name+": frames: "+e.Tracks[name].String())
	}
	if e.Sound != nil {
		line := fmt.Sprintf("[INFO] Sound: %.3fs", e.Sound.Written)
		if e.Sound.Dropped > 0 {
			line += fmt.Sprintf(", dropped: %.3fs", e.Sound.Dropped)
		}
		lines = append(lines, line)
	}
	return lines
}
