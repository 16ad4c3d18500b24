package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/diff"
)

// clock is a time that a test moves on.
type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

// story is one pull as a meter is told of it.
func story(m *meter, c *clock) {
	m.Begins("vae", 2_000_000)
	m.Has("vae", 500_000, true)
	m.show()
	c.Time = c.Add(10 * time.Second)
	m.Has("vae", 500_000, false)
	m.show()
	m.Waits("unet")
	m.Retries("vae", "model.bin", errors.New("connection reset\nby peer"))
	m.show()
	m.Has("vae", 1_000_000, false)
	m.show()
	m.clear()
}

func TestMeterLines(t *testing.T) {
	var out strings.Builder
	c := &clock{time.Unix(0, 0)}
	story(newMeter(&out, c.now), c)
	want := `vae: 2.0 MB
vae: 50% of 2.0 MB, 50.0 kB/s, 20s left
unet: another process pulls it; waiting for that
vae/model.bin: connection reset: by peer; trying again
`
	if d := diff.Diff("want", []byte(want), "got", []byte(out.String())); d != nil {
		t.Errorf("%s", d)
	}
}

func TestMeterBars(t *testing.T) {
	var out strings.Builder
	c := &clock{time.Unix(0, 0)}
	m := newMeter(&out, c.now)
	m.terminal = true
	story(m, c)
	const up = "\x1b[1A\x1b[J"
	want := `vae              [=====               ] 25% of 2.0 MB
` + up + `vae              [==========          ] 50% of 2.0 MB, 50.0 kB/s, 20s left
` + up + `unet: another process pulls it; waiting for that
vae/model.bin: connection reset: by peer; trying again
vae              [==========          ] 50% of 2.0 MB, 50.0 kB/s, 20s left
` + up
	if d := diff.Diff("want", []byte(want), "got", []byte(out.String())); d != nil {
		t.Errorf("%s", d)
	}
}

// TestMeterManyBars holds that bars are never wider than a terminal nor more than
// a few.
func TestMeterManyBars(t *testing.T) {
	var out strings.Builder
	c := &clock{time.Unix(0, 0)}
	m := newMeter(&out, c.now)
	m.terminal = true
	for i := range 20 {
		name := strings.Repeat("long-name-", 20) + string(rune('a'+i))
		m.Begins(name, 1<<62)
		m.Has(name, 1, false)
	}
	c.Time = c.Add(time.Hour)
	m.show()
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != most {
		t.Errorf("%d bars", len(lines))
	}
	for _, line := range lines {
		if len(line) > 79 {
			t.Errorf("%d cells: %s", len(line), line)
		}
	}
}
