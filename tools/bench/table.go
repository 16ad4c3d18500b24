package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// table has rows of cells; the first row is its head. All columns but the first
// are aligned to the right.
type table [][]string

// String is the table in Markdown.
func (t table) String() string {
	var out strings.Builder
	for i, row := range t {
		out.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if i == 0 {
			out.WriteString("|---" + strings.Repeat("|---:", len(row)-1) + "|\n")
		}
	}
	return out.String()
}

// comparison has a row for each tool of a scenario and a column for each tree:
// the median, and how many times that of ours it is.
func (r *report) comparison(s scenario) table {
	head := []string{"tool"}
	trees := r.treesOf(s.Name)
	head = append(head, trees...)
	t := table{head}
	for _, tool := range tools() {
		row, any := []string{"`" + tool.name + "`"}, false
		if tool.name == ours {
			row[0] = "**`" + ours + "`**"
		}
		for _, tree := range trees {
			cell := "–"
			if one := r.find(tree, s.Name, tool.name); one != nil {
				cell, any = r.cell(one), true
			}
			row = append(row, cell)
		}
		if any {
			t = append(t, row)
		}
	}
	return t
}

func (r *report) cell(one *result) string {
	took := milliseconds(median(one.Runs, wall))
	if one.Tool == ours {
		return "**" + took + "**"
	}
	return took + " · " + times(r.ratio(one.Tree, one.Scenario, one.Tool))
}

// treesOf are the names of the trees that a scenario was played on.
func (r *report) treesOf(scenario string) (names []string) {
	for _, t := range r.Trees {
		if slices.ContainsFunc(r.Results, func(one result) bool { return one.Tree == t.Name && one.Scenario == scenario }) {
			names = append(names, t.Name)
		}
	}
	return names
}

// details has a row for each result of a scenario.
func (r *report) details(s scenario) table {
	t := table{{"tree, tool", "runs", "median", "fastest", "slowest", "CPU", "memory", "children", "syscalls"}}
	for _, one := range r.Results {
		if one.Scenario != s.Name {
			continue
		}
		all := sorted(one.Runs, wall)
		children, syscalls := "–", "–"
		if one.Syscalls > 0 {
			children, syscalls = fmt.Sprint(one.Children), fmt.Sprint(one.Syscalls)
		}
		t = append(t, []string{
			one.Tree + ", `" + one.Tool + "`", fmt.Sprint(len(all)), milliseconds(median(one.Runs, wall)),
			milliseconds(all[0]), milliseconds(all[len(all)-1]), milliseconds(median(one.Runs, cpu)),
			megabytes(median(one.Runs, rss)), children, syscalls,
		})
	}
	return t
}

// accounts has a row for each scenario and tree: what ours tells of itself.
func (r *report) accounts() table {
	t := table{{"scenario, tree", "how", "why not faster", "inside", "child processes", "packages checked", "files read"}}
	for _, one := range r.Results {
		if a := one.Account; a != nil {
			t = append(t, []string{
				"*" + one.Scenario + "*, " + one.Tree, a.Level, a.Why, milliseconds(a.Inside),
				fmt.Sprint(a.Children), fmt.Sprint(a.Checked), fmt.Sprint(a.Read),
			})
		}
	}
	return t
}

// milliseconds is a duration to two or more digits.
func milliseconds(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	if ms < 100 {
		return fmt.Sprintf("%.1f ms", ms)
	}
	return fmt.Sprintf("%.0f ms", ms)
}

func megabytes(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }

// times is a ratio to two or more digits.
func times(ratio float64) string {
	if ratio < 10 {
		return fmt.Sprintf("%.1f×", ratio)
	}
	return fmt.Sprintf("%.0f×", ratio)
}
