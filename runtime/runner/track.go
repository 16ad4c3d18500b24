package runner

import (
	"fmt"
	"regexp"
)

// Track is one lane of media between the model and its viewers.
type Track struct {
	Name      string
	Kind      Kind
	Direction Direction
}

// Kind is what a track carries.
type Kind string

// The kinds of a track.
const (
	Video Kind = "video" // pictures
	Audio Kind = "audio" // sound
)

// Direction is where a track leads, as the model sees it.
type Direction string

// The directions of a track.
const (
	Out Direction = "out" // from the model to the viewers
	In  Direction = "in"  // from the viewer who controls the session to the model
)

// MainVideo is the track of what the model emits. Every model has it.
const MainVideo = "main_video"

// Tracks are the tracks of the model, [MainVideo] first.
func (r *Runner) Tracks() []Track {
	return append([]Track{{MainVideo, Video, Out}}, r.options.Tracks...)
}

// trackName is the shape of the name of a track, which goes into the names of files.
var trackName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)

// checkTracks says what is wrong with the tracks that a model has besides
// [MainVideo].
func checkTracks(tracks []Track) error {
	names := map[string]bool{"": true, MainVideo: true}
	audio := map[Direction]string{}
	for _, t := range tracks {
		other, second := audio[t.Direction]
		switch {
		case names[t.Name]:
			return fmt.Errorf("the track %q needs a name of its own", t.Name)
		case !trackName.MatchString(t.Name):
			return fmt.Errorf("the track %q needs a name of lowercase letters, digits and underscores, at most 63, that begins with a letter", t.Name)
		case t.Kind != Video && t.Kind != Audio:
			return fmt.Errorf("the track %q is of the kind %q; there are %q and %q", t.Name, t.Kind, Video, Audio)
		case t.Direction != Out && t.Direction != In:
			return fmt.Errorf("the track %q has the direction %q; there are %q and %q", t.Name, t.Direction, Out, In)
		case t.Kind == Audio && second:
			return fmt.Errorf("the tracks %q and %q are both audio in the direction %q; there may be one", other, t.Name, t.Direction)
		case t.Kind == Audio:
			audio[t.Direction] = t.Name
		}
		names[t.Name] = true
	}
	return nil
}
