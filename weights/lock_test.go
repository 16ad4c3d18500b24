package weights

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const zeros = "0000000000000000000000000000000000000000000000000000000000000000"

func TestLockText(t *testing.T) {
	l := lockOf(map[string]string{"vae/b": "", "vae/a/c d": "x", "palette/colors": "red"})
	want := `# reactor weights lock 1: SHA-256, bytes, file. Written by "reactor-gen weights lock".
b1f51a511f1da0cd348b8f8598db32e61cb963e5fc69e2b41485bf99590ed75a 3 palette/colors
2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881 1 vae/a/c d
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0 vae/b
`
	if diff := cmp.Diff(want, string(l.Text())); diff != "" {
		t.Error(diff)
	}
	for _, text := range []string{want, strings.ReplaceAll(want, "\n", "\r\n"), strings.TrimSuffix(want, "\n"), want + "\n# a comment\n"} {
		got, err := ParseLock("weights.lock", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(l, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestParseLockErrors(t *testing.T) {
	tests := []struct{ name, line, want string }{
		{"no fields", "a", `w:2: want SHA-256, bytes and file, with a space between`},
		{"short sum", "00 1 vae/a", `w:2: "00" is no SHA-256: that is 64 lowercase hexadecimal digits`},
		{"upper case", strings.Repeat("A", 64) + " 1 vae/a", `lowercase`},
		{"not hexadecimal", strings.Repeat("x", 64) + " 1 vae/a", `is no SHA-256: encoding/hex`},
		{"negative", zeros + " -1 vae/a", `w:2: "-1" is no number of bytes`},
		{"zeros before", zeros + " 01 vae/a", `w:2: "01" is no number of bytes`},
		{"too many", zeros + " 9223372036854775808 vae/a", `is no number of bytes`},
		{"no folder", zeros + " 1 a", `w:2: "a" is not in a folder of weights`},
		{"name", zeros + " 1 ../a", `w:2: ".." is no name of weights`},
		{"path", zeros + " 1 vae/../a", `w:2: "../a" is no safe name of a file: ".." is a part of it`},
		{"twice", zeros + " 1 vae/a\n" + zeros + " 2 vae/a", `w: "vae/a" is there twice`},
		{"names of one case", zeros + " 1 vae/a\n" + zeros + " 2 VAE/b", `w: "VAE" and "vae" are one file`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := ParseLock("w", []byte(lockHeader+"\n"+test.line+"\n")); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
	for _, text := range []string{"", "weights\n", "# reactor weights lock 2: \n"} {
		if _, err := ParseLock("w", []byte(text)); err == nil || !strings.Contains(err.Error(), "w:1: this is no lock of weights") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestLockFind(t *testing.T) {
	l := lockOf(map[string]string{"vae/a": "x"})
	if w, err := l.Find("vae"); err != nil || w.Size() != 1 {
		t.Errorf("got %v, %v", w, err)
	}
	if _, err := l.Find("unet"); !errors.Is(err, ErrUnlocked) {
		t.Errorf("got %v", err)
	}
}

// FuzzParseLock holds that whatever a lock holds is written below the folder of
// its weights, and that a lock is the same when it is written and read again.
func FuzzParseLock(f *testing.F) {
	for _, line := range []string{" 1 vae/a", " 0 vae/a/b c", " 1 vae/../a", " 1 vae//etc", ` 1 vae/a\b`, " 1 a/A\n" + zeros + " 2 a/a", " 3 vae/NUL"} {
		f.Add(lockHeader + "\n" + zeros + line + "\n")
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, err := ParseLock("w", []byte(text))
		if err != nil {
			return
		}
		for _, w := range l {
			for _, file := range w.Files {
				if !filepath.IsLocal(file.Path) || filepath.Join(w.Name, file.Path) != w.Name+string(os.PathSeparator)+filepath.FromSlash(file.Path) {
					t.Errorf("%q leaves %q", file.Path, w.Name)
				}
			}
		}
		again, err := ParseLock("w", l.Text())
		if err != nil || !cmp.Equal(l, again) {
			t.Errorf("%q became %q, %v", text, l.Text(), err)
		}
	})
}
