package headless

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/adler32"
	"hash/crc32"
	"sync"
)

// pngBands is in how many bands of rows a picture is compressed side by side. It is
// the same on every machine, so that the files are.
const pngBands = 4

// filterUp is the filter of a row that holds its difference to the row above (PNG
// specification, third edition, section 9.2).
const filterUp = 2

// pngEncoder writes pictures as PNG, RGB of 8 bits. It looks for no repetitions:
// with the filter, the entropy code alone takes a tenth of the time and gives files
// of about the size. Its memory is used again by the next picture.
type pngEncoder struct {
	bands [pngBands]pngBand
	data  bytes.Buffer // the compressed rows
	out   bytes.Buffer
}

// pngBand is one band of rows.
type pngBand struct {
	rows   []byte // filtered
	packed bytes.Buffer
	z      *flate.Writer
	err    error
}

// encode returns a picture of height×width×3 bytes as a file. It is good until the
// next call.
func (e *pngEncoder) encode(width, height int, pix []byte) ([]byte, error) {
	if err := e.pack(width, height, pix); err != nil {
		return nil, err
	}
	header := binary.BigEndian.AppendUint32(nil, uint32(width))
	header = binary.BigEndian.AppendUint32(header, uint32(height))
	header = append(header, 8, 2, 0, 0, 0) // bits, RGB, deflate, filters by row, not interlaced
	e.out.Reset()
	e.out.WriteString("\x89PNG\r\n\x1a\n")
	e.chunk("IHDR", header)
	e.chunk("IDAT", e.data.Bytes())
	e.chunk("IEND", nil)
	return e.out.Bytes(), nil
}

// pack compresses the bands side by side and joins them to one zlib stream (RFC
// 1950): each ends at a whole byte, and none refers to another.
func (e *pngEncoder) pack(width, height int, pix []byte) error {
	rows := (height + pngBands - 1) / pngBands
	var working sync.WaitGroup
	for i := range e.bands {
		from, to := min(i*rows, height), min((i+1)*rows, height)
		working.Go(func() { e.bands[i].pack(pix, width*3, from, to, i == pngBands-1) })
	}
	working.Wait()
	e.data.Reset()
	e.data.WriteString("\x78\x01")
	sum := adler32.New()
	for i := range e.bands {
		b := &e.bands[i]
		if b.err != nil {
			return b.err
		}
		sum.Write(b.rows)
		e.data.Write(b.packed.Bytes())
	}
	e.data.Write(sum.Sum(nil))
	return nil
}

// pack filters and compresses the rows from one to another. The last band ends the
// stream.
func (b *pngBand) pack(pix []byte, stride, from, to int, last bool) {
	b.rows = b.rows[:0]
	for y := from; y < to; y++ {
		row := pix[y*stride : (y+1)*stride]
		b.rows = append(b.rows, filterUp)
		if y == 0 {
			b.rows = append(b.rows, row...)
			continue
		}
		b.rows = appendDifference(b.rows, row, pix[(y-1)*stride:y*stride])
	}
	b.packed.Reset()
	if b.z == nil {
		b.z, b.err = flate.NewWriter(&b.packed, flate.HuffmanOnly)
	} else {
		b.z.Reset(&b.packed)
	}
	if b.err == nil {
		_, b.err = b.z.Write(b.rows)
	}
	switch {
	case b.err != nil:
	case last:
		b.err = b.z.Close()
	default:
		b.err = b.z.Flush()
	}
}

// appendDifference appends row minus above, byte by byte.
func appendDifference(to, row, above []byte) []byte {
	start := len(to)
	to = append(to, row...)
	rest := to[start:]
	above = above[:len(rest)]
	for i := range rest {
		rest[i] -= above[i]
	}
	return to
}

// chunk writes one chunk (PNG specification, third edition, section 5.3).
func (e *pngEncoder) chunk(kind string, data []byte) {
	var word [4]byte
	binary.BigEndian.PutUint32(word[:], uint32(len(data)))
	e.out.Write(word[:])
	sum := crc32.NewIEEE()
	for _, part := range [][]byte{[]byte(kind), data} {
		e.out.Write(part)
		sum.Write(part)
	}
	e.out.Write(sum.Sum(nil))
}
