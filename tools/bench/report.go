package main

import "time"

// report is all that the page is written from.
type report struct {
	Machine  machine
	Programs []program
	Trees    []size
	Results  []result
	LeftOut  []string // what, and why
}

// result is one tool in one scenario on one tree.
type result struct {
	Tree, Scenario, Tool string
	Runs                 runs

	// Counted in a run that was not timed, by strace; 0 syscalls: not counted.
	Syscalls, Children int

	// Account is what ours tells of itself, in another such run.
	Account *account `json:",omitempty"`
}

// find returns a result, or nil.
func (r *report) find(tree, scenario, tool string) *result {
	for i, one := range r.Results {
		if one.Tree == tree && one.Scenario == scenario && one.Tool == tool && len(one.Runs) > 0 {
			return &r.Results[i]
		}
	}
	return nil
}

// ratio is how many times as long a tool took as ours; 0 where either was not run.
func (r *report) ratio(tree, scenario, tool string) float64 {
	a, b := r.find(tree, scenario, tool), r.find(tree, scenario, ours)
	if a == nil || b == nil {
		return 0
	}
	return float64(median(a.Runs, wall)) / float64(max(median(b.Runs, wall), time.Nanosecond))
}
