package record

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/at-wat/ebml-go"

	"github.com/reactorgen/reactor/runtime/codec"
)

// maxPicture is the largest compressed picture that is read from a file, in bytes.
const maxPicture = 8 << 20

// errEnough ends the reading of a file by who does not want more of it.
var errEnough = errors.New("nobody wants more pictures")

// Pictures reads the pictures of a file of VP8, WebM or IVF, in their order. Their
// presentation times are from the first one on, and Key is not told. An error is the
// last that comes: the file is none of these, or breaks off.
func Pictures(name string) iter.Seq2[codec.Packet, error] {
	return func(yield func(codec.Packet, error) bool) {
		if err := read(name, func(p codec.Packet) bool { return yield(p, nil) }); err != nil && !errors.Is(err, errEnough) {
			yield(codec.Packet{}, fmt.Errorf("%s: %w", name, err))
		}
	}
}

func read(name string, picture func(codec.Packet) bool) error {
	ways := map[string]func(io.Reader, func(codec.Packet) error) error{".webm": readWebM, ".ivf": readIVF}
	way := ways[strings.ToLower(filepath.Ext(name))]
	if way == nil {
		return errors.New("videos are read where they are VP8, in a .webm or an .ivf")
	}
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	first := time.Duration(-1)
	err = way(bufio.NewReader(file), func(p codec.Packet) error {
		if first < 0 {
			first = p.PTS
		}
		if p.PTS -= first; !picture(p) {
			return errEnough
		}
		return nil
	})
	if err == nil && first < 0 {
		return errors.New("it has no pictures")
	}
	return err
}

// readIVF reads the container of libvpx: a header of 32 bytes, and 12 before each
// picture, all of it little endian.
func readIVF(in io.Reader, picture func(codec.Packet) error) error {
	var h struct {
		Signature      [4]byte
		Version, Size  uint16
		Codec          [4]byte
		Width, Height  uint16
		Rate, Scale    uint32 // of times: Rate of them are Scale seconds
		Pictures, Rest uint32
	}
	if err := binary.Read(in, binary.LittleEndian, &h); err != nil {
		return broken(err)
	}
	switch {
	case string(h.Signature[:]) != "DKIF" || h.Size != 32:
		return errors.New("it does not begin as an IVF file does")
	case string(h.Codec[:]) != "VP80":
		return fmt.Errorf("it holds %q, and only VP8 is read", h.Codec)
	case h.Rate == 0 || h.Scale == 0:
		return errors.New("it does not say how long a picture is shown")
	}
	for {
		var f struct {
			Size uint32
			Time uint64
		}
		if err := binary.Read(in, binary.LittleEndian, &f); err == io.EOF {
			return nil
		} else if err != nil {
			return broken(err)
		}
		if f.Size > maxPicture {
			return fmt.Errorf("a picture of %d bytes is more than is read", f.Size)
		}
		p := codec.Packet{Data: make([]byte, f.Size), PTS: ivfTime(f.Time, h.Rate, h.Scale)}
		if _, err := io.ReadFull(in, p.Data); err != nil {
			return broken(err)
		}
		if err := picture(p); err != nil {
			return err
		}
	}
}

// ivfTime is a time of an IVF file. One that nobody lives to see is no time.
func ivfTime(at uint64, rate, scale uint32) time.Duration {
	s := float64(at) * float64(scale) / float64(rate)
	return time.Duration(min(s, 1e9) * float64(time.Second))
}

// readWebM reads the first track of VP8.
func readWebM(in io.Reader, picture func(codec.Packet) error) error {
	w := webmReader{in: in, picture: picture}
	err := ebml.Unmarshal(&w, &w.file, ebml.WithElementReadHooks(w.hook), ebml.WithMaxLeafElementSize(maxPicture))
	switch {
	case w.err != nil:
		return w.err
	case err != nil:
		return broken(err)
	case w.file.Header.DocType == "":
		return errors.New("it does not begin as a WebM file does")
	}
	return nil
}

// webmReader reads a file element by element, and keeps the last of each kind only. The
// hook is called with each as it has been read; an error of it ends the file, as a hook
// can end nothing.
type webmReader struct {
	in      io.Reader
	picture func(codec.Packet) error
	err     error

	file struct {
		Header struct {
			DocType string `ebml:"EBMLDocType"`
		} `ebml:"EBML"`
		Segment struct {
			Info struct {
				TimecodeScale uint64 `ebml:"TimecodeScale"`
			} `ebml:"Info"`
			Tracks struct {
				TrackEntry []struct {
					TrackNumber uint64 `ebml:"TrackNumber"`
					CodecID     string `ebml:"CodecID"`
				} `ebml:"TrackEntry"`
			} `ebml:"Tracks"`
			Cluster struct {
				Timecode    uint64     `ebml:"Timecode"`
				SimpleBlock ebml.Block `ebml:"SimpleBlock"`
				BlockGroup  struct {
					Block ebml.Block `ebml:"Block"`
				} `ebml:"BlockGroup"`
			} `ebml:"Cluster"`
		} `ebml:"Segment"`
	}
}

// Read implements io.Reader.
func (w *webmReader) Read(p []byte) (int, error) {
	if w.err != nil {
		return 0, w.err
	}
	return w.in.Read(p)
}

func (w *webmReader) hook(e *ebml.Element) {
	block, ok := e.Value.(ebml.Block)
	if !ok || w.err != nil {
		return
	}
	track, err := w.track()
	if err != nil || block.TrackNumber != track {
		w.err = err
		return
	}
	for _, data := range block.Data {
		if w.err = w.picture(codec.Packet{Data: data, PTS: w.at(block)}); w.err != nil {
			return
		}
	}
}

// track is the number of the track of VP8.
func (w *webmReader) track() (uint64, error) {
	var others []string
	for _, t := range w.file.Segment.Tracks.TrackEntry {
		if t.CodecID == "V_VP8" {
			return t.TrackNumber, nil
		}
		others = append(others, t.CodecID)
	}
	return 0, fmt.Errorf("it holds %q, and only V_VP8 is read", others)
}

// at is when a block is shown.
func (w *webmReader) at(b ebml.Block) time.Duration {
	scale := w.file.Segment.Info.TimecodeScale
	if scale == 0 {
		scale = uint64(time.Millisecond)
	}
	ticks := float64(w.file.Segment.Cluster.Timecode) + float64(b.Timecode)
	return time.Duration(max(0, min(ticks*float64(scale), 1e18)))
}

// broken says that a file ends too early, where that is what is wrong.
func broken(err error) error {
	if slices.ContainsFunc([]error{io.EOF, io.ErrUnexpectedEOF}, func(e error) bool { return errors.Is(err, e) }) {
		return errors.New("it breaks off")
	}
	return err
}
