package main

import (
	"testing"
	"time"
)

// lasting are runs of so many milliseconds.
func lasting(ms ...int) (all runs) {
	for _, m := range ms {
		all = append(all, run{Wall: time.Duration(m) * time.Millisecond})
	}
	return all
}

func TestMedian(t *testing.T) {
	for _, test := range []struct {
		runs runs
		want time.Duration
	}{
		{lasting(7), 7},
		{lasting(9, 1), 1},
		{lasting(5, 1, 900), 5},
		{lasting(4, 3, 2, 1), 2},
	} {
		if got := median(test.runs, wall) / time.Millisecond; got != test.want {
			t.Errorf("median of %v: %d, want %d", test.runs, got, test.want)
		}
	}
}

func TestEnoughRuns(t *testing.T) {
	for _, test := range []struct {
		runs runs
		n    int
		want bool
	}{
		{nil, 1, false},
		{lasting(10), 2, false},
		{lasting(10, 10), 2, true},
		{lasting(2000, 2000), 7, false},
		{lasting(2000, 2000, 2000), 7, true},
		{lasting(2000), 1, true},
		{lasting(20000), 7, true},
	} {
		if got := test.runs.enough(test.n); got != test.want {
			t.Errorf("%d runs of %d, the first of %v: enough is %v", len(test.runs), test.n, test.runs, got)
		}
	}
}

func TestCountedByStrace(t *testing.T) {
	const summary = `% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 61.12    0.004012          12       334           openat
 20.00    0.001000         200         5         2 execve
------ ----------- ----------- --------- --------- ----------------
100.00    0.006564           8       812        35 total
`
	syscalls, children := counted(summary)
	if syscalls != 812 || children != 2 {
		t.Errorf("%d calls and %d children, want 812 and 2", syscalls, children)
	}
}
