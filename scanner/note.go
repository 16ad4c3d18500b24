package scanner

import (
	"bytes"
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/reactorgen/reactor/internal/disk"
	"github.com/reactorgen/reactor/internal/load"
)

// note is what a scan makes of the text of a Go file, and all that it needs of a
// file that has nothing to do with us. It is remembered as long as the text is
// the same, so that such a file is not read again.
type note struct {
	holds     bool // there may be a directive, or what was meant as one
	generates bool // there are lines for go generate
	names     bool // and this tool is named, perhaps in such a line
	left      bool // the build leaves the file out
	api       bool // it imports the author's API

	head string // the beginning of a hash of what the go command reads of it
}

// noteOf returns the note of a file by its absolute name.
func (s *scan) noteOf(name string) (note, error) {
	text, err := s.noteText(name)
	if err != nil {
		return note{}, err
	}
	return readNote(text), nil
}

// noteText is the note as it is remembered: a letter for each thing that holds, and
// the beginning of a hash of what the go command reads of the file.
func (s *scan) noteText(name string) (string, error) {
	if err := unreadable(s.disk, name); err != nil {
		return "", err
	}
	return s.disk.Note(name, func(text []byte) string {
		head := ""
		if strings.HasSuffix(name, ".go") {
			head = load.Head(text)
		}
		var out strings.Builder
		for _, is := range []struct {
			letter byte
			so     bool
		}{
			{'h', mayHold(text)},
			{'g', bytes.Contains(text, []byte(goGenerate))},
			{'n', bytes.Contains(text, []byte(goGenerate)) && bytes.Contains(text, []byte("reactor-gen"))},
			{'l', leaves(s.build, name, text)},
			{'a', strings.Contains(head, strconv.Quote(apiPath))},
		} {
			if is.so {
				out.WriteByte(is.letter)
			}
		}
		sum := disk.SumOf([]byte(head))
		return out.String() + " " + base64.RawStdEncoding.EncodeToString(sum[:9])
	})
}

func readNote(text string) note {
	letters, head, _ := strings.Cut(text, " ")
	return note{
		holds:     strings.Contains(letters, "h"),
		generates: strings.Contains(letters, "g"),
		names:     strings.Contains(letters, "n"),
		left:      strings.Contains(letters, "l"),
		api:       strings.Contains(letters, "a"),
		head:      head,
	}
}

// isIdle tells whether nothing in the file is of interest to a scan.
func (n note) isIdle() bool { return !n.holds && !n.generates }
