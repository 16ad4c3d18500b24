package http

import (
	"errors"
	"math"
	nethttp "net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/reactorgen/reactor/runtime/record"
)

// clipPause is after how many seconds a client asks again for a clip that is not
// written yet.
const clipPause = 2

// The routes of clips. Clients ask for them without credentials: what is kept of a
// session is told to who knows its id, a random one, which only clients with the token
// have learnt.
const (
	clipRoute  = "GET " + record.Path
	chunkRoute = "GET " + record.ChunkPath + "/{session}/{chunk}"
)

// clip answers with the playlist of a part of a session.
func (s *Server) clip(w nethttp.ResponseWriter, r *nethttp.Request) error {
	query := r.URL.Query()
	start, startErr := marker(query.Get("start"))
	end, endErr := marker(query.Get("end"))
	switch {
	case s.clips == nil:
		return noClips()
	case query.Get("session_id") == "" || startErr != nil || endErr != nil:
		return &problem{status: nethttp.StatusBadRequest, Detail: "a clip needs session_id, start and end, the last two in seconds of the session"}
	}
	list, err := s.clips.Playlist(query.Get("session_id"), start, end)
	if errors.Is(err, record.ErrPending) {
		w.Header().Set("Retry-After", strconv.Itoa(clipPause))
		return writeJSON(w, nethttp.StatusAccepted, map[string]string{"detail": err.Error()})
	}
	if err != nil {
		return clipProblem(err)
	}
	h := w.Header()
	h.Set("Content-Type", "application/vnd.apple.mpegurl")
	h.Set("Cache-Control", "no-store")
	w.Write(list)
	return nil
}

// marker reads seconds of a session, to the millisecond.
func marker(text string) (time.Duration, error) {
	seconds, err := strconv.ParseFloat(text, 64)
	if err == nil && !(math.Abs(seconds) < 1e9) {
		err = strconv.ErrRange
	}
	return time.Duration(math.Round(seconds*1000)) * time.Millisecond, err
}

// clipChunk answers with a file that a playlist names.
func (s *Server) clipChunk(w nethttp.ResponseWriter, r *nethttp.Request) error {
	if s.clips == nil {
		return noClips()
	}
	name := r.PathValue("chunk")
	file, err := s.clips.Open(r.PathValue("session"), name)
	if err != nil {
		return clipProblem(err)
	}
	defer file.Close()
	return writeChunk(w, r, name, file)
}

func writeChunk(w nethttp.ResponseWriter, r *nethttp.Request, name string, file *os.File) error {
	kind := "video/mp4"
	if strings.HasSuffix(name, ".m4s") {
		kind = "video/iso.segment"
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "no-store")
	nethttp.ServeContent(w, r, name, time.Time{}, file)
	return nil
}

func noClips() error {
	return &problem{status: nethttp.StatusNotFound, Detail: "clips are off: start the model with --clips and a duration, such as --clips 60s"}
}

// clipProblem is what the reason that there is no clip means in HTTP.
func clipProblem(err error) error {
	statuses := map[error]int{
		record.ErrRange:   nethttp.StatusBadRequest,
		record.ErrUnknown: nethttp.StatusNotFound,
		record.ErrGone:    nethttp.StatusGone,
	}
	for reason, status := range statuses {
		if errors.Is(err, reason) {
			return &problem{status: status, Detail: err.Error()}
		}
	}
	return err
}
