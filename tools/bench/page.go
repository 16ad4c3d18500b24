package main

import (
	"fmt"
	"strings"
)

const preface = `# How long a check takes

` + "`reactor-gen check`" + ` keeps what it found, and looks only at what changed since. Here it
is beside tools that a Go developer knows, each of which was run on the same trees
in turns with it: the figures of one table are of the same minutes on the same
machine. They are the median of whole processes, from start to end; what is after
the dot is how many times as long as ours.

Most of the others do more than ours, and none was made for what ours does: what is
compared is how long a person waits. ` + "`packages.Load`" + ` is what a generator does at its
start that keeps nothing, with types and syntax of what is named.

This page is written by ` + "`go -C tools/bench run .`" + ` from one run, and nobody edits it.
Other machines have other figures; the ratios are what to look at.

![How long each tool takes on each tree when nothing changed; the first table below has the same figures](benchmarks.svg)

`

// obstacles is what profiles of ours say about the targets that it misses.
const obstacles = `
What is in the way of the rest, by profiles of ours on two cores:

- *Nothing changed*: a Go program that prints a line takes half of the time of ours on
  the small tree, and 200 of its 360 page faults: that is the start of the runtime and
  of its threads. A fifth is ours: the key, the state, and the names, of which each
  takes one system call. The rest is the tables of packages of the standard library,
  and that the program is larger. On k8s, four fifths are the system's, which looks up
  17,400 names; more cores would share them.
- *Memory, beside packages.Load*: five sixths of what ours has are pages of the program's
  file, of which the system maps sixteen around each that the start touches.
- *An edit in the model*: two fifths are the start and the end of the process. Inside of it,
  a quarter is reading the types of imports, which package gcexportdata does as a
  whole; then come the form of package packages for every package of the graph, writing
  the state, and the description of the model. On k8s half is looking up names, which
  the loading of types waits for.
- *An edit of a body below the model*: half of what is inside is reading the types of what
  the package imports, such as net/http, of which a check needs a few.
`

// page is the report in Markdown.
func (r *report) page() string {
	var out strings.Builder
	out.WriteString(preface)
	out.WriteString("## What was measured\n\n")
	r.writeMachine(&out)
	fmt.Fprintf(&out, "\n%s", r.sizes())
	r.writePrograms(&out)
	r.writeLeftOut(&out)
	out.WriteString("\n## What happened, and how long it took\n")
	for _, s := range scenarios() {
		if len(r.treesOf(s.Name)) > 0 {
			fmt.Fprintf(&out, "\n### %s\n\n*%s*: %s\n\n%s", s.Title, s.Name, s.Story, r.comparison(s))
		}
	}
	fmt.Fprintf(&out, "\n## What was to be reached\n\nA figure that is a part is ours divided by the other's.\n\n%s", r.verdicts())
	out.WriteString(obstacles)
	fmt.Fprintf(&out, "\n## What ours did\n\nAs `reactor-gen check --timings` tells it, in a run apart.\n\n%s", r.accounts())
	out.WriteString("\n## All figures\n\nTime and memory are those of the process with its children: the median of the\nCPU time of all, and of the memory of the largest. Children and system calls were\ncounted by strace, in a run apart.\n")
	for _, s := range scenarios() {
		if len(r.treesOf(s.Name)) > 0 {
			fmt.Fprintf(&out, "\n<details><summary>%s</summary>\n\n%s\n</details>\n", s.Title, r.details(s))
		}
	}
	return out.String()
}

func (r *report) writeMachine(out *strings.Builder) {
	m := r.Machine
	fmt.Fprintf(out, "%d cores (%s), %.0f GB of memory, %s, %s, git %s.\n", m.Cores, m.Model, float64(m.Memory)/1e9, m.Kernel, m.Go, m.Git)
}

// sizes has a row for each tree.
func (r *report) sizes() table {
	t := table{{"tree", "packages", "needed by the model", ".go files", "lines"}}
	for _, s := range r.Trees {
		story := "**" + s.Name + "**: " + s.Story
		if s.Module != "" {
			story += " (" + s.Module + ")"
		}
		t = append(t, []string{story, fmt.Sprint(s.Packages), fmt.Sprint(s.Closure), fmt.Sprint(s.Files), fmt.Sprint(s.Lines)})
	}
	return t
}

func (r *report) writePrograms(out *strings.Builder) {
	var list []string
	for _, p := range r.Programs {
		if p.Version != "" {
			list = append(list, p.Name+" "+p.Version)
		}
	}
	if len(list) > 0 {
		fmt.Fprintf(out, "\nBeside reactor-gen of this checkout: %s, packages.Load of golang.org/x/tools %s.\n", strings.Join(list, ", "), r.Machine.Tools)
	}
}

func (r *report) writeLeftOut(out *strings.Builder) {
	if len(r.LeftOut) == 0 {
		return
	}
	out.WriteString("\nLeft out:\n\n")
	for _, line := range r.LeftOut {
		out.WriteString("- " + line + "\n")
	}
}
