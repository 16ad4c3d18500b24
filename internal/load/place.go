package load

import (
	"encoding/binary"
	"go/token"
)

// Package gcexportdata keeps of a position its file and line, and reads it as a
// position at the beginning of that line in a file of placeLimit empty lines. So
// that nothing is lost, it is given a file set in which every byte is a line, and
// the files that it makes get their real lines afterwards.

// placeLimit is the size of the largest file in which positions can be kept.
const placeLimit = 64 << 10

// places is a file set in which lines are bytes, for the files that positions are
// to be kept of; it has the same files at the same bases as another one.
type places struct {
	fset  *token.FileSet
	exact map[string]bool // names of the files
	bytes []int           // the lines of a file of placeLimit bytes
}

func newPlaces(exact map[string]bool) *places {
	p := &places{fset: token.NewFileSet(), exact: exact, bytes: make([]int, placeLimit)}
	for i := range p.bytes {
		p.bytes[i] = i
	}
	return p
}

// copyFrom adds the files of a file set that are not there yet. Of a file that
// package gcexportdata made, which may have the same name, positions are kept
// elsewhere.
func (p *places) copyFrom(fset *token.FileSet) {
	base := p.fset.Base()
	for f := range fset.Iterate {
		if f.Base() < base {
			continue
		}
		shadow := p.fset.AddFile(f.Name(), f.Base(), f.Size())
		if p.exact[f.Name()] && f.Size() < placeLimit {
			shadow.SetLines(p.bytes[:f.Size()])
		} else {
			shadow.SetLines(f.Lines())
		}
	}
}

// encodeLines writes the lines of files: of each its name, how many, and how long
// they are. It is not ok when one is too large.
func encodeLines(files []*token.File) (text []byte, ok bool) {
	w := new(encoder)
	w.int(len(files))
	for _, f := range files {
		if f.Size() >= placeLimit {
			return nil, false
		}
		w.string(f.Name())
		lines := f.Lines()
		w.int(len(lines))
		last := 0
		for _, start := range lines {
			w.text = binary.AppendUvarint(w.text, uint64(start-last))
			last = start
		}
	}
	return w.text, true
}

// setLines gives files that package gcexportdata made the lines that encodeLines
// wrote.
func setLines(text string, files []*token.File) bool {
	r := &decoder{text: text}
	byName := make(map[string][]int)
	for range r.length() {
		name, lines, last := r.string(), make([]int, r.length()), 0
		for i := range lines {
			last += r.int()
			lines[i] = last
		}
		byName[name] = lines
	}
	for _, f := range files {
		if lines := byName[f.Name()]; lines != nil && !f.SetLines(lines) {
			return false
		}
	}
	return !r.bad
}
