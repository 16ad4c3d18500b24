package reactor

import (
	"errors"
	"fmt"
	"image"
	"image/draw"
)

// MaxSide is the largest width and height of a frame, in pixels: the limit of
// the VP8 bitstream (RFC 6386, section 9.1).
const MaxSide = 16383

// ErrBlock is what is wrong with a [Block] that does not hold the pixels that
// it claims. Errors of [Block.Check] wrap it.
var ErrBlock = errors.New("not a block of N×H×W×3 bytes RGB")

// Block is one or more frames of the same size, as a model makes them in one
// step.
type Block struct {
	// Frames is how many frames the block holds; Height and Width are their
	// size in pixels.
	Frames, Height, Width int

	// Pix holds the pixels in the order frame, row, column, channel: 3 bytes
	// red, green, blue each, Frames×Height×Width×3 bytes in all.
	Pix []byte
}

// NewBlock returns a black block of the given shape, in the order of the shape
// that array libraries write: N×H×W. It panics if a size is not positive.
func NewBlock(frames, height, width int) *Block {
	if frames <= 0 || height <= 0 || width <= 0 {
		panic(fmt.Sprintf("reactor.NewBlock(%d, %d, %d): every size must be positive", frames, height, width))
	}
	return &Block{Frames: frames, Height: height, Width: width, Pix: make([]byte, frames*height*width*3)}
}

// Frame returns the pixels of frame i, which are shared with the block.
func (b *Block) Frame(i int) []byte {
	size := b.Height * b.Width * 3
	return b.Pix[i*size : (i+1)*size : (i+1)*size]
}

// Row returns the pixels of one row of frame i, which are shared with the block.
func (b *Block) Row(i, y int) []byte {
	start := (i*b.Height + y) * b.Width * 3
	return b.Pix[start : start+b.Width*3 : start+b.Width*3]
}

// Check tells whether the block holds the pixels that it claims.
func (b *Block) Check() error {
	switch {
	case b.Frames <= 0 || b.Height <= 0 || b.Width <= 0:
		return fmt.Errorf("%w: shape %d×%d×%d has a size that is not positive", ErrBlock, b.Frames, b.Height, b.Width)
	case b.Height > MaxSide || b.Width > MaxSide:
		return fmt.Errorf("%w: %d×%d pixels are more than %d a side", ErrBlock, b.Width, b.Height, MaxSide)
	case len(b.Pix)/b.Height/b.Width/3 != b.Frames || len(b.Pix)%(b.Height*b.Width*3) != 0:
		return fmt.Errorf("%w: shape %d×%d×%d×3 needs %d bytes, Pix has %d",
			ErrBlock, b.Frames, b.Height, b.Width, b.Frames*b.Height*b.Width*3, len(b.Pix))
	}
	return nil
}

// BlockOf returns img as a block of one frame. Transparent pixels are black.
func BlockOf(img image.Image) *Block {
	size := img.Bounds().Size()
	rgba := image.NewRGBA(image.Rect(0, 0, size.X, size.Y))
	draw.Draw(rgba, rgba.Rect, img, img.Bounds().Min, draw.Src)
	b := &Block{Frames: 1, Height: size.Y, Width: size.X, Pix: make([]byte, size.X*size.Y*3)}
	for i, o := 0, 0; i+3 < len(rgba.Pix); i, o = i+4, o+3 {
		copy(b.Pix[o:o+3], rgba.Pix[i:i+3])
	}
	return b
}
