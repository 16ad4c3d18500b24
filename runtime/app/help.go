package app

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"github.com/reactorgen/reactor/config"
)

// help writes what -h shows: the flags, and the settings of the configuration
// as flags. A configuration that cannot be read is nil.
func help(w io.Writer, p Program, doc *config.Document, from string) {
	name := p.Identity.Name
	fmt.Fprintf(w, "%s is a real-time video model, served over HTTP and WebRTC.\n", name)
	if about := p.Identity.Metadata["description"]; about != "" {
		fmt.Fprintf(w, "%s\n", about)
	}
	fmt.Fprintf(w, "\nUsage: %s [flags] [--model.KEY=VALUE ...]\n\nFlags:\n", name)
	columns(w, flagRows())
	fmt.Fprintf(w, "\nEnvironment, for what the flags do not say:\n%s", paragraph(variables()))
	if doc != nil && len(doc.Settings()) > 0 {
		fmt.Fprintf(w, "\nConfiguration (%s); VALUE is YAML, KEY may be a path such as a.b:\n", from)
		columns(w, settingRows(doc))
	}
	if names := p.Identity.Weights; len(names) > 0 {
		fmt.Fprintf(w, "\nWeights: %s; looked for in %s.\n", strings.Join(names, ", "), weightPlaces)
	}
}

// row is one line of help: what to type, and what it means.
type row struct{ typed, means string }

func flagRows() (rows []row) {
	new(flags).set().VisitAll(func(f *pflag.Flag) {
		typed, means := "    --"+f.Name, f.Usage
		if f.Shorthand != "" {
			typed = "-" + f.Shorthand + ", --" + f.Name
		}
		if f.NoOptDefVal == "" {
			var placeholder string
			placeholder, means = pflag.UnquoteUsage(f)
			typed += " " + placeholder
			if f.DefValue != "" {
				means += " (" + f.DefValue + ")"
			}
		}
		rows = append(rows, row{typed, means})
	})
	return rows
}

func settingRows(doc *config.Document) (rows []row) {
	for _, s := range doc.Settings() {
		rows = append(rows, row{modelFlag + s.Key + "=" + shell(s.Value), s.Comment})
	}
	return rows
}

// columns writes rows as two columns.
func columns(w io.Writer, rows []row) {
	const most = 32 // a longer first column is ragged
	width := 0
	for _, r := range rows {
		if len(r.typed) <= most {
			width = max(width, len(r.typed))
		}
	}
	for _, r := range rows {
		fmt.Fprintln(w, strings.TrimRight(fmt.Sprintf("  %-*s  %s", width, r.typed, r.means), " "))
	}
}

// paragraph is words in lines of less than 80 characters.
func paragraph(words []string) string {
	var text strings.Builder
	width := 80
	for _, word := range words {
		if width += len(word) + 1; width >= 80 {
			text.WriteString("\n ")
			width = 1 + len(word) + 1
		}
		text.WriteString(" " + word)
	}
	return strings.TrimPrefix(text.String(), "\n") + "\n"
}

// shell is a value as one word on a command line.
func shell(value string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.,:/+@%"
	if strings.Trim(value, plain) == "" {
		return value
	}
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}
