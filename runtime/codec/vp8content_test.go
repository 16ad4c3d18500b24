package codec

import (
	"image"
	"math"
	"math/rand/v2"
)

// clip is a sequence of pictures for tests: n is the number of the picture.
type clip func(n int, pic *image.YCbCr)

// newPicture makes a picture whose strides are not its width.
func newPicture(width, height int) *image.YCbCr {
	big := image.NewYCbCr(image.Rect(0, 0, width+6, height+2), image.YCbCrSubsampleRatio420)
	return big.SubImage(image.Rect(2, 2, width+2, height+2)).(*image.YCbCr)
}

// colour sets every pixel: at returns luma for luma pixels, blue and red
// differences for chroma pixels, all of which lie at twice their number.
func colour(pic *image.YCbCr, at func(x, y int) (luma, cb, cr byte)) {
	width, height := pic.Rect.Dx(), pic.Rect.Dy()
	y0, c0 := pic.YOffset(pic.Rect.Min.X, pic.Rect.Min.Y), pic.COffset(pic.Rect.Min.X, pic.Rect.Min.Y)
	for y := range height {
		for x := range width {
			pic.Y[y0+y*pic.YStride+x], _, _ = at(x, y)
		}
	}
	for y := range (height + 1) / 2 {
		for x := range (width + 1) / 2 {
			_, cb, cr := at(2*x, 2*y)
			pic.Cb[c0+y*pic.CStride+x], pic.Cr[c0+y*pic.CStride+x] = cb, cr
		}
	}
}

// land is a landscape of smooth hills and sharp edges at u,v.
func land(u, v float64) (luma, cb, cr byte) {
	l := 128 + 50*math.Sin(u/23)*math.Cos(v/31) + 30*math.Sin((u+v)/7) + 12*math.Sin(u/2.3+math.Cos(v/3))
	if math.Mod(math.Abs(math.Floor(u/40)+math.Floor(v/56)), 3) == 0 {
		l -= 40
	}
	return byte(min(max(l, 0), 255)), byte(128 + 60*math.Sin(u/50)), byte(128 + 60*math.Cos(v/60))
}

// pan moves over the land by dx,dy pixels a picture.
func pan(dx, dy float64) clip {
	return func(n int, pic *image.YCbCr) {
		colour(pic, func(x, y int) (byte, byte, byte) {
			return land(float64(x)+dx*float64(n), float64(y)+dy*float64(n))
		})
	}
}

// zoom turns and grows.
func zoom(n int, pic *image.YCbCr) {
	s, c := math.Sincos(float64(n) / 90)
	scale := math.Exp(-float64(n) / 120)
	w, h := float64(pic.Rect.Dx())/2, float64(pic.Rect.Dy())/2
	colour(pic, func(x, y int) (byte, byte, byte) {
		u, v := (float64(x)-w)*scale, (float64(y)-h)*scale
		return land(u*c-v*s, u*s+v*c)
	})
}

// plasma is what the plasma example draws: waves without edges, all moving.
func plasma(n int, pic *image.YCbCr) {
	t := float64(n) / 15
	colour(pic, func(x, y int) (byte, byte, byte) {
		u, v := float64(x)/40, float64(y)/40
		a := math.Sin(u+t) + math.Sin(v-t/2) + math.Sin(u+v+t/3) + math.Sin(math.Hypot(u-4, v-4)*2-t)
		return byte(128 + 28*a), byte(128 + 90*math.Sin(a+t)), byte(128 + 90*math.Cos(a*1.5))
	})
}

// noise has nothing to predict.
func noise(n int, pic *image.YCbCr) {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	colour(pic, func(int, int) (byte, byte, byte) {
		v := r.Uint64()
		return byte(v), byte(v >> 8), byte(v >> 16)
	})
}

// grain is the land with a little noise, as a camera makes it.
func grain(n int, pic *image.YCbCr) {
	r := rand.New(rand.NewPCG(uint64(n), 2))
	colour(pic, func(x, y int) (byte, byte, byte) {
		l, cb, cr := land(float64(x)+1.3*float64(n), float64(y))
		return byte(min(max(int(l)+r.IntN(7)-3, 0), 255)), cb, cr
	})
}

func black(_ int, pic *image.YCbCr) {
	colour(pic, func(int, int) (byte, byte, byte) { return 16, 128, 128 })
}

func still(_ int, pic *image.YCbCr) { pan(0, 0)(0, pic) }

// cuts shows another scene every few pictures.
func cuts(n int, pic *image.YCbCr) {
	scenes := []clip{pan(2, 1), plasma, black, noise, zoom, still}
	scenes[n/4%len(scenes)](n, pic)
}

// jumps throws the land about, farther than one vector can reach from another.
func jumps(n int, pic *image.YCbCr) {
	far := [4]float64{0, 230, -190, 255}
	colour(pic, func(x, y int) (byte, byte, byte) {
		side := 1.0
		if x/128%2 == 1 {
			side = -1
		}
		return land(float64(x)+side*far[n%4], float64(y)+side*far[(n+1)%4]/2)
	})
}

// extremes has pixels that the transforms overshoot.
func extremes(n int, pic *image.YCbCr) {
	colour(pic, func(x, y int) (byte, byte, byte) {
		v := byte(255 * ((x/3 + y/5 + n) & 1))
		return v, 255 - v, v
	})
}

var clips = []struct {
	name string
	draw clip
}{
	{"pan", pan(1.75, -0.6)}, {"fast", pan(-19, 11)}, {"zoom", zoom}, {"plasma", plasma},
	{"noise", noise}, {"grain", grain}, {"black", black}, {"still", still},
	{"cuts", cuts}, {"jumps", jumps}, {"extremes", extremes},
}
