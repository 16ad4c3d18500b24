package reactor

import "image"

// Frame is one picture of a video that the viewer who controls the session sends,
// from a camera, say. A model gets them through its optional method OnFrame: see
// [VideoModel]. Pix is good only during that call; a model that keeps the picture
// copies it, with [Frame.Image] for instance.
type Frame struct {
	// Track is the name of the track that the picture came on.
	Track string

	// Width and Height are in pixels. They may change from one frame to the next,
	// as senders adapt to the network.
	Width, Height int

	// Pix holds the pixels row by row: 3 bytes red, green, blue each,
	// Height×Width×3 bytes in all.
	Pix []byte
}

// Row returns the pixels of one row, which are shared with the frame.
func (f Frame) Row(y int) []byte {
	start := y * f.Width * 3
	return f.Pix[start : start+f.Width*3 : start+f.Width*3]
}

// Image returns the picture as an image of its own, which may be kept.
func (f Frame) Image() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, f.Width, f.Height))
	for y := range f.Height {
		rgb, rgba := f.Row(y), img.Pix[img.PixOffset(0, y):]
		for len(rgb) >= 3 {
			rgba[0], rgba[1], rgba[2], rgba[3] = rgb[0], rgb[1], rgb[2], 0xff
			rgb, rgba = rgb[3:], rgba[4:]
		}
	}
	return img
}
