package reactortest

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// A flag has to be there before the test binary parses its arguments. Another
// package that the test imports may have brought it.
var _ = func() *bool {
	if flag.Lookup("update") != nil {
		return nil
	}
	return flag.Bool("update", false, "write golden files")
}()

func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

// Golden holds the last frame to the hash of that name in the test's golden file,
// testdata/TEST.golden. `go test -update` writes it there; a line that no test asks
// for any more stays until somebody deletes it. `go test -artifacts` keeps a
// picture of a frame that differs. Where the model has more tracks, the hash is also of
// what they show at that moment, and of the frame's sound.
//
// A model that computes with floats may round otherwise on another architecture,
// so that each line names the one on which it was written. Elsewhere, a frame that
// differs is only logged, until -update has been run there as well.
func (s *Session) Golden(name string) {
	s.t.Helper()
	f := s.Last()
	got := golden{s.moment(), fmt.Sprintf("%dx%d", f.Width, f.Height), runtime.GOARCH, name}
	path := filepath.Join("testdata", fileName(s.t.Name())+".golden")
	known, err := readGoldens(path)
	if err != nil {
		s.t.Fatal(err)
	}
	if updating() {
		if err := writeGoldens(path, put(known, got)); err != nil {
			s.t.Fatal(err)
		}
		return
	}
	known = slices.DeleteFunc(known, func(g golden) bool { return g.name != name })
	here := slices.ContainsFunc(known, func(g golden) bool { return g.arch == got.arch })
	switch {
	case len(known) == 0:
		s.t.Errorf("%s has no frame %q; to write it: go test -update", path, name)
	case slices.ContainsFunc(known, func(g golden) bool { return g.hash == got.hash && (g.arch == got.arch || !here) }):
	case !here:
		s.t.Logf("%s has frame %q as another architecture draws it; here it differs: %+v", path, name, got)
	default:
		s.t.Errorf("frame %d is not the %q of %s%s; where it should have changed: go test -update", f.Number, name, path, s.keep(f, name))
	}
}

// keep writes the frame, and those of the other tracks, into the folder of the test's
// artifacts, and says so.
func (s *Session) keep(f Frame, name string) string {
	path := filepath.Join(s.t.ArtifactDir(), fileName(name))
	err := f.save(path + ".png")
	for _, track := range s.screen.tracks() {
		err = errors.Join(err, s.screen.track(track).save(path+"."+track+".png"))
	}
	if err != nil {
		return ", and cannot be kept: " + err.Error()
	}
	return "; it looks like " + path + ".png (go test -artifacts keeps that)"
}

// fileName makes the name of a file of that of a test or a frame.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>| `, r) {
			return '_'
		}
		return r
	}, name)
}

// golden is one line of a golden file.
type golden struct{ hash, size, arch, name string }

// readGoldens reads a golden file. One that is not there has no lines.
func readGoldens(path string) (all []golden, err error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		parts := strings.SplitN(strings.TrimRight(line, "\r\n"), " ", 4)
		if len(parts) != 4 {
			return nil, fmt.Errorf("%s: %q is not a line of hash, size, architecture and name", path, line)
		}
		all = append(all, golden{parts[0], parts[1], parts[2], parts[3]})
	}
	return all, nil
}

// put puts a line in the place of the one of its name and architecture, or at the
// end.
func put(all []golden, g golden) []golden {
	i := slices.IndexFunc(all, func(old golden) bool { return old.name == g.name && old.arch == g.arch })
	if i < 0 {
		return append(all, g)
	}
	all[i] = g
	return all
}

func writeGoldens(path string, all []golden) error {
	var text strings.Builder
	for _, g := range all {
		fmt.Fprintf(&text, "%s %s %s %s\n", g.hash, g.size, g.arch, g.name)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text.String()), 0o666)
}
