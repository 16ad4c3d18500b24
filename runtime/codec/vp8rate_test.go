package codec

import (
	"fmt"
	"math"
	"testing"
)

func TestVP8KeepsToTheBitrate(t *testing.T) {
	for _, c := range some([]struct {
		name string
		draw clip
	}{{"noise", noise}, {"zoom", zoom}, {"grain", grain}, {"fast", pan(-19, 11)}}) {
		for _, bitrate := range []int{60_000, 250_000, 500_000} {
			t.Run(fmt.Sprintf("%s/%d", c.name, bitrate), func(t *testing.T) {
				s := Settings{Width: 240, Height: 136, Bitrate: bitrate, FrameRate: 30}
				const pictures = 90
				bits := 0
				for _, frame := range record(t, s, c.draw, pictures, nil).stream {
					bits += len(frame) * 8
				}
				got := float64(bits) * 30 / pictures
				if math.Abs(got/float64(bitrate)-1) > 0.15 {
					t.Errorf("%.0f bits per second", got)
				}
			})
		}
	}
}

func TestVP8FollowsTheBitrate(t *testing.T) {
	s := Settings{Width: 240, Height: 136, Bitrate: 600_000, FrameRate: 30}
	var bits [3]float64
	e := openVP8(t, s)
	pic := newPicture(s.Width, s.Height)
	for n := range 180 {
		if n == 60 {
			e.SetRate(150_000, 30)
		} else if n == 120 {
			e.SetRate(450_000, 30)
		}
		grain(n, pic)
		data, isKey, err := e.Encode(pic, false)
		if err != nil {
			t.Fatal(err)
		}
		if isKey && n > 0 {
			t.Errorf("picture %d is a key frame", n)
		}
		bits[n/60] += float64(len(data)) * 8 * 30 / 60
	}
	for i, want := range []float64{600_000, 150_000, 450_000} {
		if math.Abs(bits[i]/want-1) > 0.15 {
			t.Errorf("%.0f bits per second, want %.0f", bits[i], want)
		}
	}
}

func TestVP8BoundsKeyFrames(t *testing.T) {
	for _, c := range clips {
		s := Settings{Width: 320, Height: 180, Bitrate: 600_000, FrameRate: 30}
		r := record(t, s, c.draw, 1, nil)
		if got, budget := len(r.stream[0])*8, s.Bitrate/30; got > 3*budget {
			t.Errorf("%s: the first frame takes %.1f budgets", c.name, float64(got)/float64(budget))
		}
	}
}

func TestVP8LeavesPicturesOut(t *testing.T) {
	s := Settings{Width: 320, Height: 180, Bitrate: 10_000, FrameRate: 30}
	r := record(t, s, noise, 60, nil)
	if n := len(r.stream); n < 2 || n > 30 {
		t.Errorf("%d of 60 pictures sent", n)
	}
}

func TestRateControlTakesAnyTarget(t *testing.T) {
	for _, bitrate := range []int{math.MinInt, -1, 0, 1, math.MaxInt} {
		for _, frameRate := range []float64{math.Inf(-1), -1, 0, 1e-300, 30, 1e300, math.Inf(1), math.NaN()} {
			var r rateControl
			r.set(bitrate, frameRate)
			for n := range 50 {
				if key := n%20 == 0; key || !r.leaveOut() {
					index := r.quantiser(key, 1<<20)
					if index < 0 || index > coarsest {
						t.Fatalf("bitrate %d, frame rate %v: index %d", bitrate, frameRate, index)
					}
					r.spent(key, index, 1<<24)
				}
			}
		}
	}
}
