package http

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"github.com/reactorgen/reactor/internal/leak"
	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/record"
	"github.com/reactorgen/reactor/runtime/runner"
)

// TestMetrics holds that a session is to be seen in the metrics, and that they are
// in the form and under the names that Prometheus wants.
func TestMetrics(t *testing.T) {
	leak.Check(t)
	base, s := serve(t)
	b := browser{t, base}
	var d session29
	b.ask("POST", "/start_session", nil, 200, &d)
	p := b.connect29("POST", d.ID)
	p.seeLevel(10)
	p.say(`{"scope":"application","data":{"type":"set_level","data":{"level":20}}}`)
	p.expect(`"welcome"`, `"level"`, `20`, `"commandApplied"`)
	p.say(`{"scope":"application","data":{"type":"made up by a client","data":{}}}`)
	p.expect(`"commandRefused"`)
	p.seeLevel(20)

	text := scrape(t, s)
	wantLines(t, text, `reactor_info{model="lamp",runtime="1.2.3",version="4.5"} 1`,
		`reactor_state{state="running"} 1`, `reactor_state{state="idle"} 0`, `reactor_ready 1`, `reactor_viewers 1`, `reactor_viewers_joined_total 1`,
		`reactor_command_seconds_count{command="set_level",status="applied"} 1`, `reactor_command_seconds_count{command="",status="refused"} 1`,
		`reactor_first_frame_seconds_count 1`, `reactor_track_dropped_total{kind="video",track="main_video"} 0`, `reactor_dropped_total{place="encode_rejected"} 0`,
		`reactor_dropped_total{place="inbound"} 0`, `reactor_dropped_total{place="inbound_failed"} 0`, `reactor_dropped_total{place="inbound_hidden"} 0`, `reactor_queue_length{place="commands"} 0`)
	for _, name := range []string{`reactor_emit_interval_seconds_count`, `reactor_frames_total`, `reactor_convert_seconds_total`, `reactor_encode_seconds_total`,
		`reactor_encoded_bytes_total`, `reactor_sent_packets_total`, `reactor_target_bitrate`, `go_goroutines`,
		`reactor_track_encoded_total\{kind="video",track="main_video"\}`, `reactor_track_sent_packets_total\{kind="video",track="main_video"\}`} {
		if !regexp.MustCompile(`(?m)^` + name + ` .*[1-9]`).MatchString(text) {
			t.Errorf("%s is not above zero", name)
		}
	}
	if strings.Contains(text, "made up") {
		t.Error("clients can make up labels")
	}
	b.ask("POST", "/stop_session", nil, 200, nil)
	wantLines(t, scrape(t, s), `reactor_state{state="idle"} 1`, `reactor_sessions_total{reason="stopped"} 1`, `reactor_viewers 0`)

	problems, err := promlint.New(strings.NewReader(text)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

func scrape(t *testing.T, s *Server) string {
	t.Helper()
	w := request(s.Handler(), "GET", "/metrics", "")
	if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") {
		t.Fatalf("%d %v\n%s", w.Code, w.Header(), w.Body)
	}
	return w.Body.String()
}

func wantLines(t *testing.T, text string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(text, "\n"+line+"\n") {
			t.Errorf("no line %s", line)
		}
	}
}

// TestMetricsOfFailures holds that what went wrong is counted by its cause.
func TestMetricsOfFailures(t *testing.T) {
	s := newServer(t, newTransport(t), newLamp)
	wantLines(t, scrape(t, s), `reactor_ready 0`, `reactor_state{state="loading"} 1`)
	s.runner.Load(t.Context())
	for range 2 {
		for _, e := range failures() {
			s.monitor.Observe(e)
		}
	}
	wantLines(t, scrape(t, s), `reactor_failures_total{cause="load_failed"} 2`, `reactor_failures_total{cause="model_panicked"} 2`, `reactor_sessions_total{reason="error"} 2`)
}

// TestMetricsOfRecordings holds that pictures which a recorder wrote and lost are counted.
func TestMetricsOfRecordings(t *testing.T) {
	s := newServer(t, newTransport(t), newLamp)
	wantLines(t, scrape(t, s), `reactor_recorded_pictures_total 0`, `reactor_dropped_total{place="recording"} 0`)
	r, err := record.New(record.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	s.recorder = r
	r.StartSession("s", time.Now(), func() {})
	for _, id := range []string{"s", "s", "s", "another", "another"} {
		r.Picture(id, codec.VP8, codec.Packet{Key: true, Data: vp8Key})
	}
	r.Close()
	wantLines(t, scrape(t, s), `reactor_recorded_pictures_total 3`, `reactor_dropped_total{place="recording"} 2`)
}

// vp8Key is the header of a key frame of 16 x 16 pixels (RFC 6386, section 9.1).
var vp8Key = []byte{0x10, 0, 0, 0x9d, 0x01, 0x2a, 16, 0, 16, 0}

// TestMetricsPage holds that docs/operations.md has every metric and every place where
// something is dropped, and none that there is not.
func TestMetricsPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(t, newTransport(t), newLamp)
	for _, e := range append(failures(), runner.CommandAnswered{Status: runner.Applied}) {
		s.monitor.Observe(e)
	}
	text := scrape(t, s)
	_, table, _ := strings.Cut(string(page), "| metric |")
	for _, name := range regexp.MustCompile(`# TYPE (reactor_\w+)`).FindAllStringSubmatch(text, -1) {
		if !regexp.MustCompile("`" + name[1] + "[`{]").MatchString(table) {
			t.Errorf("the page has not %s", name[1])
		}
	}
	for _, name := range regexp.MustCompile("`(reactor_\\w+)").FindAllStringSubmatch(table, -1) {
		if !strings.Contains(text, "# TYPE "+name[1]+" ") && name[1] != "reactor_ready" {
			t.Errorf("there is no %s", name[1])
		}
	}
	for _, place := range regexp.MustCompile(`place="(\w+)"`).FindAllStringSubmatch(text, -1) {
		if !strings.Contains(table, "`"+place[1]+"`") {
			t.Errorf("the page has not the place %s", place[1])
		}
	}
}
