package app

import (
	"fmt"
	"io"
	"strings"

	"github.com/reactorgen/reactor/config"
)

// explain writes what --explain-config shows: each value, and who has set it. The
// values are those that the model gets, also secrets from the environment.
func explain(w io.Writer, doc *config.Document) {
	var rows [][]string
	for _, s := range doc.Settings() {
		rows = append(rows, []string{s.Key, s.Value, s.From})
	}
	if len(rows) == 0 {
		fmt.Fprintln(w, "the configuration is empty")
	}
	table(w, rows)
}

// table writes rows of cells below each other. A cell that is much wider than the
// others of its column moves only what is behind it.
func table(w io.Writer, rows [][]string) {
	const most = 40
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			if n := len([]rune(cell)); n <= most {
				widths[i] = max(widths[i], n)
			}
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			fmt.Fprintf(&line, "%-*s  ", widths[i], cell)
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}
