//go:build unix

package disk_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"github.com/reactorgen/reactor/internal/disk"
)

// facts are those on a small tree with something of everything.
func facts(tb testing.TB) []byte {
	root := tree(tb, small)
	must(tb, os.Symlink("loop", filepath.Join(root, "loop")), os.Symlink("a", filepath.Join(root, "link")))
	d := aged()
	askTree(tb, d, root)
	for _, name := range []string{"go.work", "vendor/modules.txt", "c.yaml/x", "loop", "link", os.DevNull} {
		if !filepath.IsAbs(name) {
			name = filepath.Join(root, name)
		}
		d.Stat(name)
		d.ReadFile(name)
		d.ReadDir(name)
	}
	return encode(tb, d)
}

// FuzzDecode gives wild bytes for facts: none make a Disk panic, nor take more
// memory than in proportion to them.
func FuzzDecode(f *testing.F) {
	whole := facts(f)
	f.Add(whole)
	f.Add(whole[:24])
	f.Add([]byte(nil))
	for _, at := range []int{8, 12, 16, 20} { // the counts
		bad := append([]byte(nil), whole...)
		binary.LittleEndian.PutUint32(bad[at:], 1<<32-1)
		f.Add(bad)
	}
	for at := 24; at+4 <= len(whole); at += 36 {
		bad := append([]byte(nil), whole...)
		binary.LittleEndian.PutUint32(bad[at:], 1<<31)
		f.Add(bad)
	}
	f.Fuzz(func(t *testing.T, facts []byte) {
		d, err := disk.Decode(facts)
		if err != nil {
			return
		}
		again := encode(t, d)
		if _, err := disk.Decode(again); err != nil {
			t.Fatalf("encoded what cannot be decoded: %v", err)
		}
		if within := 64*len(facts) + 1024; len(again) > within {
			t.Errorf("%d bytes became %d", len(facts), len(again))
		}
		d.Hold()
		for _, name := range []string{"/", "/a", "/tmp/a/a.go", "relative", ""} {
			for _, question := range questions {
				question(d, name)
			}
		}
	})
}

// TestDecodeRefuses knows what is cut short, too long, or of another version.
func TestDecodeRefuses(t *testing.T) {
	whole := facts(t)
	if _, err := disk.Decode(whole); err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		if _, err := disk.Decode(whole[:n]); err == nil {
			t.Fatalf("took %d bytes of %d", n, len(whole))
		}
	}
	if _, err := disk.Decode(append(whole[:len(whole):len(whole)], 0)); err == nil {
		t.Error("took a byte too many")
	}
	other := append([]byte(nil), whole...)
	other[7]++
	if _, err := disk.Decode(other); err == nil {
		t.Error("took another version")
	}
}

// TestEncodeIsStable writes the same facts the same way, in one go or in two.
func TestEncodeIsStable(t *testing.T) {
	first := facts(t)
	d := decode(t, first)
	if second := encode(t, d); string(second) != string(first) {
		t.Error("decoded and encoded, facts look different")
	}
}
