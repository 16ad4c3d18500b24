package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"github.com/reactorgen/reactor/weights"
)

// model is what the stores of the tests hold.
var model = map[string]string{
	"vae/config.json":    "{}",
	"vae/with space/ü.b": strings.Repeat("weights ", 40_000),
	"unet/model.bin":     "0123456789",
}

// lockModel writes the lock of the weights in a folder, and returns its path.
func lockModel(t *testing.T, dir string) string {
	t.Helper()
	var l weights.Lock
	for key, text := range model {
		name, path, _ := strings.Cut(key, "/")
		w, err := l.Find(name)
		if err != nil {
			w.Name = name
		}
		w.Files = append(w.Files, weights.File{Path: path, Size: int64(len(text)), Sum: sha256.Sum256([]byte(text))})
		l = l.With(w)
	}
	file := filepath.Join(dir, weights.LockName)
	if err := os.WriteFile(file, l.Text(), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// folder is a store in a folder, and its URL.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for key, text := range model {
		path := filepath.Join(dir, filepath.FromSlash(key))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.ToSlash(dir)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// s3 is a store in a server that speaks the protocol of S3, and its URL. The
// first answers with a large file break off.
func s3(t *testing.T, breaks int64) string {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket("reactor-models"); err != nil {
		t.Fatal(err)
	}
	for key, text := range model {
		if _, err := backend.PutObject("reactor-models", "v1/"+key, nil, strings.NewReader(text), int64(len(text)), nil); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(broken(gofakes3.New(backend).Server(), breaks))
	t.Cleanup(server.Close)
	t.Setenv("AWS_ACCESS_KEY_ID", "key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("AWS_CONFIG_FILE", os.DevNull)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", os.DevNull)
	return "s3://reactor-models/v1?region=us-east-1&use_path_style=true&endpoint=" + url.QueryEscape(server.URL)
}

// broken is a server whose first answers with a large file break off.
func broken(h http.Handler, breaks int64) http.Handler {
	var n atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/vae/with") && n.Add(1) <= breaks {
			w = &short{ResponseWriter: w, left: 1000}
		}
		h.ServeHTTP(w, r)
	})
}

// short is an answer that breaks off.
type short struct {
	http.ResponseWriter
	left int
}

func (s *short) Write(b []byte) (int, error) {
	if len(b) < s.left {
		s.left -= len(b)
		return s.ResponseWriter.Write(b)
	}
	s.ResponseWriter.Write(b[:s.left])
	s.ResponseWriter.(http.Flusher).Flush()
	panic(http.ErrAbortHandler)
}

// gs is a store in a server that gives files as Google Cloud Storage does, and
// its URL.
func gs(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key, _ := strings.CutPrefix(r.URL.Path, "/reactor-models/v1/")
		text, there := model[key]
		if !there {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("X-Goog-Generation", "1")
		w.Header().Set("X-Goog-Metageneration", "1")
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(text))
	}))
	t.Cleanup(server.Close)
	t.Setenv("STORAGE_EMULATOR_HOST", server.Listener.Addr().String())
	return "gs://reactor-models/v1?anonymous=true"
}

// once runs the command.
func once(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var out, err bytes.Buffer
	code = run(ctx, args, func(string) string { return "" }, &out, &err)
	return code, out.String(), err.String()
}

// TestRun pulls from each kind of store.
func TestRun(t *testing.T) {
	stores := map[string]func(*testing.T) string{
		"file": folder, "gs": gs,
		"s3":        func(t *testing.T) string { return s3(t, 0) },
		"broken s3": func(t *testing.T) string { return s3(t, 2) },
	}
	for name, store := range stores {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			lock, into := lockModel(t, dir), filepath.Join(dir, "into")
			code, stdout, stderr := once(t, "--weights-store", store(t), "--lock", lock, "--into", into)
			want := fmt.Sprintf("ok  unet  %s  10 B, 10 B fetched\nok  vae  %s  320.0 kB, 320.0 kB fetched\n",
				filepath.Join(into, "unet"), filepath.Join(into, "vae"))
			if code != exitClean || stdout != want {
				t.Errorf("exit %d, %s\n%s", code, stdout, stderr)
			}
			if name == "broken s3" && !strings.Contains(stderr, "; trying again\n") {
				t.Errorf("nothing was broken:\n%s", stderr)
			}
			for key, text := range model {
				if got, err := os.ReadFile(filepath.Join(into, filepath.FromSlash(key))); string(got) != text {
					t.Errorf("%s: %d bytes, %v", key, len(got), err)
				}
			}
		})
	}
}

// TestRunMissing holds that a file which the store does not have is not asked for
// again, whatever the store.
func TestRunMissing(t *testing.T) {
	stores := map[string]func(*testing.T) string{"file": folder, "gs": gs, "s3": func(t *testing.T) string { return s3(t, 0) }}
	for name, store := range stores {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			lock := lockModel(t, dir)
			text := "# reactor weights lock 1:\n" + strings.Repeat("0", 64) + " 1 clip/model.bin\n"
			if err := os.WriteFile(lock, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
			code, stdout, stderr := once(t, "--weights-store", store(t), "--lock", lock, "--into", filepath.Join(dir, "into"))
			if code != exitFailed || stdout != "" || !strings.Contains(stderr, "\nerror: clip/model.bin: the store does not have it: ") || strings.Contains(stderr, "again") {
				t.Errorf("exit %d, %s\n%s", code, stdout, stderr)
			}
		})
	}
}

// TestRunStranger holds that a store which does not take our credentials is not
// asked again, nor one for which there are none.
func TestRunStranger(t *testing.T) {
	tests := map[string]func(t *testing.T) string{
		"none": func(t *testing.T) string {
			store := s3(t, 0)
			t.Setenv("AWS_ACCESS_KEY_ID", "")
			t.Setenv("AWS_SECRET_ACCESS_KEY", "")
			return store
		},
		"wrong": func(t *testing.T) string {
			s3(t, 0)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusForbidden)
				fmt.Fprint(w, "<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error>")
			}))
			t.Cleanup(server.Close)
			return "s3://reactor-models?region=us-east-1&use_path_style=true&endpoint=" + url.QueryEscape(server.URL)
		},
	}
	for name, store := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			code, _, stderr := once(t, "--weights-store", store(t), "--lock", lockModel(t, dir), "--into", filepath.Join(dir, "into"), "unet")
			if code != exitFailed || strings.Contains(stderr, "again") || !strings.Contains(stderr, "\nerror: unet/model.bin: the store does not ") {
				t.Errorf("exit %d\n%s", code, stderr)
			}
		})
	}
}
