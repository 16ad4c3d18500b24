package main

import (
	"fmt"
	"runtime"
	"strings"
)

const preface = `# The same mistakes, four tools

Each of these projects has one mistake. Every tool gets it in its own form, with
its own directive, in the root of the module; what it prints and how it exits is
below. Three of the tools are made for other things than ours, and are good at
them: what is compared is only how much a person learns from them about a project
that is broken.

- **cause**: the file and line of the mistake are in the output, and for an import
  that fails also why (for a mistake without a place: that nothing was found)
- **cure**: the output says what to type or change
- **silent**: nothing is printed, and the exit status is 0

A machine decides that, by the patterns in tools/compare/testdata, and in doubt
for the tool. An output may be better or worse than they tell; all of them are at
the end. The tools ran without a network, and nothing was generated before.

This page is written by ` + "`go -C tools/compare run .`" + `, and nobody edits it.

`

// report is the page.
func report(all []tool, cases []broken) string {
	var out strings.Builder
	out.WriteString(preface)
	fmt.Fprintf(&out, "| tool | version | called as |\n|---|---|---|\n")
	for _, t := range all {
		fmt.Fprintf(&out, "| %s (%s) | %s | `%s %s` |\n", t.name, t.home, t.version, t.name, strings.Join(t.args, " "))
	}
	fmt.Fprintf(&out, "\nWith %s on %s/%s.\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	table(&out, all, cases)
	reasons(&out, all, cases)
	outputs(&out, all, cases)
	return out.String()
}

// table has a row for each case and one for the sums.
func table(out *strings.Builder, all []tool, cases []broken) {
	out.WriteString("| what is wrong |")
	for _, t := range all {
		fmt.Fprintf(out, " %s |", t.name)
	}
	out.WriteString("\n|---" + strings.Repeat("|---", len(all)) + "|\n")
	for _, c := range cases {
		fmt.Fprintf(out, "| %s |", c.title)
		for _, t := range all {
			fmt.Fprintf(out, " %s |", c.results[t.name])
		}
		out.WriteString("\n")
	}
	out.WriteString("| **all mistakes** |")
	for _, t := range all {
		fmt.Fprintf(out, " %s |", sum(t.name, cases))
	}
	out.WriteString("\n\n")
}

// String is the result as a cell of the table.
func (r *result) String() string {
	if r.notMeant != "" {
		return "–"
	}
	said := fmt.Sprintf("%d lines, exit %d", r.lines, r.exit)
	switch {
	case r.lines == 0 && r.exit == 0:
		said = "silent"
	case r.lines == 1:
		said = fmt.Sprintf("1 line, exit %d", r.exit)
	}
	switch {
	case r.passes && r.exit == 0:
		return said + ": **goes on**"
	case r.passes:
		return said + ": stops"
	case r.cause && r.cure:
		return said + ": **cause, cure**"
	case r.cause:
		return said + ": cause"
	case r.cure:
		return said + ": cure"
	}
	return said + ": neither"
}

// sum counts over the cases that are mistakes for a tool.
func sum(tool string, cases []broken) string {
	var asked, lines, silent, cause, cure int
	for _, c := range cases {
		r := c.results[tool]
		if r.notMeant != "" || r.passes {
			continue
		}
		asked++
		lines += r.lines
		if r.exit == 0 {
			silent++
		}
		if r.cause {
			cause++
		}
		if r.cure {
			cure++
		}
	}
	return fmt.Sprintf("%d lines; exit 0: %d of %d; cause: %d; cure: %d", lines, silent, asked, cause, cure)
}

// reasons says why some were not asked.
func reasons(out *strings.Builder, all []tool, cases []broken) {
	out.WriteString("Not asked (–):\n\n")
	for _, c := range cases {
		for _, t := range all {
			if why := c.results[t.name].notMeant; why != "" {
				fmt.Fprintf(out, "- %s, %s: %s\n", strings.ToLower(c.title[:1])+c.title[1:], t.name, why)
			}
		}
	}
	for _, c := range cases[1:] {
		if why := c.settings["passes"]; why != nil {
			fmt.Fprintf(out, "\n%s: %s.\n", c.title, why[0])
		}
	}
}

// longest is how many lines of an output the page shows.
const longest = 25

// outputs shows what was printed.
func outputs(out *strings.Builder, all []tool, cases []broken) {
	out.WriteString("\n## What they printed\n")
	for _, c := range cases[1:] {
		fmt.Fprintf(out, "\n### %s\n", c.title)
		for _, t := range all {
			r := c.results[t.name]
			if r.notMeant != "" {
				continue
			}
			lines := strings.Split(strings.TrimRight(r.output, "\n"), "\n")
			if len(lines) > longest {
				lines = append(lines[:longest], fmt.Sprintf("... %d lines more", len(lines)-longest))
			}
			fmt.Fprintf(out, "\n%s, exit %d:\n\n```\n%s\n```\n", t.name, r.exit, strings.Join(lines, "\n"))
		}
	}
}
