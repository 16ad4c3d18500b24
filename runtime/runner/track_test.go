package runner

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/reactorgen/reactor"
)

func TestTracksThatFit(t *testing.T) {
	tracks := []Track{
		{"depth", Video, Out}, {"main_audio", Audio, Out}, camera, {"microphone", Audio, In},
	}
	r, err := newWith(tracks)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := r.Tracks(), append([]Track{{MainVideo, Video, Out}}, tracks...); !reflect.DeepEqual(got, want) {
		t.Errorf("the tracks are %v, want %v", got, want)
	}
}

func TestTracksThatDoNotFit(t *testing.T) {
	for _, test := range []struct {
		tracks []Track
		want   string
	}{
		{[]Track{{Kind: Video, Direction: In}}, `the track "" needs a name of its own`},
		{[]Track{{MainVideo, Video, Out}}, `the track "main_video" needs a name of its own`},
		{[]Track{camera, camera}, `the track "webcam" needs a name of its own`},
		{[]Track{{"../depth", Video, Out}}, `the track "../depth" needs a name of lowercase letters`},
		{[]Track{{"depth", "picture", Out}}, `the track "depth" is of the kind "picture"; there are "video" and "audio"`},
		{[]Track{{"depth", Video, "up"}}, `the track "depth" has the direction "up"; there are "out" and "in"`},
		{[]Track{{"left", Audio, Out}, {"right", Audio, Out}}, `the tracks "left" and "right" are both audio in the direction "out"`},
		{[]Track{{"left", Audio, In}, {"right", Audio, In}}, `in the direction "in"; there may be one`},
	} {
		if _, err := newWith(test.tracks); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v: %v, want %s", test.tracks, err, test.want)
		}
	}
}

// newWith returns a runner of a model with these tracks.
func newWith(tracks []Track) (*Runner, error) {
	return New(Options{
		New:       func(context.Context) (reactor.VideoModel, error) { return modelFunc(untilStopped), nil },
		Transport: nowhere{},
		Tracks:    tracks,
	})
}
