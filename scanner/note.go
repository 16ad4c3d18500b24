package scanner

import (
	"bytes"
	"strings"

	"github.com/reactorgen/reactor/internal/load"
)

// note is what a scan makes of the text of a Go file, and all that it needs of a
// file that has nothing to do with us. It is remembered as long as the text is
// the same, so that such a file is not read again.
type note struct {
	holds     bool // there may be a directive, or what was meant as one
	generates bool // there are lines for go generate
	left      bool // the build leaves the file out

	// head is what the go command reads of the file.
	head string
}

// noteOf returns the note of a file by its absolute name.
func (s *scan) noteOf(name string) (note, error) {
	text, err := s.noteText(name)
	if err != nil {
		return note{}, err
	}
	return readNote(text), nil
}

// noteText is the note as it is remembered: a letter for each thing that holds,
// and the head.
func (s *scan) noteText(name string) (string, error) {
	if err := unreadable(s.disk, name); err != nil {
		return "", err
	}
	return s.disk.Note(name, func(text []byte) string {
		var out strings.Builder
		for _, is := range []struct {
			letter byte
			so     bool
		}{
			{'h', mayHold(text)},
			{'g', bytes.Contains(text, []byte(goGenerate))},
			{'l', leaves(s.build, name, text)},
		} {
			if is.so {
				out.WriteByte(is.letter)
			}
		}
		out.WriteByte(' ')
		if strings.HasSuffix(name, ".go") {
			out.WriteString(load.Head(text))
		}
		return out.String()
	})
}

func readNote(text string) note {
	letters, head, _ := strings.Cut(text, " ")
	return note{
		holds:     strings.Contains(letters, "h"),
		generates: strings.Contains(letters, "g"),
		left:      strings.Contains(letters, "l"),
		head:      head,
	}
}

// isIdle tells whether nothing in the file is of interest to a scan.
func (n note) isIdle() bool { return !n.holds && !n.generates }
