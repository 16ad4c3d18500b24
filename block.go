package reactor

import (
	"errors"
	"fmt"
	"image"
	"image/draw"
	"math"
)

// MaxSide is the largest width and height of a frame, in pixels: the limit of
// the VP8 bitstream (RFC 6386, section 9.1).
const MaxSide = 16383

// ErrBlock is what is wrong with a [Block] that does not hold the pixels that
// it claims. Errors of [Block.Check], and those with which [Context.EmitBlock] refuses a
// block, wrap it, but for those about the block's sound: they wrap [ErrSound].
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

	// Tracks are the pictures of the model's other tracks of video, which its
	// //reactor:track directives name: a block of as many frames as this one each, of
	// any size. Frame i of all of them is shown at once. A track that is left out
	// keeps its picture.
	Tracks map[string]*Block

	// Sound is what is heard while the frames are shown, on the track of audio that
	// the model declares. A block with sound is shown for as long as its sound is
	// heard; one without is silent.
	Sound *Sound
}

// NewBlock returns a black block of the given shape, in the order of the shape
// that array libraries write: N×H×W. It panics if a size is not positive or the
// pixels are more than can be counted.
func NewBlock(frames, height, width int) *Block {
	if frames <= 0 || height <= 0 || width <= 0 {
		panic(fmt.Sprintf("reactor.NewBlock(%d, %d, %d): every size must be positive", frames, height, width))
	}
	if frames > math.MaxInt/3/height/width {
		panic(fmt.Sprintf("reactor.NewBlock(%d, %d, %d): too many pixels", frames, height, width))
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

// Check tells whether the block holds the pixels that it claims, and so do the blocks
// of its tracks and its sound. Whether the model declares them is for
// [Context.EmitBlock] to tell.
func (b *Block) Check() error {
	if err := b.checkPixels(); err != nil {
		return err
	}
	if err := b.checkTracks(); err != nil {
		return err
	}
	if b.Sound == nil {
		return nil
	}
	return b.Sound.Check()
}

// checkTracks says what is wrong with the first track, by name, that does not fit.
func (b *Block) checkTracks() (err error) {
	first := ""
	for name, track := range b.Tracks {
		if err != nil && name > first {
			continue
		}
		if wrong := b.checkTrack(track); wrong != nil {
			first, err = name, fmt.Errorf("the track %q: %w", name, wrong)
		}
	}
	return err
}

// checkTrack says what is wrong with the block of a track of b.
func (b *Block) checkTrack(track *Block) error {
	switch {
	case track == nil:
		return fmt.Errorf("%w: it is nil; a track that is to keep its picture is left out", ErrBlock)
	case len(track.Tracks) > 0 || track.Sound != nil:
		return fmt.Errorf("%w: it has Tracks or Sound of its own, which go beside it", ErrBlock)
	case track.Frames != b.Frames:
		return fmt.Errorf("%w: it has %d frames, the block has %d: they are shown at once", ErrBlock, track.Frames, b.Frames)
	}
	return track.checkPixels()
}

func (b *Block) checkPixels() error {
	switch {
	case b.Frames <= 0 || b.Height <= 0 || b.Width <= 0:
		return fmt.Errorf("%w: shape %d×%d×%d has a size that is not positive", ErrBlock, b.Frames, b.Height, b.Width)
	case b.Height > MaxSide || b.Width > MaxSide:
		return fmt.Errorf("%w: %d×%d pixels are more than %d a side", ErrBlock, b.Width, b.Height, MaxSide)
	}
	// The bytes of one frame fit into 32 bits; those of all frames need not.
	frame := b.Height * b.Width * 3
	if len(b.Pix)%frame != 0 || len(b.Pix)/frame != b.Frames {
		return fmt.Errorf("%w: shape %d×%d×%d needs %d times %d bytes, Pix has %d",
			ErrBlock, b.Frames, b.Height, b.Width, b.Frames, frame, len(b.Pix))
	}
	return nil
}

// BlockOf returns img as a block of one frame. Transparent pixels are black. An
// image without pixels, or with more than [MaxSide] a side, becomes a block that
// says so in [Block.Check].
func BlockOf(img image.Image) *Block {
	bounds := img.Bounds()
	b := &Block{Frames: 1, Height: bounds.Dy(), Width: bounds.Dx()}
	if bounds.Empty() || b.Height > MaxSide || b.Width > MaxSide {
		return b
	}
	b.Pix = make([]byte, b.Height*b.Width*3)
	switch img := img.(type) {
	case *image.RGBA:
		for y := range b.Height {
			dropAlpha(b.Row(0, y), img.Pix[img.PixOffset(bounds.Min.X, bounds.Min.Y+y):])
		}
	case *image.NRGBA:
		for y := range b.Height {
			multiplyAlpha(b.Row(0, y), img.Pix[img.PixOffset(bounds.Min.X, bounds.Min.Y+y):])
		}
	default:
		row := image.NewRGBA(image.Rect(0, 0, b.Width, 1))
		for y := range b.Height {
			draw.Draw(row, row.Rect, img, bounds.Min.Add(image.Pt(0, y)), draw.Src)
			dropAlpha(b.Row(0, y), row.Pix)
		}
	}
	return b
}

// dropAlpha fills rgb from pixels whose colors are multiplied by their alpha.
func dropAlpha(rgb, rgba []byte) {
	for len(rgb) >= 3 && len(rgba) >= 4 {
		rgb[0], rgb[1], rgb[2] = rgba[0], rgba[1], rgba[2]
		rgb, rgba = rgb[3:], rgba[4:]
	}
}

// multiplyAlpha fills rgb from pixels whose colors are not, rounding as the
// package image/color does.
func multiplyAlpha(rgb, nrgba []byte) {
	for len(rgb) >= 3 && len(nrgba) >= 4 {
		if alpha := uint32(nrgba[3]); alpha == 0xff {
			rgb[0], rgb[1], rgb[2] = nrgba[0], nrgba[1], nrgba[2]
		} else {
			for i := range 3 {
				rgb[i] = byte(uint32(nrgba[i]) * 0x101 * alpha / 0xff >> 8)
			}
		}
		rgb, nrgba = rgb[3:], nrgba[4:]
	}
}
