package main

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strings"
	"time"
)

// The chart's measures, in pixels.
const (
	chartWidth  = 760
	labelWidth  = 210
	valueWidth  = 80
	rowHeight   = 20
	barHeight   = 12
	headHeight  = 34
	titleHeight = 54
)

// chartStyle has two sets of colours: on a page, an image follows the reader's
// system.
const chartStyle = `<style>
text { font: 12px system-ui, sans-serif; fill: #24292f }
.title { font-size: 15px; font-weight: 600 }
.tree { font-size: 13px; font-weight: 600 }
.soft { fill: #57606a }
.grid { stroke: #d0d7de }
.bar { fill: #8c959f }
.ours { fill: #0969da }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 }
.soft { fill: #9198a1 }
.grid { stroke: #3d444d }
.bar { fill: #656c76 }
.ours { fill: #58a6ff }
}
</style>
`

// chart is a picture of the scenario in which nothing changed: a panel for each
// tree, a bar for each tool, the fastest first, on a logarithmic scale.
func (r *report) chart() string {
	s := scenarios()[0]
	c := &chart{}
	for _, tree := range r.treesOf(s.Name) {
		c.panels = append(c.panels, panel{tree, r.bars(tree, s.Name)})
	}
	return c.svg(s.Title)
}

// bar is a tool and its median.
type bar struct {
	tool string
	took time.Duration
}

func (r *report) bars(tree, scenario string) (bars []bar) {
	for _, one := range r.Results {
		if one.Tree == tree && one.Scenario == scenario {
			bars = append(bars, bar{one.Tool, median(one.Runs, wall)})
		}
	}
	slices.SortStableFunc(bars, func(a, b bar) int { return int(a.took - b.took) })
	return bars
}

// panel is the part of a chart for one tree.
type panel struct {
	tree string
	bars []bar
}

type chart struct {
	panels []panel
	out    strings.Builder
}

// svg draws the panels below each other.
func (c *chart) svg(title string) string {
	height := titleHeight
	for _, p := range c.panels {
		height += headHeight + rowHeight*len(p.bars)
	}
	fmt.Fprintf(&c.out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img" aria-labelledby="title desc">`+"\n", chartWidth, height+10)
	fmt.Fprintf(&c.out, "<title id=\"title\">%s</title>\n<desc id=\"desc\">%s</desc>\n%s", html.EscapeString(title), html.EscapeString(c.text()), chartStyle)
	fmt.Fprintf(&c.out, "<text class=\"title\" x=\"10\" y=\"24\">%s</text>\n", html.EscapeString(title))
	c.grid(height)
	y := titleHeight
	for _, p := range c.panels {
		c.panel(p, y)
		y += headHeight + rowHeight*len(p.bars)
	}
	c.out.WriteString("</svg>\n")
	return c.out.String()
}

// text says in words what the chart shows.
func (c *chart) text() string {
	var parts []string
	for _, p := range c.panels {
		var bars []string
		for _, b := range p.bars {
			bars = append(bars, b.tool+" "+milliseconds(b.took))
		}
		parts = append(parts, p.tree+": "+strings.Join(bars, ", "))
	}
	return strings.Join(parts, ". ") + "."
}

// scale is where a duration ends on the axis, which begins at 1 ms: each factor
// of ten is as long as the other.
func (c *chart) scale(d time.Duration) float64 {
	longest := 10 * time.Millisecond
	for _, p := range c.panels {
		for _, b := range p.bars {
			longest = max(longest, b.took)
		}
	}
	part := math.Log10(max(1, d.Seconds()*1e3)) / math.Log10(longest.Seconds()*1e3)
	return math.Round(10*part*(chartWidth-labelWidth-valueWidth)) / 10
}

// grid has a line for each power of ten.
func (c *chart) grid(height int) {
	for ms := 1; ms <= 100000; ms *= 10 {
		x := labelWidth + c.scale(time.Duration(ms)*time.Millisecond)
		if x > chartWidth-valueWidth+1 {
			break
		}
		label := fmt.Sprintf("%d ms", ms)
		if ms >= 1000 {
			label = fmt.Sprintf("%d s", ms/1000)
		}
		fmt.Fprintf(&c.out, "<line class=\"grid\" x1=\"%g\" x2=\"%[1]g\" y1=\"%d\" y2=\"%d\"/>\n", x, titleHeight, height)
		fmt.Fprintf(&c.out, "<text class=\"soft\" x=\"%g\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", x, titleHeight-8, label)
	}
}

// panel draws one tree's bars from y on.
func (c *chart) panel(p panel, y int) {
	fmt.Fprintf(&c.out, "<text class=\"tree\" x=\"10\" y=\"%d\">%s</text>\n", y+headHeight-12, html.EscapeString(p.tree))
	for i, b := range p.bars {
		class, top := "bar", y+headHeight+i*rowHeight
		if b.tool == ours {
			class = "ours"
		}
		length := max(2, c.scale(b.took))
		fmt.Fprintf(&c.out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", labelWidth-8, top+barHeight-1, html.EscapeString(b.tool))
		fmt.Fprintf(&c.out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%g\" height=\"%d\" rx=\"2\"/>\n", class, labelWidth, top, length, barHeight)
		fmt.Fprintf(&c.out, "<text class=\"soft\" x=\"%g\" y=\"%d\">%s</text>\n", labelWidth+length+6, top+barHeight-1, milliseconds(b.took))
	}
}
