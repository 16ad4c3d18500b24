package http

import (
	"context"
	"errors"
	"fmt"
	"io"
	nethttp "net/http"
	"net/url"
	"regexp"
	"time"

	"github.com/reactorgen/reactor"
)

// The bounds of what a client may say of a file, in bytes.
const (
	maxFileName = 1024
	maxMimeType = 255
)

// uploadID is the form of an id that a client has chosen: it is a part of a URL.
var uploadID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// announcement is what a client says of a file before it sends the bytes.
type announcement struct {
	Name     *string `json:"name"`
	Size     *int64  `json:"size"` // in bytes
	MimeType *string `json:"mime_type"`
	ID       *string `json:"upload_id"` // chosen here where there is none
}

// createUpload makes room for a file and says where its bytes are to be sent.
func (s *Server) createUpload(w nethttp.ResponseWriter, r *nethttp.Request) error {
	var a announcement
	if err := readJSON(w, r, &a); err != nil {
		return err
	}
	if err := a.check(); err != nil {
		return err
	}
	file := reactor.File{Name: *a.Name, ContentType: *a.MimeType, Size: *a.Size}
	session, id := r.PathValue("sid"), ""
	if a.ID != nil {
		id = *a.ID
	}
	id, key, err := s.uploads.announce(session, id, file)
	if err != nil {
		return uploadProblem(err)
	}
	return writeJSON(w, nethttp.StatusCreated, struct {
		ID   string `json:"presigned_id"`
		URL  string `json:"presigned_url"`
		Path string `json:"path"`
	}{id, origin(r).JoinPath("uploads", key).String(), "sessions/" + session + "/uploads/" + id})
}

// check tells what is wrong with an announcement in itself.
func (a announcement) check() error {
	refuse := func(status int, detail string) error { return &problem{status: status, Detail: detail} }
	switch {
	case a.Name == nil, a.Size == nil, a.MimeType == nil:
		return refuse(nethttp.StatusUnprocessableEntity, `the body has to be {"name": TEXT, "size": BYTES, "mime_type": TEXT}`)
	case *a.Name == "" || len(*a.Name) > maxFileName:
		return refuse(nethttp.StatusBadRequest, fmt.Sprintf("name must have 1 to %d bytes", maxFileName))
	case *a.MimeType == "" || len(*a.MimeType) > maxMimeType:
		return refuse(nethttp.StatusBadRequest, fmt.Sprintf("mime_type must have 1 to %d bytes", maxMimeType))
	case *a.Size <= 0:
		return refuse(nethttp.StatusBadRequest, "size must be more than 0")
	case a.ID != nil && !uploadID.MatchString(*a.ID):
		return refuse(nethttp.StatusBadRequest, "upload_id must have 1 to 64 letters, digits, hyphens and underscores")
	}
	return nil
}

// origin is the server as the client of a request knows it: clients use the URLs
// that they are given as they are.
func origin(r *nethttp.Request) *url.URL {
	scheme := "http"
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return &url.URL{Scheme: scheme, Host: r.Host}
}

// putUpload takes the bytes of a file.
func (s *Server) putUpload(w nethttp.ResponseWriter, r *nethttp.Request) error {
	slot, err := s.uploads.take(r.PathValue("key"))
	if err != nil {
		return uploadProblem(err)
	}
	body, stop := cutBody(slot.session, w, r)
	defer stop()
	if err := s.uploads.receive(slot, r.ContentLength, body); err != nil {
		return s.receiveProblem(err)
	}
	s.log.Debug("file uploaded", "name", slot.file.Name, "bytes", slot.file.Size)
	return writeJSON(w, nethttp.StatusOK, struct{}{})
}

// errBody says that a body could not be read to its end.
var errBody = errors.New("the body cannot be read")

// steadyBody is a body that may take long, but may not pause for long. It ends with
// ctx.
type steadyBody struct {
	ctx     context.Context
	body    io.Reader
	control *nethttp.ResponseController
}

// cutBody returns the body of a request. Stop is to be called when it is not read
// any more.
func cutBody(ctx context.Context, w nethttp.ResponseWriter, r *nethttp.Request) (_ steadyBody, stop func()) {
	c := nethttp.NewResponseController(w)
	left := context.AfterFunc(ctx, func() { c.SetReadDeadline(time.Unix(1, 0)) })
	return steadyBody{ctx, r.Body, c}, func() {
		left()
		c.SetReadDeadline(time.Time{})
	}
}

// Read implements io.Reader.
func (b steadyBody) Read(p []byte) (int, error) {
	b.control.SetReadDeadline(time.Now().Add(bodyTime)) // where it is supported
	if b.ctx.Err() != nil {
		return 0, errBody
	}
	n, err := b.body.Read(p)
	if err != nil && err != io.EOF {
		err = fmt.Errorf("%w: %w", errBody, err)
	}
	return n, err
}

// receiveProblem says why the bytes of a file were not taken. What is wrong with
// our disk is for the log only.
func (s *Server) receiveProblem(err error) error {
	p := uploadProblem(err)
	if _, ok := errors.AsType[*problem](p); ok {
		return p
	}
	s.log.Error("an uploaded file cannot be stored", "error", err)
	return &problem{status: nethttp.StatusInternalServerError, Detail: "the file cannot be stored"}
}

// uploadProblem says why an upload is not taken.
func uploadProblem(err error) error {
	status := 0
	switch {
	case errors.Is(err, errSessionClosed), errors.Is(err, errNoUpload):
		status = nethttp.StatusNotFound
	case errors.Is(err, errUploadTaken), errors.Is(err, errUploadDone), errors.Is(err, errNoRoom):
		status = nethttp.StatusConflict
	case errors.Is(err, errNoUploads), errors.Is(err, errSize), errors.Is(err, errBody):
		status = nethttp.StatusBadRequest
	default:
		return err
	}
	return &problem{status: status, Detail: err.Error()}
}
