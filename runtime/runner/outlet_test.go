package runner

import (
	"testing"
	"time"
)

func TestOutletCloses(t *testing.T) {
	screen := &screen{}
	screen.StartSession("", time.Now())
	o := outlet{transport: screen}
	show := func() {
		for _, track := range []string{MainVideo, "depth"} {
			o.frame(Frame{Track: track, Width: 1, Height: 1, Pix: make([]byte, 3)})
		}
		o.sound(Sound{Channels: 1, Samples: make([]int16, 1)})
		o.send([]byte("1"))
	}
	show()
	if n := o.close(); n != 1 {
		t.Errorf("%d frames were shown, want 1", n)
	}
	show()
	if n := len(screen.frames(0)); n != 1 || len(screen.calls) != 2 || len(screen.more["depth"]) != 1 || len(screen.heard) != 1 {
		t.Errorf("%d frames, %v, %v and %q after the end", n, screen.more, screen.heard, screen.calls)
	}
}
