package tempfolder

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

const prefix = "reactor-test-"

// holder is the environment variable by which a test asks another process of its
// own to hold a folder there and to be killed.
const holder = "REACTOR_TEST_HOLD_FOLDER"

func TestMain(m *testing.M) {
	if place := os.Getenv(holder); place != "" {
		holdFolder(place)
	}
	os.Exit(m.Run())
}

// holdFolder makes a folder with a file in it, says so, and goes on until it is
// killed.
func holdFolder(place string) {
	f, err := Make(place, prefix)
	if err == nil {
		err = os.WriteFile(filepath.Join(f.Path, "1"), []byte("secret"), 0o600)
	}
	fmt.Println(err)
	time.Sleep(time.Minute)
	os.Exit(1)
}

// left are the names of what is in a folder.
func left(t *testing.T, place string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(place)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestFolderOfAKilledProgramIsSwept(t *testing.T) {
	place := t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), holder+"="+place)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || said != "<nil>\n" {
		t.Errorf("it says %q, %v", said, err)
	}
	if err := Sweep(place, prefix); err != nil || len(left(t, place)) != 1 {
		t.Errorf("while it runs: %v, %v", left(t, place), err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
	if err := Sweep(place, prefix); err != nil || len(left(t, place)) != 0 {
		t.Errorf("after it was killed: %v, %v", left(t, place), err)
	}
}

func TestSweepLeavesWhatIsNotItsOwn(t *testing.T) {
	place := t.TempDir()
	outside := filepath.Join(t.TempDir(), "kept")
	old := time.Now().Add(-2 * unlockedTime)
	for _, name := range []string{prefix + "young", prefix + "old", "other", prefix + "linked"} {
		if err := os.Mkdir(filepath.Join(place, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{
		os.WriteFile(outside, nil, 0o600),
		os.WriteFile(filepath.Join(place, prefix+"file"), nil, 0o600),
		os.Symlink(filepath.Dir(outside), filepath.Join(place, prefix+"link")),
		os.Symlink(outside, filepath.Join(place, prefix+"old", "link")),
		os.Symlink(outside, filepath.Join(place, prefix+"linked", lockName)),
		os.Chtimes(filepath.Join(place, prefix+"old"), old, old),
		os.Chtimes(filepath.Join(place, "other"), old, old),
	} {
		if err != nil {
			t.Skip(err) // no links here
		}
	}
	if err := Sweep(place, prefix); err != nil {
		t.Error(err)
	}
	want := fmt.Sprint([]string{"other", prefix + "file", prefix + "link", prefix + "linked", prefix + "young"})
	if got := fmt.Sprint(left(t, place)); got != want {
		t.Errorf("left %v, want %v", got, want)
	}
	if _, err := os.Stat(outside); err != nil {
		t.Error(err)
	}
	if err := Sweep(filepath.Join(place, "none"), prefix); err != nil {
		t.Error(err)
	}
}

func TestHeldFolders(t *testing.T) {
	place := t.TempDir()
	first, err := Make(place, prefix)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Make(place, prefix)
	if err != nil {
		t.Fatal(err)
	}
	if err := Sweep(place, prefix); err != nil || len(left(t, place)) != 2 {
		t.Errorf("%v, %v", left(t, place), err)
	}
	if err := first.Remove(); err != nil {
		t.Error(err)
	}
	if err := second.lock.Close(); err != nil { // as when its program has ended
		t.Error(err)
	}
	if err := Sweep(place, prefix); err != nil || len(left(t, place)) != 0 {
		t.Errorf("%v, %v", left(t, place), err)
	}
	if _, err := Make(filepath.Join(place, "none"), prefix); err == nil {
		t.Error("a folder in none")
	}
}
