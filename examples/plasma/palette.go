package plasma

import "math"

// Palette is a family of colours.
type Palette string

// The palettes that a viewer can choose.
const (
	Ocean  Palette = "ocean"
	Ember  Palette = "ember"
	Forest Palette = "forest"
	Mono   Palette = "mono"
)

type rgb struct{ r, g, b uint8 }

// colors returns the palette's colours: a wheel, so that both ends meet.
func (p Palette) colors() (table [256]rgb) {
	stops := map[Palette][2]rgb{
		Ocean:  {{8, 24, 88}, {120, 230, 240}},
		Ember:  {{60, 4, 12}, {255, 190, 60}},
		Forest: {{6, 40, 20}, {190, 230, 90}},
		Mono:   {{10, 10, 10}, {240, 240, 240}},
	}[p]
	for i := range table {
		share := 0.5 - 0.5*math.Cos(float64(i)/256*2*math.Pi)
		table[i] = rgb{
			mix(stops[0].r, stops[1].r, share),
			mix(stops[0].g, stops[1].g, share),
			mix(stops[0].b, stops[1].b, share),
		}
	}
	return table
}

func mix(from, to uint8, share float64) uint8 {
	return uint8(float64(from) + (float64(to)-float64(from))*share)
}
