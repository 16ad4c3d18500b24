package codec

import (
	"bytes"
	"errors"
	"fmt"
)

// Types of NAL units (H.264, table 7-1).
const (
	nalIDR       = 5
	nalSPS       = 7
	nalSubsetSPS = 15
)

// nalUnits calls see with each NAL unit of Annex B, without its start code, until
// it returns false.
func nalUnits(data []byte, see func(nal []byte) bool) {
	start := []byte{0, 0, 1}
	_, rest, found := bytes.Cut(data, start)
	for found {
		var nal []byte
		nal, rest, found = bytes.Cut(rest, start)
		if len(nal) > 0 && !see(nal) {
			return
		}
	}
}

// hasIDR tells whether a picture is one that decoding can start with.
func hasIDR(data []byte) (has bool) {
	nalUnits(data, func(nal []byte) bool {
		has = nal[0]&31 == nalIDR
		return !has
	})
	return has
}

// checkH264 says why a picture is not to be given to a decoder: it announces what
// is too large, or what we have not said that we decode.
func checkH264(data []byte) (err error) {
	units := 0
	nalUnits(data, func(nal []byte) bool {
		units++
		switch nal[0] & 31 {
		case nalSPS:
			err = checkSPS(nal[1:])
		case nalSubsetSPS:
			err = errors.New("a stream in layers is not decoded")
		}
		return err == nil
	})
	if units == 0 {
		return errors.New("no NAL unit of H.264")
	}
	return err
}

// checkSPS reads the size of the pictures from a sequence parameter set (H.264,
// section 7.3.2.1.1). The profiles are those without further fields before it.
func checkSPS(sps []byte) error {
	r := &bitReader{data: bytes.ReplaceAll(sps, []byte{0, 0, 3}, []byte{0, 0})}
	profile := r.bits(8)
	if profile != 66 && profile != 77 && profile != 88 {
		return fmt.Errorf("the profile %d of H.264 is not decoded", profile)
	}
	r.bits(16) // constraints and level
	r.number() // of the set
	r.number() // size of the frame numbers
	switch r.number() {
	case 0:
		r.number()
	case 1:
		r.bits(1)
		r.number()
		r.number()
		for range min(r.number(), 256) {
			r.number()
		}
	}
	r.number() // reference frames
	r.bits(1)
	columns, rows := r.number()+1, r.number()+1
	if r.bits(1) == 0 {
		rows *= 2 // fields
	}
	if r.short {
		return errors.New("a parameter set of H.264 is cut short")
	}
	return checkDecoded(16*min(columns, MaxSide), 16*min(rows, MaxSide))
}

// bitReader reads the fields of a parameter set. Beyond the end there are zeros,
// and short is set.
type bitReader struct {
	data  []byte
	at    int
	short bool
}

func (r *bitReader) bits(n int) (v int) {
	for range n {
		v <<= 1
		if r.at >= 8*len(r.data) {
			r.short = true
			continue
		}
		v |= int(r.data[r.at/8]>>(7-r.at%8)) & 1
		r.at++
	}
	return v
}

// number reads an Exp-Golomb code of at most 32 bits (H.264, section 9.1).
func (r *bitReader) number() int {
	zeros := 0
	for r.bits(1) == 0 {
		if zeros++; zeros > 31 || r.short {
			r.short = true
			return 0
		}
	}
	return 1<<zeros - 1 + r.bits(zeros)
}
