package record

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
)

// Path is where playlists are served, and ChunkPath what their files are below:
// ChunkPath/SESSION/FILE.
const (
	Path      = "/clips"
	ChunkPath = Path + "/chunks"
)

// readyIn is how long it takes about until what is asked for now is written: a key
// frame of the encoder.
const readyIn = 500 * time.Millisecond

// hurryGap is the time between two key frames for the sake of clips.
const hurryGap = time.Second

// Clip is a part of a session, as clients are told of it. Markers are seconds of the
// session.
type Clip struct {
	SessionID   string  `json:"session_id"`
	Kind        string  `json:"kind"` // "snap" or "recording"
	StartMarker float64 `json:"start_marker"`
	EndMarker   float64 `json:"end_marker"`
	NowMarker   float64 `json:"now_marker"`

	// PredictedReadyAtMS is when the playlist will be there, in milliseconds since
	// the Unix epoch.
	PredictedReadyAtMS int64  `json:"predicted_ready_at_ms"`
	PlaylistURL        string `json:"playlist_url"` // a path
}

// Snap returns the last length of the running session, or what there is of it. The
// error says to a viewer why there is none.
func (r *Ring) Snap(length time.Duration) (Clip, error) {
	if length <= 0 {
		return Clip{}, errors.New("duration_seconds is the length of the clip and more than 0")
	}
	return r.clip("snap", length)
}

// Recording returns all that is kept of the running session.
func (r *Ring) Recording() (Clip, error) { return r.clip("recording", r.window) }

// clip says what a clip consists of, and has the segment that it waits for ended.
func (r *Ring) clip(kind string, length time.Duration) (Clip, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, err := r.running()
	if err != nil {
		return Clip{}, err
	}
	now := time.Now()
	end := t.newest.Truncate(time.Millisecond)
	start := max(end-min(length, r.window), t.from).Truncate(time.Millisecond)
	ready := t.hurry(now).Add(readyIn)
	query := url.Values{"session_id": {t.id}, "start": {seconds(start)}, "end": {seconds(end)}}
	return Clip{
		SessionID: t.id, Kind: kind,
		StartMarker: start.Seconds(), EndMarker: end.Seconds(), NowMarker: now.Sub(t.start).Seconds(),
		PredictedReadyAtMS: ready.UnixMilli(),
		PlaylistURL:        Path + "?" + query.Encode(),
	}, nil
}

// hurry has a key frame end the segment that is to come, and says when it is asked
// for: everybody bears it, so not before a while after the last one. Called with the
// ring held.
func (t *take) hurry(now time.Time) (at time.Time) {
	t.wanted = true
	if t.asked.After(now) {
		return t.asked
	}
	if t.asked = t.asked.Add(hurryGap); t.asked.Before(now) {
		t.asked = now
	}
	time.AfterFunc(t.asked.Sub(now), t.requestKey)
	return t.asked
}

// running returns the session that can be clipped; called with mu held.
func (r *Ring) running() (*take, error) {
	if len(r.takes) == 0 {
		return nil, errors.New("no session is recorded")
	}
	t := r.takes[len(r.takes)-1]
	switch {
	case t.failed != nil:
		return nil, fmt.Errorf("the recording broke off: %w", t.failed)
	case !t.ended.IsZero():
		return nil, errors.New("no session is recorded")
	case t.format == "":
		return nil, errors.New("the session has no picture yet")
	case t.format != codec.H264:
		return nil, fmt.Errorf("clips need H.264, and the pictures of this session are %s: install libopenh264 on the machine of the model and start it without --encoder, or with --encoder openh264", t.format)
	case t.folder == "" || t.newest <= t.from:
		return nil, errors.New("too little of the session is recorded yet")
	}
	return t, nil
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) }

// Playlist returns the HLS media playlist (RFC 8216) of a part of a session, in
// segments that begin at or before start and end at or after end. The error is one
// of [ErrUnknown], [ErrGone], [ErrPending] and [ErrRange].
func (r *Ring) Playlist(session string, start, end time.Duration) ([]byte, error) {
	if start < 0 || end <= start {
		return nil, ErrRange
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	t := r.find(session)
	if t == nil {
		return nil, ErrUnknown
	}
	if start < t.from.Truncate(time.Millisecond) {
		return nil, ErrGone
	}
	written := t.from
	if n := len(t.segments); n > 0 {
		written = t.segments[n-1].end
	}
	switch {
	case end <= written:
	case t.ended.IsZero():
		return nil, ErrPending
	case start >= written:
		return nil, ErrGone
	}
	return t.playlist(start, end), nil
}

// playlist writes the playlist; called with the ring held.
func (t *take) playlist(start, end time.Duration) []byte {
	var list strings.Builder
	var longest time.Duration
	path := ChunkPath + "/" + url.PathEscape(t.id) + "/"
	for _, s := range t.segments {
		if s.end > start && s.start < end {
			longest = max(longest, s.end-s.start)
			fmt.Fprintf(&list, "#EXTINF:%s,\n%s%s\n", seconds(s.end-s.start), path, s.name)
		}
	}
	target := int((longest + time.Second - 1) / time.Second)
	return fmt.Appendf(nil, "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:%d\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MAP:URI=\"%s%s\"\n%s#EXT-X-ENDLIST\n",
		target, path, initName, list.String())
}

// Open opens a file that a playlist names: init.mp4 or a segment. The error is
// [ErrUnknown] or [ErrGone], or of the disk.
func (r *Ring) Open(session, name string) (*os.File, error) {
	r.mu.Lock()
	t := r.find(session)
	if t == nil {
		r.mu.Unlock()
		return nil, ErrUnknown
	}
	kept := t.folder != "" && (name == initName || slices.ContainsFunc(t.segments, func(s segment) bool { return s.name == name }))
	path := filepath.Join(t.folder, name)
	r.mu.Unlock()
	if !kept {
		return nil, ErrGone
	}
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		err = ErrGone // it was trimmed at this moment
	}
	return f, err
}
