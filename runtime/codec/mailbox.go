package codec

import (
	"image"
	"time"
)

// picture is a frame in the encoder's colour space, and what is known of it.
type picture struct {
	image.YCbCr
	pts     time.Duration
	arrived time.Time
}

// resize gives the picture its size; the pixels are undefined afterwards. The
// planes are allocated anew only when the size differs from the one before.
func (p *picture) resize(width, height int) {
	r := image.Rect(0, 0, width, height)
	if p.Rect != r {
		p.YCbCr = *image.NewYCbCr(r, image.YCbCrSubsampleRatio420)
	}
}

// mailbox passes pictures from the writer to the encoder, newest wins. It owns
// three: one that the writer fills, one that waits, and one that the encoder
// holds. They swap places and are never copied.
type mailbox struct {
	spare   [2]*picture // what neither waits nor is held
	waiting *picture
	held    *picture
}

// blank returns a picture to fill, to be handed to post. The writer has at most
// one at a time.
func (m *mailbox) blank() *picture {
	for i, p := range m.spare {
		if p != nil {
			m.spare[i] = nil
			return p
		}
	}
	return new(picture)
}

// post puts p into the box, and tells whether it replaced one that waited.
func (m *mailbox) post(p *picture) (replaced bool) {
	old := m.waiting
	m.waiting = p
	m.keep(old)
	return old != nil
}

// take moves the waiting picture into the encoder's hands, if there is one, and
// the one that the encoder held is free again.
func (m *mailbox) take() (p *picture, ok bool) {
	if m.waiting == nil {
		return nil, false
	}
	old := m.held
	m.held, m.waiting = m.waiting, nil
	m.keep(old)
	return m.held, true
}

// keep stores a picture that is free for the next blank.
func (m *mailbox) keep(p *picture) {
	if p == nil {
		return
	}
	for i := range m.spare {
		if m.spare[i] == nil {
			m.spare[i] = p
			return
		}
	}
}
