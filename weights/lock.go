package weights

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// LockName is the file in a project's root that holds its [Lock].
const LockName = "weights.lock"

// ErrUnlocked is wrapped by the error of [Lock.Find].
var ErrUnlocked = errors.New("not locked")

// Lock says which files a project's weights consist of. Its order is that of the
// names.
type Lock []Weights

// Weights are the files of one folder, ordered by path.
type Weights struct {
	Name  string `json:"name"`
	Files []File `json:"files"`
}

// File is one file of weights.
type File struct {
	// Path is relative to the folder, with forward slashes.
	Path string `json:"path"`

	// Size is in bytes.
	Size int64 `json:"size"`

	// Sum is the SHA-256 of the content.
	Sum Sum `json:"sha256"`
}

// Sum is a SHA-256. Its text is hexadecimal.
type Sum [sha256.Size]byte

// String returns the sum as 64 hexadecimal digits.
func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// MarshalText returns what String returns.
func (s Sum) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Size returns the bytes of all files together.
func (w Weights) Size() (n int64) {
	for _, f := range w.Files {
		n += f.Size
	}
	return n
}

// Find returns the weights of a name; the error wraps [ErrUnlocked] when the lock
// has none.
func (l Lock) Find(name string) (Weights, error) {
	if i := slices.IndexFunc(l, func(w Weights) bool { return w.Name == name }); i >= 0 {
		return l[i], nil
	}
	return Weights{}, fmt.Errorf("weights %q are %w", name, ErrUnlocked)
}

// With returns the lock with w in place of the weights of the same name.
func (l Lock) With(w Weights) Lock {
	others := slices.DeleteFunc(slices.Clone(l), func(other Weights) bool { return other.Name == w.Name })
	return append(others, w).sorted()
}

// sorted brings weights and files into their order.
func (l Lock) sorted() Lock {
	slices.SortFunc(l, func(a, b Weights) int { return cmp.Compare(a.Name, b.Name) })
	for _, w := range l {
		slices.SortFunc(w.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	}
	return l
}

// The first line of a lock file: its version, and what a reader wonders about.
const (
	lockVersion = "# reactor weights lock 1:"
	lockHeader  = lockVersion + ` SHA-256, bytes, file. Written by "reactor-gen weights lock".`
)

// Text returns the lock as a file: a line for each file, in order.
func (l Lock) Text() []byte {
	var b bytes.Buffer
	fmt.Fprintln(&b, lockHeader)
	for _, w := range l {
		for _, f := range w.Files {
			fmt.Fprintf(&b, "%s %d %s/%s\n", f.Sum, f.Size, w.Name, f.Path)
		}
	}
	return b.Bytes()
}

// ParseLock reads a lock file. The error begins with path and the number of the
// line. What it returns is safe to be written to a disk: no name leaves the
// folder that it is for, and no two of them are the same on any file system.
func ParseLock(path string, text []byte) (Lock, error) {
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if !strings.HasPrefix(lines[0], lockVersion) {
		return nil, fmt.Errorf("%s:1: this is no lock of weights, or one of another version; it would begin with %q", path, lockVersion)
	}
	var l Lock
	for i, line := range lines[1:] {
		line = strings.TrimSuffix(line, "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		name, f, err := parseLine(line)
		if err == nil {
			l, err = l.add(name, f)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, i+2, err)
		}
	}
	l = l.sorted()
	if err := l.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return l, nil
}

// add puts one more file into the weights of a name.
func (l Lock) add(name string, f File) (Lock, error) {
	if err := errors.Join(CheckName(name), checkPath(f.Path)); err != nil {
		return nil, err
	}
	for i := range l {
		if l[i].Name == name {
			l[i].Files = append(l[i].Files, f)
			return l, nil
		}
	}
	return append(l, Weights{Name: name, Files: []File{f}}), nil
}

// parseLine reads the line of one file.
func parseLine(line string) (name string, f File, err error) {
	sum, rest, _ := strings.Cut(line, " ")
	size, file, ok := strings.Cut(rest, " ")
	if !ok {
		return "", File{}, errors.New("want SHA-256, bytes and file, with a space between")
	}
	if len(sum) != hex.EncodedLen(len(f.Sum)) || strings.ToLower(sum) != sum {
		return "", File{}, fmt.Errorf("%q is no SHA-256: that is %d lowercase hexadecimal digits", sum, hex.EncodedLen(len(f.Sum)))
	}
	if _, err := hex.Decode(f.Sum[:], []byte(sum)); err != nil {
		return "", File{}, fmt.Errorf("%q is no SHA-256: %w", sum, err)
	}
	n, err := strconv.ParseUint(size, 10, 63)
	if err != nil || strconv.FormatUint(n, 10) != size {
		return "", File{}, fmt.Errorf("%q is no number of bytes", size)
	}
	f.Size = int64(n)
	name, f.Path, ok = strings.Cut(file, "/")
	if !ok {
		return "", File{}, fmt.Errorf("%q is not in a folder of weights", file)
	}
	return name, f, nil
}

// check tells why the files of a lock cannot be written to a disk.
func (l Lock) check() error {
	s := spellings{}
	for _, w := range l {
		if err := w.check(s); err != nil {
			return err
		}
	}
	return nil
}

// check tells why weights cannot be written to a disk that holds the files of s.
func (w Weights) check(s spellings) error {
	if err := CheckName(w.Name); err != nil {
		return err
	}
	if len(w.Files) == 0 {
		return fmt.Errorf("weights %q have no files", w.Name)
	}
	for _, f := range w.Files {
		err := checkPath(f.Path)
		if err == nil {
			err = s.add(w.Name + "/" + f.Path)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
