package scanner

import "github.com/reactorgen/reactor/internal/load"

// Level is the way that a result was come by, from the fastest to the slowest. All
// ways lead to the same result.
type Level int

// The levels.
const (
	// Replayed is the last result: nothing that it rests on has changed.
	Replayed Level = iota + 1
	// Incremental is a look at what changed, without the go command.
	Incremental
	// Resolved is one call of the go command, for the graph of packages.
	Resolved
	// Referred is a load of everything by package packages.
	Referred
)

// String returns the level as people read it.
func (l Level) String() string {
	switch l {
	case Replayed:
		return "replayed"
	case Incremental:
		return "incremental"
	case Resolved:
		return "resolved"
	case Referred:
		return "referred"
	}
	return "none"
}

// levelOf is the level of a scan that loaded its packages in a way.
func levelOf(l load.Level) Level {
	switch l {
	case load.Resolve:
		return Resolved
	case load.Reference:
		return Referred
	}
	return Incremental
}
