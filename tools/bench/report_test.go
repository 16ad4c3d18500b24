package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

// sample is a report of two trees with some of the tools.
func sample() *report {
	r := &report{
		Machine:  machine{Cores: 2, Model: "Abacus", Memory: 8e9, Kernel: "Linux 6.1", Go: "go1.26.8", Git: "2.40", Tools: "v0.52.0"},
		Programs: []program{{Name: "load"}, {Name: "wire", Version: "v0.7.0"}},
		Trees: []size{
			{Name: "small", Story: "a model", Packages: 4, Closure: 200, Files: 5, Lines: 160},
			{Name: "prom", Story: "Prometheus", Module: "example.com/prom@v1.0.0", Packages: 114, Closure: 329, Files: 730, Lines: 372000},
		},
		LeftOut: []string{"gopls: no network"},
	}
	add := func(tree, scenario, tool string, syscalls int, walls ...time.Duration) {
		one := result{Tree: tree, Scenario: scenario, Tool: tool, Syscalls: syscalls}
		for _, w := range walls {
			one.Runs = append(one.Runs, run{Wall: w * time.Millisecond, CPU: 2 * w * time.Millisecond, RSS: int64(w) * 1e6})
		}
		r.Results = append(r.Results, one)
	}
	add("small", "same", ours, 331, 5, 3, 4)
	add("small", "same", goList, 14816, 50, 100, 40)
	add("small", "same", loadOne, 0, 140)
	add("prom", "same", ours, 0, 6)
	add("prom", "same", goList, 0, 360)
	add("small", "model", ours, 400, 22)
	add("small", "model", loadOne, 0, 200)
	r.Results[0].Account = &account{Level: "replayed", Inside: 1500 * time.Microsecond}
	return r
}

func TestPage(t *testing.T) { golden(t, "page.md", sample().page()) }

func TestChart(t *testing.T) {
	picture := sample().chart()
	golden(t, "chart.svg", picture)
	for d := xml.NewDecoder(strings.NewReader(picture)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestChartGrowsWithTime(t *testing.T) {
	c := &chart{panels: []panel{{"small", []bar{{"slow", time.Second}}}}}
	last := -1.0
	for _, d := range []time.Duration{time.Millisecond, 2 * time.Millisecond, time.Second} {
		if at := c.scale(d); at <= last {
			t.Errorf("%v ends at %g, not after %g", d, at, last)
		} else {
			last = at
		}
	}
	if last != chartWidth-labelWidth-valueWidth {
		t.Errorf("the longest bar ends at %g", last)
	}
}
