package gen

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/reactorgen/reactor/scanner"
)

// Existing is what stands on the disk where a generated main may stand.
type Existing struct {
	// Path is relative to the project's root, with forward slashes.
	Path string

	// Exists tells whether there is a file. Text is its content with LF line
	// ends, CRLF tells that its own are others.
	Exists bool
	Text   []byte
	CRLF   bool

	// Ours tells that reactor-gen wrote the file, Edited that somebody else
	// changed it since. A file with our first line and no good header is edited.
	Ours, Edited bool

	// Stamp is what the header says of the inputs.
	Stamp Stamp

	inputs string
	raw    []byte // Text with the line ends that it has
}

// errNotPlain says that a folder, a link or a device stands somewhere.
var errNotPlain = errors.New("not a plain file")

// read reads the file at a path of the project at dir; that there is none is no
// error.
func read(dir, path string) (Existing, error) {
	e := Existing{Path: path}
	name := filepath.Join(dir, filepath.FromSlash(path))
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return e, nil
	case err != nil:
		return e, err
	case !info.Mode().IsRegular():
		return e, fmt.Errorf("%s is in the way: it is %w; move it, then generate again", path, errNotPlain)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return e, err
	}
	e.Exists, e.raw = true, text
	e.Text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	e.CRLF = len(e.Text) != len(text)
	e.parse()
	return e, nil
}

// Inspect returns what stands at the place of the project's main, and the mains
// of ours at other places, which are left over from another model or place. A
// main of a model that only another build of the project has is not left over.
// Inspect renders nothing.
func Inspect(p *scanner.Project) (main Existing, leftovers []Existing, err error) {
	if main, err = read(p.Dir, placeOf(p)); err != nil {
		return main, nil, err
	}
	for _, path := range p.Mains {
		if path == main.Path {
			continue
		}
		e, err := read(p.Dir, path)
		if err != nil && !errors.Is(err, errNotPlain) {
			return main, nil, err
		}
		if e.Ours && !slices.Contains(p.Others, e.Stamp.Name) {
			leftovers = append(leftovers, e)
		}
	}
	return main, leftovers, nil
}

// Remove deletes a leftover from the project at dir, and its folder if nothing
// else is in there.
func (e Existing) Remove(dir string) error {
	name := filepath.Join(dir, filepath.FromSlash(e.Path))
	if err := os.Remove(name); err != nil {
		return err
	}
	_ = os.Remove(filepath.Dir(name)) // stays when it is not empty
	return nil
}
