// Package state is what one scan of a project leaves for the next, and the way to
// it: the key that names it, and whether what it rests on still holds.
//
//	surroundings ──► key ──► cache ──► State ──► verify ──► Begun: what changed
//
// The package knows nothing of Go and of models, and imports little: the state is
// asked for before most of the program is there.
package state

import (
	"encoding/binary"
	"strings"
)

// Kind is the cache's kind of states.
const Kind = "state"

// State is what one scan leaves for the next.
type State struct {
	// Graph is that of its packages, for the loader.
	Graph []byte

	// Plain is the result, encoded, and Full that with what others found who were
	// asked as well; empty where it is not known.
	Plain, Full []byte

	// Tree is the outline of the project's tree, encoded; empty when there is no
	// project.
	Tree []byte

	// Said is what a check of the whole project prints when nothing is wrong; empty
	// when something is, or nobody checked.
	Said string

	// Files are those that the result says something about, by their paths, when
	// there is a project, which Good tells; without one, nothing of the result may
	// be kept.
	Files []string
	Good  bool
}

// parts is how many texts a state is made of.
const parts = 8

// Encode gives the state as texts to put one behind the other: each part with its
// length before it. The first are the facts that the disk was asked for, which are in
// parts themselves.
func (s *State) Encode(facts [][]byte) (out [][]byte) {
	size := 0
	for _, part := range facts {
		size += len(part)
	}
	out = append([][]byte{binary.AppendUvarint(nil, uint64(size))}, facts...)
	good := ""
	if s.Good {
		good = "good"
	}
	for _, part := range [parts - 1][]byte{
		s.Graph, s.Plain, s.Full, s.Tree, []byte(s.Said), []byte(good), []byte(strings.Join(s.Files, "\x00")),
	} {
		out = append(out, binary.AppendUvarint(nil, uint64(len(part))), part)
	}
	return out
}

// Decode is the opposite of Encode; nil when the text is something else. State and
// facts share the text's memory.
func Decode(text []byte) (s *State, facts []byte) {
	var all [parts][]byte
	for i := range all {
		size, n := binary.Uvarint(text)
		if n <= 0 || size > uint64(len(text)-n) {
			return nil, nil
		}
		all[i], text = text[n:n+int(size)], text[n+int(size):]
	}
	s = &State{Graph: all[1], Plain: all[2], Full: all[3], Tree: all[4], Said: string(all[5]), Good: len(all[6]) > 0}
	if len(all[7]) > 0 {
		s.Files = strings.Split(string(all[7]), "\x00")
	}
	return s, all[0]
}
