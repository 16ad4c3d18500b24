package worldwalk

import "math"

// world is the map: a letter is a wall of its colour, a space is free. The rim
// is closed, so that every ray ends.
var world = []string{
	"aaaaaaaaaaaaaaaa",
	"a  b    ccc    a",
	"a  b d    c  b a",
	"a    d       b a",
	"a  ddd  b      a",
	"a  c c c   b   a",
	"a              a",
	"aaaaaaaaaaaaaaaa",
}

var colors = map[byte][3]float64{'a': {150, 140, 130}, 'b': {200, 90, 70}, 'c': {80, 140, 190}, 'd': {110, 170, 90}}

// eye is where the viewer stands, in cells, and looks, in radians clockwise
// from east.
type eye struct{ x, y, heading float64 }

var home = eye{x: 2, y: 6.5, heading: -math.Pi / 6}

// walk moves along the heading as far as walls let it, an axis at a time. A step
// is shorter than a wall is thick, however fast one walks.
func (e *eye) walk(distance float64) {
	const elbow, stride = 0.2, 0.5
	distance = min(max(distance, -stride), stride)
	dx, dy := distance*math.Cos(e.heading), distance*math.Sin(e.heading)
	if world[int(e.y)][int(e.x+dx+math.Copysign(elbow, dx))] == ' ' {
		e.x += dx
	}
	if world[int(e.y+dy+math.Copysign(elbow, dy))][int(e.x)] == ' ' {
		e.y += dy
	}
}

// hit is a wall that a ray met: how far from the plane of the eye, where on the
// face (0 to 1), and how much light falls on it: less where it faces north or south.
type hit struct {
	wall                byte
	distance, at, light float64
}

// look follows the ray through the given place on the screen, from cell to cell
// (the algorithm of Amanatides and Woo, 1987).
func (e eye) look(side float64) hit {
	cos, sin := math.Cos(e.heading), math.Sin(e.heading)
	dx, dy := cos-sin*side, sin+cos*side
	nextX, stepX, cellX := crossing(e.x, dx)
	nextY, stepY, cellY := crossing(e.y, dy)
	for x, y := int(e.x), int(e.y); ; {
		distance, across, light := nextX, e.y+nextX*dy, 1.0
		if nextX < nextY {
			x, nextX = x+cellX, nextX+stepX
		} else {
			distance, across, light = nextY, e.x+nextY*dx, 0.75
			y, nextY = y+cellY, nextY+stepY
		}
		if cell := world[y][x]; cell != ' ' {
			return hit{cell, distance, math.Mod(across, 1), light / (1 + distance*distance*0.03)}
		}
	}
}

// crossing returns how far along the ray the next border of a cell is, how far
// apart the borders are, and which way the cells are counted.
func crossing(from, direction float64) (next, step float64, cell int) {
	step = math.Abs(1 / direction)
	_, within := math.Modf(from)
	if direction < 0 {
		return within * step, step, -1
	}
	return (1 - within) * step, step, 1
}

// color is the pixel at the given height of the wall (0 top, 1 bottom), or of
// sky and ground outside of it, for which the height on the screen counts.
func (h hit) color(onWall, onScreen float64) [3]byte {
	switch {
	case onWall < 0:
		return shade([3]float64{120, 160, 215}, 1-0.6*onScreen)
	case onWall > 1:
		return shade([3]float64{90, 80, 70}, 0.3+0.7*(onScreen-0.5)*2)
	}
	course, within := math.Modf(onWall * 8)
	if within < 0.12 || math.Mod(h.at*4+course/2, 1) < 0.06 {
		h.light *= 0.7 // mortar
	}
	return shade(colors[h.wall], h.light)
}

func shade(c [3]float64, light float64) [3]byte {
	return [3]byte{byte(min(c[0]*light, 255)), byte(min(c[1]*light, 255)), byte(min(c[2]*light, 255))}
}
