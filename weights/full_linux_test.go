package weights

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestPullFull pulls onto a disk that is too small: it says so, shows nothing,
// and goes on when there is room. The disk is one in memory that only a process
// with name spaces of its own sees.
func TestPullFull(t *testing.T) {
	if os.Getenv("WEIGHTS_TEST_FULL") != "" {
		pullFull(t)
		return
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestPullFull$", "-test.v")
	cmd.Env = append(os.Environ(), "WEIGHTS_TEST_FULL=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		t.Skip("no name spaces here: ", err)
	}
	if strings.Contains(string(out), "--- SKIP") {
		t.Skipf("%s", out)
	}
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func pullFull(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Skip("no disk in memory: ", err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
	files := map[string]string{"unet/a.bin": strings.Repeat("a", 30_000), "unet/b.bin": strings.Repeat("b", 90_000)}
	store := &memory{files: files}
	p := Puller{Store: store, Dir: dir, Connections: 1}
	err := p.Pull(t.Context(), lockOf(files))[0].Err
	want := `no space left on device: weights "unet" need 120000 bytes in ` + dir + "; what is there is kept, and the next pull goes on with it"
	if err == nil || !strings.HasPrefix(err.Error(), "unet/b.bin: ") || !strings.HasSuffix(err.Error(), want) {
		t.Fatalf("got %v", err)
	}
	invisible(t, dir)
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=1m"); err != nil {
		t.Fatal(err)
	}
	pullAll(t, p, lockOf(files))
	if n := len(store.opened["unet/a.bin"]); n != 1 {
		t.Errorf("the whole file was fetched %d times", n)
	}
	if _, err := os.Stat(filepath.Join(dir, ".unet.pull")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
