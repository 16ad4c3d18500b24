package codec

// vp8Border is how far a reference plane goes on beyond its edges, in pixels. A
// motion vector may move a macroblock 16 pixels out, and the six-tap filter
// reads three more.
const vp8Border = 32

// vp8Plane is one plane of a picture, enlarged to whole macroblocks, with a
// border around it.
type vp8Plane struct {
	pix           []byte
	stride        int
	origin        int // index of the pixel at 0,0
	width, height int // without the border
}

func newVP8Plane(width, height int) vp8Plane {
	stride := width + 2*vp8Border
	return vp8Plane{
		pix:    make([]byte, stride*(height+2*vp8Border)),
		stride: stride,
		origin: vp8Border*stride + vp8Border,
		width:  width,
		height: height,
	}
}

// at is the index of the pixel at x,y, which may lie in the border.
func (p *vp8Plane) at(x, y int) int { return p.origin + y*p.stride + x }

// load copies a plane of width x height pixels from src and repeats its last
// column and row up to the plane's own size.
func (p *vp8Plane) load(src []byte, stride, width, height int) {
	for y := range height {
		row := p.pix[p.at(0, y):][:p.width]
		copy(row, src[y*stride:][:width])
		fill(row[width:], row[width-1])
	}
	last := p.pix[p.at(0, height-1):][:p.width]
	for y := height; y < p.height; y++ {
		copy(p.pix[p.at(0, y):], last)
	}
}

// extend repeats the outermost pixels into the border.
func (p *vp8Plane) extend() {
	for y := range p.height {
		row := p.pix[p.at(-vp8Border, y):][:p.stride]
		fill(row[:vp8Border], row[vp8Border])
		fill(row[vp8Border+p.width:], row[vp8Border+p.width-1])
	}
	first := p.pix[p.at(-vp8Border, 0):][:p.stride]
	last := p.pix[p.at(-vp8Border, p.height-1):][:p.stride]
	for y := 1; y <= vp8Border; y++ {
		copy(p.pix[p.at(-vp8Border, -y):], first)
		copy(p.pix[p.at(-vp8Border, p.height-1+y):], last)
	}
}

func fill(b []byte, v byte) {
	for i := range b {
		b[i] = v
	}
}

// vp8Frame is a picture: Y, U and V.
type vp8Frame [3]vp8Plane

func newVP8Frame(columns, rows int) *vp8Frame {
	return &vp8Frame{
		newVP8Plane(columns*16, rows*16),
		newVP8Plane(columns*8, rows*8),
		newVP8Plane(columns*8, rows*8),
	}
}

func (f *vp8Frame) extend() {
	for i := range f {
		f[i].extend()
	}
}
