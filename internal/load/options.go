package load

import (
	"go/build"
	"go/token"

	"golang.org/x/tools/go/packages"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/internal/disk"
)

// Options say what is loaded and by what means.
type Options struct {
	// Dir is the folder that the go command runs in: absolute, without symbolic
	// links.
	Dir string

	// Env are the variables that the go command runs with, each KEY=VALUE; nil
	// are those of the process.
	Env []string

	// Tags are all build tags.
	Tags []string

	// Build is how a build with these tags and variables chooses its files.
	Build build.Context

	// Cache has types from earlier loads. Without one, every load is one of
	// [Reference].
	Cache *cache.Cache

	// Disk is asked for every file and folder that the outcome depends on, so that
	// it can tell later whether one has changed. Nil is one of its own.
	Disk *disk.Disk

	// Note returns what [Head] says of a file, and remembers it with the file. The
	// text that it returns may say more than that; it holds as long as it is
	// equal. Nil asks the disk.
	Note func(name string) (string, error)
}

// Level is the way that a load was done, from the fastest to the slowest.
type Level int

// The levels of a load.
const (
	_           Level = iota
	Incremental       // the graph of packages was known: no child process
	Resolve           // one call of the go command
	Reference         // package packages
)

// String returns the level's name in lower case.
func (l Level) String() string {
	switch l {
	case Incremental:
		return "incremental"
	case Resolve:
		return "resolve"
	case Reference:
		return "reference"
	}
	return "none"
}

// Loaded are the packages of one load.
type Loaded struct {
	// Packages are those that were asked for, in the go command's order, as
	// package packages gives them.
	Packages []*packages.Package
	Fset     *token.FileSet

	// Refusal is what the go command said when it listed no package at all.
	Refusal string

	// Level is how it was done, and Why says what stood in the way of a faster
	// one, in a few words.
	Level  Level
	Why    string
	Counts Counts

	// Graph is for [Loader.Remember]; nil when there is nothing to remember.
	Graph []byte

	// Fleeting tells that another try may have another outcome though nothing on
	// the disk has changed, such as when there was no network. It must not be
	// kept.
	Fleeting bool
}

// Counts are the exact costs of a load.
type Counts struct {
	Children   int // processes that were started; of a reference, those of package packages
	Checked    int // packages that were type-checked with function bodies
	FromSource int // packages that were type-checked without
	FromStore  int // packages that were read from the store
}

// Add adds other costs.
func (c *Counts) Add(other Counts) {
	c.Children += other.Children
	c.Checked += other.Checked
	c.FromSource += other.FromSource
	c.FromStore += other.FromStore
}
