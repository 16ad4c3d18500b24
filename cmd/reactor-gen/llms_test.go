package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

// blob is where the files of the repository can be read.
const blob = "https://github.com/reactorgen/reactor/blob/main/"

// TestLlms holds llms.txt, the shortest description of all for programs that read
// prose, to what it is made from: the README, the help of the verbs, the directives and
// the beginnings of the pages. go generate writes it.
func TestLlms(t *testing.T) {
	name := filepath.Join("..", "..", "llms.txt")
	want := llms(t)
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.ReplaceAll(read(t, "llms.txt"), "\r\n", "\n"); got != want {
		t.Errorf("llms.txt is out of date: go generate ./cmd/reactor-gen\ngot:\n%s\nwant:\n%s", got, want)
	}
}

func llms(t *testing.T) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Reactor for Go\n\n> %s\n\n", paragraph(read(t, "README.md")))
	fmt.Fprintf(&b, "Module %s. Begin with `reactor-gen init NAME`, then `reactor-gen check --json`;\n", modulePath)
	fmt.Fprintf(&b, "`reactor-gen explain CODE --json` tells what a finding means and what cures it.\n")
	fmt.Fprintf(&b, "Exit status: %d all is well, %d the project is wrong, %d the command could not run.\n", exitClean, exitFindings, exitFailed)
	b.WriteString("\n## Verbs\n\n")
	verbs(&b, (&tool{}).command(nil))
	b.WriteString("\n## Directives\n\n")
	for _, v := range scanner.Verbs() {
		fmt.Fprintf(&b, "- `//reactor:%s` on %s: %s. Takes %s\n", v.Name, v.On, v.Meaning, takes(v))
	}
	codes := diag.Codes()
	fmt.Fprintf(&b, "\n## Findings\n\n- [%d codes, %s to %s](%sdocs/codes.md): each with an example and the cure\n",
		len(codes), codes[0], codes[len(codes)-1], blob)
	b.WriteString("\n## Pages\n\n")
	pages(t, &b)
	return b.String()
}

// verbs lists verbs that do something, those below others too.
func verbs(b *strings.Builder, cmd *cobra.Command) {
	for _, c := range cmd.Commands() {
		switch {
		case c.Name() == "help":
		case c.HasSubCommands():
			verbs(b, c)
		default:
			path := strings.TrimPrefix(c.CommandPath(), "reactor-gen ")
			fmt.Fprintf(b, "- `%s`: %s\n", path, c.Short)
		}
	}
}

// takes is what may stand in a directive.
func takes(v scanner.Verb) string {
	var all []string
	for _, p := range v.Params {
		name := p.Name
		if p.Form == scanner.FormKey {
			name += "="
		}
		if p.Required {
			name += " (required)"
		}
		all = append(all, name)
	}
	return strings.Join(all, ", ")
}

// pages lists the pages of the documentation with their first sentences.
func pages(t *testing.T, b *strings.Builder) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "docs", "*.md"))
	if err != nil || len(files) == 0 {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		name := "docs/" + filepath.Base(file)
		text := read(t, name)
		title, _, _ := strings.Cut(strings.TrimPrefix(text, "# "), "\n")
		first, _, more := strings.Cut(paragraph(text), ". ")
		if !more {
			first = strings.TrimRight(first, ".:")
		}
		fmt.Fprintf(b, "- [%s](%s%s): %s\n", title, blob, name, first)
	}
}

// link is a link in Markdown.
var link = regexp.MustCompile(`\[([^]]*)\]\([^)]*\)`)

// paragraph is the first paragraph of prose of a page, in a line and without links.
func paragraph(page string) string {
	for part := range strings.SplitSeq(strings.ReplaceAll(page, "\r\n", "\n"), "\n\n") {
		if !strings.HasPrefix(part, "#") && !strings.HasPrefix(part, "```") {
			return link.ReplaceAllString(strings.Join(strings.Fields(part), " "), "$1")
		}
	}
	return ""
}
