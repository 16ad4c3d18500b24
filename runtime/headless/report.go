package headless

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"sync"

	"github.com/reactorgen/reactor/runtime/runner"
)

// event is one thing that happened, as a line of JSON tells it. What an event has
// besides its name is in docs/headless.md; a member is left out where it is empty.
type event struct {
	Event string `json:"event"`

	Model     string          `json:"model,omitempty"`
	State     runner.State    `json:"state,omitempty"`
	Session   string          `json:"session,omitempty"`
	Directory string          `json:"directory,omitempty"`
	File      string          `json:"file,omitempty"`
	Track     string          `json:"track,omitempty"`
	Number    uint64          `json:"number,omitempty"`
	PTS       *float64        `json:"pts,omitempty"` // seconds
	Width     int             `json:"width,omitempty"`
	Height    int             `json:"height,omitempty"`
	Command   string          `json:"command,omitempty"`
	Status    runner.Status   `json:"status,omitempty"`
	Frame     uint64          `json:"frame,omitempty"`
	Result    any             `json:"result,omitempty"`
	Refusal   *runner.Refusal `json:"refusal,omitempty"`
	Reason    string          `json:"reason,omitempty"`
	Cause     runner.Cause    `json:"cause,omitempty"`
	Error     string          `json:"error,omitempty"`
	Text      string          `json:"text,omitempty"`
	Message   json.RawMessage `json:"message,omitempty"`
	Sessions  *sessionCounts  `json:"sessions,omitempty"`
	Frames    *frameCounts    `json:"frames,omitempty"`
	Sound     *soundCounts    `json:"sound,omitempty"`
	Input     *inputCounts    `json:"input,omitempty"`

	Tracks map[string]frameCounts `json:"tracks,omitempty"`
}

// report tells what happens, to people or to programs. It is safe for concurrent
// use, and a reader that is slow holds up whoever has something to tell: nothing
// that is told is lost.
type report struct {
	json bool

	mu sync.Mutex
	w  io.Writer
}

// tell tells an event: as JSON, or in lines where there are any.
func (r *report) tell(e event, lines ...string) {
	var text []byte
	if r.json {
		text = append(encodeJSON(e), '\n')
	} else {
		for _, line := range lines {
			text = append(append(text, line...), '\n')
		}
	}
	if len(text) == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	// Whoever closed the other end does not want to be told.
	_, _ = r.w.Write(text)
}

func (r *report) info(text string) { r.tell(event{Event: "info", Text: text}, "[INFO] "+text) }
func (r *report) warn(text string) { r.tell(event{Event: "warning", Text: text}, "[WARN] "+text) }
func (r *report) error(text string) {
	r.tell(event{Event: "error", Error: text}, "[ERROR] "+text)
}

// encodeJSON returns a value as JSON that people can read as well. What the package
// tells can be encoded.
func encodeJSON(v any) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return encodeJSON(event{Event: "error", Error: err.Error()})
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// indented returns JSON text in the lines of people.
func indented(text []byte) string {
	var out bytes.Buffer
	if err := json.Indent(&out, text, "", "  "); err != nil {
		return string(text)
	}
	return strings.TrimSpace(out.String())
}
