package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/reactorgen/reactor/weights"
)

// How often it is told how far a pull is: bars are drawn anew, and where lines
// cannot be written over, there is one now and then.
const (
	drawn = 100 * time.Millisecond
	often = 10 * time.Second
)

// most is how many bars there are at once.
const most = 8

// meter tells how far pulls are: a bar for each on a terminal, lines elsewhere.
type meter struct {
	out      io.Writer
	now      func() time.Time
	terminal bool

	mu    sync.Mutex
	pulls []*gauge // in the order of their beginning
	lines int      // of bars on the terminal
}

// gauge is how far one pull is, in bytes.
type gauge struct {
	name    string
	size    int64
	have    int64
	fetched int64 // by this pull
	began   time.Time
	told    time.Time
}

func newMeter(out io.Writer, now func() time.Time) *meter {
	return &meter{out: out, now: now, terminal: isTerminal(out)}
}

// isTerminal tells whether w is a terminal that can move its cursor.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// start shows the pulls until stop is called.
func (m *meter) start() (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(drawn)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				m.show()
			case <-done:
				m.clear()
				return
			}
		}
	}()
	return func() { close(done); <-ended }
}

// Waits tells of another process.
func (m *meter) Waits(name string) {
	m.say("%s: another process pulls it; waiting for that", name)
}

// Begins adds a pull.
func (m *meter) Begins(name string, size int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	m.pulls = append(m.pulls, &gauge{name: name, size: size, began: now, told: now})
	if !m.terminal {
		fmt.Fprintf(m.out, "%s: %s\n", name, weights.SizeText(size))
	}
}

// Has moves a pull on.
func (m *meter) Has(name string, n int64, earlier bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, g := range m.pulls {
		if g.name == name {
			g.have += n
			if !earlier {
				g.fetched += n
			}
		}
	}
}

// Retries tells of a store that failed.
func (m *meter) Retries(name, path string, err error) {
	m.say("%s/%s: %s; trying again", name, path, strings.ReplaceAll(err.Error(), "\n", ": "))
}

// say writes a line above the bars.
func (m *meter) say(format string, args ...any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.erase()
	fmt.Fprintf(m.out, format+"\n", args...)
}

// show tells how far the pulls are.
func (m *meter) show() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.erase()
	for _, g := range m.pulls {
		switch {
		case g.have >= g.size:
		case m.terminal && m.lines < most:
			fmt.Fprintf(m.out, "%s\n", g.bar(m.now()))
			m.lines++
		case !m.terminal && m.now().Sub(g.told) >= often:
			g.told = m.now()
			fmt.Fprintf(m.out, "%s: %s\n", g.name, g.far(g.told))
		}
	}
}

// clear removes the bars.
func (m *meter) clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.erase()
}

func (m *meter) erase() {
	if m.lines > 0 {
		fmt.Fprintf(m.out, "\x1b[%dA\x1b[J", m.lines)
		m.lines = 0
	}
}

// bar is a line of at most 79 cells.
func (g *gauge) bar(now time.Time) string {
	const cells = 20
	full := int(cells * float64(g.have) / float64(max(g.size, 1)))
	return fmt.Sprintf("%-16.16s [%s%s] %.38s", g.name, strings.Repeat("=", full), strings.Repeat(" ", cells-full), g.far(now))
}

// far says how far a pull is, how fast, and for how long yet.
func (g *gauge) far(now time.Time) string {
	text := fmt.Sprintf("%d%% of %s", 100*g.have/max(g.size, 1), weights.SizeText(g.size))
	seconds := now.Sub(g.began).Seconds()
	if seconds < 1 || g.fetched <= 0 {
		return text
	}
	rate := float64(g.fetched) / seconds
	left := time.Duration(float64(g.size-g.have) / rate * float64(time.Second))
	return fmt.Sprintf("%s, %s/s, %s left", text, weights.SizeText(int64(rate)), left.Round(time.Second))
}
