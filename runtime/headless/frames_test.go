package headless

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor/runtime/runner"
)

// gray is a frame of one shade.
func gray(number uint64, shade byte) runner.Frame {
	return runner.Frame{Number: number, Width: 4, Height: 3, Pix: bytes.Repeat([]byte{shade}, 4*3*3)}
}

// shades reads what a folder has: the files in order, and the shade of each.
func shades(t *testing.T, dir string) (all []byte) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range entries {
		if want := fmt.Sprintf("frame_%06d.png", i); e.Name() != want {
			t.Fatalf("file %d is %s", i, e.Name())
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		r, _, _, _ := img.At(1, 1).RGBA()
		all = append(all, byte(r>>8))
	}
	return all
}

// writeAll writes what has been put, and nothing more.
func writeAll(f *frames) error {
	close(f.due)
	return f.write(func(string, runner.Frame) {})
}

func TestDuplicates(t *testing.T) {
	for _, test := range []struct {
		duplicates bool
		files      string
		want       frameCounts
	}{
		{false, "\x01\x02\x01", frameCounts{Shown: 5, Written: 3, Duplicates: 2}},
		{true, "\x01\x01\x02\x02\x01", frameCounts{Shown: 5, Written: 5}},
	} {
		f := newFrames(t.TempDir(), TransportOptions{Duplicates: test.duplicates})
		for i, shade := range []byte{1, 1, 2, 2, 1} {
			f.put(gray(uint64(i+1), shade))
		}
		if err := writeAll(f); err != nil {
			t.Fatal(err)
		}
		if got := string(shades(t, f.dir)); got != test.files || f.total() != test.want {
			t.Errorf("%q, %+v", got, f.total())
		}
	}
}

// TestDropsAreCounted has a disk that does not come to write.
func TestDropsAreCounted(t *testing.T) {
	f := newFrames(t.TempDir(), TransportOptions{})
	for i := range byte(20) {
		f.put(gray(uint64(i+1), i))
	}
	if err := writeAll(f); err != nil {
		t.Fatal(err)
	}
	want := frameCounts{Shown: 20, Written: queueSize, Dropped: 20 - queueSize}
	if got := string(shades(t, f.dir)); got != "\x00\x01\x02\x03\x04\x05\x06\x07" || f.total() != want {
		t.Errorf("%q, %+v", got, f.total())
	}
}

// TestNothingIsLost has the same disk, which comes to write later.
func TestNothingIsLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFrames(t.TempDir(), TransportOptions{Lossless: true})
		put := make(chan struct{})
		go func() {
			for i := range byte(50) {
				f.put(gray(uint64(i+1), i))
			}
			close(f.due)
			close(put)
		}()
		synctest.Wait()
		if n := f.shown(); n != queueSize {
			t.Errorf("%d frames are taken before one has been written", n)
		}
		if err := f.write(func(string, runner.Frame) { time.Sleep(time.Second) }); err != nil {
			t.Fatal(err)
		}
		<-put
		if got := shades(t, f.dir); len(got) != 50 || got[49] != 49 || f.total() != (frameCounts{Shown: 50, Written: 50}) {
			t.Errorf("%v, %+v", got, f.total())
		}
	})
}

// TestDiskFails has a folder that goes away: who waits for it is let go.
func TestDiskFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFrames(filepath.Join(t.TempDir(), "gone"), TransportOptions{Lossless: true})
		go func() {
			for i := range byte(50) {
				f.put(gray(uint64(i+1), i))
			}
			close(f.due)
		}()
		synctest.Wait()
		err := f.write(func(string, runner.Frame) { t.Error("a file has been written") })
		synctest.Wait()
		if err == nil || f.total() != (frameCounts{Shown: 50, Dropped: 50}) {
			t.Errorf("%v, %+v", err, f.total())
		}
		select {
		case <-f.failed:
		default:
			t.Error("nobody is told")
		}
	})
}

func TestFoldersOfOneSecond(t *testing.T) {
	root := filepath.Join(t.TempDir(), "made", "when needed")
	now := time.Unix(1700000000, 5)
	for _, want := range []string{"1700000000", "1700000000-2", "1700000000-3"} {
		dir, err := newFolder(root, now)
		if err != nil || dir != filepath.Join(root, want) {
			t.Errorf("%s, %v", dir, err)
		}
	}
}

func TestWriteWholeLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "taken")
	if err := os.MkdirAll(filepath.Join(name, "by a folder"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := writeWhole(name, []byte("text")); err == nil {
		t.Error("a folder has been replaced")
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%v, %v", entries, err)
	}
}
