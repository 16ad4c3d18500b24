package state

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/internal/goenv"
)

// Scope is what a scan looks at.
type Scope struct {
	Root  string     // of the project: see Root
	Tags  []string   // asked for
	Apart []string   // folders below the root that are no part of it
	Env   *goenv.Env // the surroundings of Variables

	// Variables are those of the go command; nil are those of the process.
	Variables []string
}

// Root gives the folder of a project, absolute and without symbolic links.
func Root(dir string) (string, error) {
	root, err := filepath.Abs(dir)
	if err == nil {
		root, err = filepath.EvalSymlinks(root)
	}
	if err != nil {
		return "", fmt.Errorf("finding the project's folder: %w", err)
	}
	if info, err := os.Stat(root); err != nil || !info.IsDir() {
		return "", errors.Join(fmt.Errorf("%s is not a folder", dir), err)
	}
	return root, nil
}

// Key names the state of a scan: a hash of all that its outcome depends on and that
// is no fact about files. The settings of the build are not among it by themselves:
// they follow from the variables, of which package build reads those of the
// process, and from whether the process finds a compiler for cgo.
func (s Scope) Key() cache.Key {
	of := s.Env.Text + "\n" + goenv.Outcome(s.Variables)
	if s.Variables != nil {
		of += "\n" + goenv.Outcome(nil)
	}
	h := sha256.New()
	for _, part := range []any{tool(), s.Root, s.Tags, s.Apart, of} {
		fmt.Fprintf(h, "%q\n", fmt.Sprint(part))
	}
	return cache.Key(h.Sum(nil))
}

// tool tells this program from any other build of it.
func tool() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	return build(name)
}

// build tells the program in a file from others, also from those of the same size and
// time: builds that can be repeated have the times of their sources, or none.
func build(name string) string {
	info, err := os.Stat(name)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%q %d %d %d", name, inode(info), info.Size(), info.ModTime().UnixNano())
}
