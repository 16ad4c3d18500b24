package record

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
)

// readAll reads a file, and what is wrong with it.
func readAll(name string) (all []codec.Packet, err error) {
	for p, e := range Pictures(name) {
		if e != nil {
			return all, e
		}
		all = append(all, p)
	}
	return all, nil
}

// ivf makes a file of 1/25 s a picture, whose times begin at 100.
func ivf(pictures []codec.Packet) []byte {
	le := binary.LittleEndian
	b := append([]byte("DKIF\x00\x00\x20\x00VP80"), 160, 0, 90, 0)
	b = le.AppendUint32(le.AppendUint32(b, 25), 1)
	b = le.AppendUint32(le.AppendUint32(b, uint32(len(pictures))), 0)
	for i, p := range pictures {
		b = le.AppendUint64(le.AppendUint32(b, uint32(len(p.Data))), uint64(100+i))
		b = append(b, p.Data...)
	}
	return b
}

// save writes a file of a name.
func save(t testing.TB, name string, content []byte) string {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(name, content, 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestPicturesOfAFile(t *testing.T) {
	want := stream(t, codec.VP8, 160, 90, 60, 40)
	for _, name := range []string{write(t, "a.webm", want), save(t, "b.IVF", ivf(want))} {
		got, err := readAll(name)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%s: %d pictures, %v", name, len(got), err)
		}
		for i, p := range got {
			if at := want[i].PTS - want[0].PTS; !bytes.Equal(p.Data, want[i].Data) || (p.PTS-at).Abs() > time.Millisecond {
				t.Fatalf("%s: picture %d at %v differs, it was at %v", name, i, p.PTS, at)
			}
		}
		for range Pictures(name) {
			break // the first is enough
		}
	}
}

// A file that breaks off is read up to there.
func TestPicturesOfAFileThatBreaksOff(t *testing.T) {
	pictures := stream(t, codec.VP8, 64, 48, 30, 40)
	webm, err := os.ReadFile(write(t, "a.webm", pictures))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"a.webm": webm, "b.ivf": ivf(pictures)} {
		got, err := readAll(save(t, name, content[:len(content)-5]))
		if err == nil || !strings.HasSuffix(err.Error(), name+": it breaks off") || len(got) != 29 {
			t.Errorf("%s: %d pictures, %v", name, len(got), err)
		}
	}
}

func TestFilesWithoutPictures(t *testing.T) {
	one := stream(t, codec.VP8, 64, 48, 1, 1)
	webm, err := os.ReadFile(write(t, "a.webm", one))
	if err != nil {
		t.Fatal(err)
	}
	other := func(file []byte, from, to string) []byte { return bytes.Replace(file, []byte(from), []byte(to), 1) }
	large := ivf(one)
	binary.LittleEndian.PutUint32(large[32:], maxPicture+1)
	for _, test := range []struct {
		name    string
		content []byte
		want    string
	}{
		{"a.mp4", nil, "videos are read where they are VP8, in a .webm or an .ivf"},
		{"a.webm", nil, "it does not begin as a WebM file does"},
		{"a.webm", []byte("RIFF what is this"), "unknown"},
		{"a.webm", other(webm, "V_VP8", "V_VP9"), `it holds ["V_VP9"], and only V_VP8 is read`},
		{"a.webm", webm[:bytes.Index(webm, []byte{0x1F, 0x43, 0xB6, 0x75})], "it has no pictures"},
		{"a.ivf", nil, "it breaks off"},
		{"a.ivf", other(ivf(one), "DKIF", "RIFF"), "it does not begin as an IVF file does"},
		{"a.ivf", other(ivf(one), "VP80", "VP90"), `it holds "VP90", and only VP8 is read`},
		{"a.ivf", other(ivf(one), "\x19\x00\x00\x00\x01", "\x00\x00\x00\x00\x01"), "it does not say how long a picture is shown"},
		{"a.ivf", ivf(nil), "it has no pictures"},
		{"a.ivf", large, "is more than is read"},
	} {
		if got, err := readAll(save(t, test.name, test.content)); err == nil || !strings.Contains(err.Error(), test.want) || len(got) != 0 {
			t.Errorf("%s: %d pictures, %v, want %s", test.name, len(got), err, test.want)
		}
	}
	if _, err := readAll(filepath.Join(t.TempDir(), "a.ivf")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func FuzzPictures(f *testing.F) {
	one := stream(f, codec.VP8, 16, 16, 3, 2)
	webm, err := os.ReadFile(write(f, "a.webm", one))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(webm, true)
	f.Add(ivf(one), false)
	f.Fuzz(func(t *testing.T, content []byte, isWebM bool) {
		way := readIVF
		if isWebM {
			way = readWebM
		}
		sum := 0
		err := way(bytes.NewReader(content), func(p codec.Packet) error {
			if sum += len(p.Data); p.PTS < 0 {
				t.Errorf("a picture at %v", p.PTS)
			}
			return nil
		})
		if sum > len(content) && err == nil {
			t.Errorf("%d bytes of pictures in %d", sum, len(content))
		}
	})
}
