package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/leak"
)

// A session without a viewer is recorded, and what is said of clips is true.
func TestRunRecords(t *testing.T) {
	leak.Check(t)
	t.Setenv("TMPDIR", t.TempDir())
	dir := filepath.Join(t.TempDir(), "films")
	m := new(still)
	r := launch(t, program(m), "--record", dir, "--clips=10s")
	r.until("idle")
	if status, _ := r.request("POST", "/start_session"); status != 200 {
		t.Fatalf("start: %d", status)
	}
	var files []string
	for len(files) == 0 {
		r.request("GET", "/health")
		files, _ = filepath.Glob(filepath.Join(dir, "*.webm"))
	}
	if status, _ := r.request("GET", "/clips?session_id=x&start=0&end=1"); status != 404 {
		t.Errorf("a clip of no session: %d", status)
	}
	if code := r.end(); code != exitClean {
		t.Errorf("exit %d\n%s", code, r.logged())
	}
	content, err := os.ReadFile(files[0])
	if err != nil || !bytes.HasPrefix(content, []byte{0x1A, 0x45, 0xDF, 0xA3}) || !bytes.Contains(content, []byte{0x9D, 0x01, 0x2A}) {
		t.Errorf("%s is no WebM with a key frame in it: %d bytes, %v", files[0], len(content), err)
	}
	if !strings.Contains(r.logged(), "there will be no clips") || !strings.Contains(r.logged(), "recording") {
		t.Errorf("the log does not tell:\n%s", r.logged())
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "reactor-clips-*")); len(left) > 0 {
		t.Errorf("%q is left", left)
	}
}

func TestRunRefusesRecordings(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := once(t, program(new(still)), "--port=0", "--encoder=vp8", "--clips=1m", "--record", filepath.Join(file, "folder"))
	if code != exitUsage || !strings.Contains(stderr, "still: --record: the folder for recordings cannot be made") {
		t.Errorf("exit %d\n%s", code, stderr)
	}
}
