package http

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	nethttp "net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/runner"
)

// keeper is a model that waits for files.
type keeper struct{}

func (keeper) StartSession(ctx reactor.Context) error {
	ctx.EmitBlock(reactor.NewBlock(1, 16, 32))
	return ctx.Wait(time.Hour)
}

const keeperCapabilities = `{"commands":{"hash":{"schema":{"x":{"$defs":{"File":{"properties":{"upload_id":{"type":"string"},"name":{"type":"string"},` +
	`"mime_type":{"type":"string"},"size":{"type":"integer"}},"required":["upload_id"],"type":"object"}},"$ref":"#/$defs/File","required":true},` +
	`"n":{"type":"integer"}}}}}`

// hash says what a file is.
func hash(ctx reactor.Context, _ reactor.VideoModel, args *runner.Args) (any, error) {
	file := runner.File(args, "x")
	n := runner.Int[int](args, "n")
	if err := args.Err(); err != nil {
		return nil, err
	}
	content, err := os.ReadFile(file.Path)
	if err != nil {
		return nil, err
	}
	return nil, ctx.Send(fmt.Sprintf("%d %s %s %d %x", n, file.Name, file.ContentType, file.Size, sha256.Sum256(content)))
}

// uploads is a server of a keeper whose uploads are at place.
type uploads struct {
	*Server
	nethttp.Handler
	t     testing.TB
	place string
}

func newUploads(t testing.TB, most int64) *uploads {
	t.Helper()
	place := t.TempDir()
	files := NewUploads(place, most)
	t.Cleanup(func() {
		if err := files.Close(); err != nil {
			t.Error(err)
		}
		if left, err := os.ReadDir(place); err != nil || len(left) > 0 {
			t.Errorf("%v is left, %v", left, err)
		}
	})
	tr := newTransport(t)
	r, err := runner.New(runner.Options{
		Identity: reactor.Identity{Name: "keeper"}, Capabilities: keeperCapabilities, Transport: tr, Uploads: files,
		Handlers: []runner.Handler{{Name: "hash", Call: hash}},
		New:      func(context.Context) (reactor.VideoModel, error) { return keeper{}, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := r.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	s := New(Options{Runner: r, Transport: tr, Uploads: files})
	u := &uploads{s, s.Handler(), t, place}
	u.start()
	return u
}

func (u *uploads) start() {
	u.t.Helper()
	if w := request(u, "POST", "/start_session", ""); w.Code != 200 {
		u.t.Fatalf("%d %s", w.Code, w.Body)
	}
}

func (u *uploads) stop() {
	u.t.Helper()
	if w := request(u, "POST", "/stop_session", ""); w.Code != 200 {
		u.t.Fatalf("%d %s", w.Code, w.Body)
	}
}

// announcements are the path of a session's.
func (u *uploads) announcements() string { return "/sessions/" + u.runner.Session() + "/uploads" }

// announce announces an upload and returns its id.
func (u *uploads) announce(size int) string {
	u.t.Helper()
	w := request(u, "POST", u.announcements(), fmt.Sprintf(`{"name":"../a b.png","size":%d,"mime_type":"image/png"}`, size))
	var slot struct {
		ID string `json:"presigned_id"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &slot); err != nil || w.Code != 201 {
		u.t.Fatalf("%d %s", w.Code, w.Body)
	}
	return slot.ID
}

// want makes a request and expects what is answered.
func (u *uploads) want(method, path, body string, status int, want string) {
	u.t.Helper()
	w := request(u, method, path, body)
	if w.Code != status || !strings.Contains(w.Body.String(), want) {
		u.t.Errorf("%s %s %.80s: %d %s, want %d with %s", method, path, body, w.Code, w.Body, status, want)
	}
	if w.Header().Get("Access-Control-Allow-Origin") != "*" || w.Header().Get("Content-Type") != "application/json" {
		u.t.Errorf("%s %s: %v", method, path, w.Header())
	}
}

// files are those below the place of the uploads, without the lock.
func (u *uploads) files() []string {
	u.t.Helper()
	all, err := filepath.Glob(filepath.Join(u.place, "*", "[0-9]*"))
	if err != nil {
		u.t.Fatal(err)
	}
	return all
}

func TestUploadIsAnnounced(t *testing.T) {
	u := newUploads(t, 100)
	at := u.announcements()
	u.want("POST", "/sessions/other/uploads", `{"name":"a","size":5,"mime_type":"b"}`, 404, `{"detail":"Unknown session"}`)
	for _, test := range []struct {
		body   string
		status int
		want   string
	}{
		{`{"name":"a","size":5,"mime_type":"b"}`, 201, `"presigned_url":"http://example.com/uploads/`},
		{`{"name":"a","size":100,"mime_type":"b","upload_id":"A-1_z","more":1}`, 201, `"path":"` + at[1:] + `/A-1_z"}`},
		{`{"name":"a","size":5,"mime_type":"b","upload_id":"A-1_z"}`, 409, `there is an upload with this id already`},
		{`{"name":"a","size":101,"mime_type":"b"}`, 400, `it has 101 bytes, at most 100 are taken`},
		{`{"name":"a","size":0,"mime_type":"b"}`, 400, `size must be more than 0`},
		{`{"name":"a","size":-1,"mime_type":"b"}`, 400, `size must be more than 0`},
		{`{"name":"","size":5,"mime_type":"b"}`, 400, `name must have 1 to 1024 bytes`},
		{`{"name":"` + strings.Repeat("n", 1025) + `","size":5,"mime_type":"b"}`, 400, `name must have 1 to 1024 bytes`},
		{`{"name":"a","size":5,"mime_type":""}`, 400, `mime_type must have 1 to 255 bytes`},
		{`{"name":"a","size":5,"mime_type":"b","upload_id":""}`, 400, `upload_id must have`},
		{`{"name":"a","size":5,"mime_type":"b","upload_id":"../b"}`, 400, `upload_id must have`},
		{`{"name":"a","size":5.5,"mime_type":"b"}`, 422, `is not the JSON that is wanted`},
		{`{"name":"a","size":1e99,"mime_type":"b"}`, 422, `is not the JSON that is wanted`},
		{`{"name":"a","size":"5","mime_type":"b"}`, 422, `is not the JSON that is wanted`},
		{`{"name":7,"size":5,"mime_type":"b"}`, 422, `is not the JSON that is wanted`},
		{`{"size":5,"mime_type":"b"}`, 422, `the body has to be`},
		{`{"name":"a","mime_type":"b"}`, 422, `the body has to be`},
		{`{"name":"a","size":5}`, 422, `the body has to be`},
		{`null`, 422, `the body has to be`},
		{``, 422, `the body has to be`},
		{`[]`, 422, `is not the JSON that is wanted`},
		{`{`, 422, `is not the JSON that is wanted`},
	} {
		u.want("POST", at, test.body, test.status, test.want)
	}
	u.stop()
	u.want("POST", at, `{"name":"a","size":5,"mime_type":"b"}`, 400, `{"detail":"No session running"}`)
	if left, _ := os.ReadDir(u.place); len(left) > 0 {
		t.Errorf("%v for uploads without bytes", left)
	}
}

// TestUploadWithAChosenID holds that the bytes are sent with a key that nobody can
// guess, and that the file is known by the id that the client has chosen.
func TestUploadWithAChosenID(t *testing.T) {
	u := newUploads(t, 100)
	w := request(u, "POST", u.announcements(), `{"name":"a","size":5,"mime_type":"b","upload_id":"photo"}`)
	var slot struct{ Presigned_id, Presigned_url string }
	if err := json.Unmarshal(w.Body.Bytes(), &slot); err != nil || w.Code != 201 || slot.Presigned_id != "photo" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	for _, guess := range []string{"photo", "PHOTO", "a"} {
		u.want("PUT", "/uploads/"+guess, "wrong", 404, `no such upload`)
	}
	path, ok := strings.CutPrefix(slot.Presigned_url, "http://example.com")
	if !ok || len(path) < len("/uploads/")+len("abcdefghijklmnopqrstuvwxyz") || strings.Contains(path, "photo") {
		t.Errorf("the bytes are to be sent to %s", slot.Presigned_url)
	}
	u.want("PUT", path, "right", 200, `{}`)
	file, err := u.uploads.Upload("photo")
	if content, bad := os.ReadFile(file.Path); err != nil || bad != nil || string(content) != "right" {
		t.Errorf("%q, %v, %v", content, err, bad)
	}
}

// TestUploadURL holds that clients are sent where they have asked: some use the URL
// as it is.
func TestUploadURL(t *testing.T) {
	u := newUploads(t, 100)
	for _, test := range []struct{ host, forwarded, want string }{
		{"localhost:8080", "", "http://localhost:8080/uploads/"},
		{"[::1]:9", "", "http://[::1]:9/uploads/"},
		{"box", "https", "https://box/uploads/"},
		{"box", "gopher", "http://box/uploads/"},
	} {
		r, err := nethttp.NewRequest("POST", "http://"+test.host+u.announcements(), strings.NewReader(`{"name":"a","size":1,"mime_type":"b"}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Forwarded-Proto", test.forwarded)
		w := answerOf(u, r)
		if !strings.Contains(w.Body.String(), `"presigned_url":"`+test.want) {
			t.Errorf("%s %s: %s", test.host, test.forwarded, w.Body)
		}
	}
}

func TestUploadIsSent(t *testing.T) {
	u := newUploads(t, 100)
	id := u.announce(5)
	arrival := u.uploads.Arrival(id)
	u.want("PUT", "/uploads/"+id, "1234", 400, `expected 5 bytes, got 4`)
	u.want("PUT", "/uploads/"+id, "123456", 400, `expected 5 bytes, got more`)
	for body, want := range map[string]string{"": "expected 5 bytes, got 0", "1234": "expected 5 bytes, got 4", "12345678": "expected 5 bytes, got more"} {
		if w := answerOf(u, unknownLength("/uploads/"+id, body)); w.Code != 400 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%q: %d %s", body, w.Code, w.Body)
		}
	}
	if left := u.files(); len(left) > 0 {
		t.Errorf("%v after failures", left)
	}
	if _, err := u.uploads.Upload(id); err != errNotSent {
		t.Error(err)
	}
	u.want("PUT", "/uploads/"+id, "12345", 200, `{}`)
	u.want("PUT", "/uploads/"+id, "12345", 409, `there already`)
	await(t, arrival, "arrival")
	if u.uploads.Arrival(id) != nil || u.uploads.Arrival("other") != nil {
		t.Error("more to wait for")
	}
	file, err := u.uploads.Upload(id)
	want := reactor.File{Name: "../a b.png", ContentType: "image/png", Size: 5, Path: file.Path}
	if content, bad := os.ReadFile(file.Path); err != nil || bad != nil || string(content) != "12345" || file != want {
		t.Errorf("%+v %q %v %v", file, content, err, bad)
	}
	if info, err := os.Stat(file.Path); err != nil || info.Mode().Perm() != 0o600 || filepath.Dir(filepath.Dir(file.Path)) != u.place {
		t.Errorf("%v %v at %s", info, err, file.Path)
	}
	u.want("PUT", "/uploads/other", "12345", 404, `no such upload`)
	u.want("GET", "/uploads/"+id, "", 404, `Not Found`)
	u.want("PUT", "/uploads/"+id+"/x", "12345", 404, `Not Found`)

	u.stop()
	if left := u.files(); len(left) > 0 {
		t.Errorf("%v is left of the session", left)
	}
	u.start()
	if _, err := u.uploads.Upload(id); err != errNoUpload {
		t.Error("the next session sees it")
	}
	u.want("PUT", "/uploads/"+id, "12345", 404, `no such upload`)
}

func TestUploadsHaveBounds(t *testing.T) {
	u := newUploads(t, 100)
	for range uploadsTotal {
		u.announce(100)
	}
	u.want("POST", u.announcements(), `{"name":"a","size":1,"mime_type":"b"}`, 409,
		`there is no room for more until the session ends: the session has 8 uploads with 800 bytes, of at most 256 with 800`)
	u.stop()
	u.start()
	for range maxUploads {
		u.announce(1)
	}
	u.want("POST", u.announcements(), `{"name":"a","size":1,"mime_type":"b"}`, 409, `the session has 256 uploads with 256 bytes`)
}

func TestNoUploads(t *testing.T) {
	u := newUploads(t, 0)
	u.want("POST", u.announcements(), `{"name":"a","size":1,"mime_type":"b"}`, 400, `{"detail":"files cannot be uploaded here"}`)
	s := newServer(t, newTransport(t), newLamp)
	if err := s.runner.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	without := &uploads{s, s.Handler(), t, ""}
	without.start()
	without.want("POST", without.announcements(), `{"name":"a","size":1,"mime_type":"b"}`, 400, `{"detail":"files cannot be uploaded here"}`)
	without.want("PUT", "/uploads/a", "1", 404, `no such upload`)
}

// TestUploadThatStalls holds that an upload on its way is the only one, that it
// ends with its session, and that nothing of it is left.
func TestUploadThatStalls(t *testing.T) {
	leak.Check(t)
	u := newUploads(t, 1<<20)
	base := u.listen(t)
	id := u.announce(1 << 20)
	body, send := io.Pipe()
	r := unknownLength(base+"/uploads/"+id, "")
	r.Body = body
	r.Close = true
	ended := make(chan int, 1)
	go func() {
		answer, err := nethttp.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Log(err) // cut off while it still sent
			ended <- 0
			return
		}
		answer.Body.Close()
		ended <- answer.StatusCode
	}()
	if _, err := send.Write(make([]byte, 1<<10)); err != nil {
		t.Fatal(err)
	}
	for len(u.files()) == 0 {
		time.Sleep(time.Millisecond) // until the server has begun
	}
	u.want("PUT", "/uploads/"+id, strings.Repeat("x", 1<<20), 409, `on its way`)
	u.stop()
	if status := await(t, ended, "end of the upload"); status != 404 && status != 0 {
		t.Errorf("status %d", status)
	}
	send.Close()
	for end := time.Now().Add(patience); len(u.files()) > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%v is left", u.files())
		}
	}
}

func TestUploadThatCannotBeStored(t *testing.T) {
	u := newUploads(t, 100)
	id := u.announce(5)
	u.uploads.place = filepath.Join(u.place, "none")
	u.want("PUT", "/uploads/"+id, "12345", 500, `{"detail":"the file cannot be stored"}`)
	u.uploads.place = u.place
	u.want("PUT", "/uploads/"+id, "12345", 200, `{}`)
}

// TestClient29Uploads is the way of a file from a 2.9.0 client to its command.
func TestClient29Uploads(t *testing.T) {
	leak.Check(t)
	u := newUploads(t, 1<<20)
	b := browser{t, u.listen(t)}
	p := b.connect29("POST", u.runner.Session())
	content := bytes.Repeat([]byte("0123456789"), 7000)
	sum := fmt.Sprintf("%x", sha256.Sum256(content))
	var slot struct {
		ID  string `json:"presigned_id"`
		URL string `json:"presigned_url"`
	}
	b.ask("POST", u.announcements(), map[string]any{"name": "cat.png", "size": len(content), "mime_type": "image/png"}, 201, &slot)
	if slot.URL != b.base+"/uploads/"+slot.ID {
		t.Errorf("at %s", slot.URL)
	}
	reference := fmt.Sprintf(`{"upload_id":%q,"name":"cat.png","mime_type":"image/png","size":70000}`, slot.ID)
	p.say(`{"scope":"runtime","data":{"type":"fileUploaded","data":%s}}`, reference)
	p.say(`{"scope":"application","data":{"type":"hash","data":{"n":1},"uploads":{"x":%s}}}`, reference) // before its bytes
	p.say(`{"scope":"application","data":{"type":"hash","data":{"n":2},"uploads":{"x":{"upload_id":"other"}}}}`)
	p.expect(`"commandRefused","data":{"command":"hash","code":"unresolved_upload","param":"x","message":"is not there: there is no such upload in this session"`)
	r := unknownLength(slot.URL, string(content))
	r.ContentLength, r.Close = int64(len(content)), true
	answer, err := nethttp.DefaultTransport.RoundTrip(r)
	if err != nil || answer.StatusCode != 200 {
		t.Fatal(answer, err)
	}
	answer.Body.Close()
	p.expect(`{"scope":"application","data":"1 cat.png image/png 70000 `+sum, `"commandApplied"`)
	p.say(`{"scope":"application","data":{"type":"hash","data":{"n":3,"x":{"upload_id":%q}}}}`, slot.ID)
	p.expect(`"3 cat.png image/png 70000 `+sum, `"commandApplied"`)
	p.pc.GracefulClose()
}

// unknownLength is a request that does not say how long its body is.
func unknownLength(url, body string) *nethttp.Request {
	r, err := nethttp.NewRequest("PUT", url, io.NopCloser(strings.NewReader(body)))
	if err != nil {
		panic(err)
	}
	r.ContentLength = -1
	return r
}

// FuzzAnnouncement looks for a body that makes the route panic or take a file that
// it should not.
func FuzzAnnouncement(f *testing.F) {
	for _, body := range []string{`{"name":"a","size":5,"mime_type":"b"}`, `{"name":"../a","size":1e2,"mime_type":"b","upload_id":"x-1"}`,
		`{"name":"","size":-1,"mime_type":null,"upload_id":"../x"}`, `{"NAME":"a","size":9223372036854775807,"mime_type":"\ud800"}`, `[]`, ``, `{`, `null`} {
		f.Add(body)
	}
	all := newUploads(f, 1000)
	f.Fuzz(func(t *testing.T, body string) {
		u := &uploads{all.Server, all.Handler, t, all.place}
		w := request(u, "POST", u.announcements(), body)
		var slot struct{ Presigned_id, Presigned_url, Path, Detail string }
		if err := json.Unmarshal(w.Body.Bytes(), &slot); err != nil {
			t.Fatalf("%v in %s", err, w.Body)
		}
		switch w.Code {
		case 400, 409, 413, 422:
			if slot.Detail == "" {
				t.Errorf("no reason in %s", w.Body)
			}
		case 201:
			if w := request(u, "PUT", strings.TrimPrefix(slot.Presigned_url, "http://example.com"), "12345"); w.Code != 200 && w.Code != 400 {
				t.Errorf("%s: %d %s", slot.Presigned_url, w.Code, w.Body)
			}
		default:
			t.Errorf("%d %s", w.Code, w.Body)
		}
		if used := len(u.uploads.slots); used > maxUploads/2 || u.uploads.total > 4000 {
			u.stop()
			u.start()
		}
	})
}
