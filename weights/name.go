package weights

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CheckName tells why weights cannot have a name: it is that of one folder, of
// ASCII letters, digits, hyphens and underscores.
func CheckName(name string) error {
	bad := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_'
	}
	if name == "" || len(name) > longest || strings.ContainsFunc(name, bad) || isDevice(name) {
		return fmt.Errorf("%q is no name of weights: it is that of one folder: letters, digits, hyphens and underscores", name)
	}
	return nil
}

// longest is the most bytes that the name of a file or folder has on all usual
// file systems.
const longest = 255

// checkPath tells why a file of weights cannot have a path. What is good is the
// same on all systems, so that a lock that is good on one is good on the others.
func checkPath(file string) error {
	for part := range strings.SplitSeq(file, "/") {
		if err := checkPart(part); err != nil {
			return fmt.Errorf("%q is no safe name of a file: %w", file, err)
		}
	}
	return nil
}

// checkPart tells what is wrong with one part of a path.
func checkPart(part string) error {
	switch {
	case part == "":
		return errors.New("it is absolute, or a part of it is empty")
	case part == ".", part == "..":
		return fmt.Errorf("%q is a part of it", part)
	case len(part) > longest:
		return fmt.Errorf("a part of it is longer than %d bytes", longest)
	case !utf8.ValidString(part):
		return errors.New("it is not UTF-8")
	case strings.ContainsFunc(part, isOdd):
		return errors.New(`it has a control character or one of \ : * ? " < > |`)
	case strings.HasSuffix(part, "."), strings.HasSuffix(part, " "), strings.HasPrefix(part, " "):
		return errors.New("a part of it begins with a space, or ends with a space or a dot")
	case isDevice(part):
		return errors.New("it is a device on Windows")
	}
	return nil
}

// isOdd tells whether a character cannot be shown, or is no part of a file's name
// on Windows.
func isOdd(r rune) bool {
	return strings.ContainsRune(`\:*?"<>|`, r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
}

// isDevice tells whether Windows takes a name for a device, with any extension.
func isDevice(part string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(part), ".")
	stem = strings.TrimRight(stem, " ")
	if slices.Contains([]string{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}, stem) {
		return true
	}
	number, ok := strings.CutPrefix(stem, "COM")
	if !ok {
		number, ok = strings.CutPrefix(stem, "LPT")
	}
	return ok && utf8.RuneCountInString(number) == 1 && strings.Contains("0123456789¹²³", number)
}

// spellings are the names of files and folders that there are already, by what
// they are on a file system that does not tell upper from lower case.
type spellings map[string]string

// add takes a file in and tells what it cannot be beside: the same file, one
// that differs from it in upper and lower case only, or a folder of its name.
func (s spellings) add(file string) error {
	if other, there := s[fold(file)]; there {
		return collision(file, strings.TrimSuffix(other, "/"))
	}
	s[fold(file)] = file
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		other, there := s[fold(dir)]
		if there && other != dir+"/" {
			return collision(dir, strings.TrimSuffix(other, "/"))
		}
		s[fold(dir)] = dir + "/"
	}
	return nil
}

func collision(name, other string) error {
	if name == other {
		return fmt.Errorf("%q is there twice", name)
	}
	return fmt.Errorf("%q and %q are one file where upper and lower case are not told apart", other, name)
}

// fold maps names that differ in upper and lower case only to the same text.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		return least
	}, name)
}
