package app

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

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
	fmt.Fprint(w, new(flags).set().FlagUsages())
	if doc != nil {
		helpSettings(w, doc, from)
	}
	if names := p.Identity.Weights; len(names) > 0 {
		fmt.Fprintf(w, "\nWeights: %s; looked for in $%s, ./weights, ~/.cache/reactor_registry.\n", strings.Join(names, ", "), weightsPath)
	}
}

func helpSettings(w io.Writer, doc *config.Document, from string) {
	fmt.Fprint(w, "\nConfiguration, where VALUE is YAML and KEY may be a path such as a.b:\n")
	columns := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	for _, s := range doc.Settings() {
		fmt.Fprintf(columns, "  %s%s=%s\t%s\n", modelFlag, s.Key, shell(s.Value), s.Comment)
	}
	columns.Flush()
	fmt.Fprintf(w, "  (from %s)\n", from)
}

// shell is a value as one word on a command line.
func shell(value string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.,:/+@%"
	if strings.Trim(value, plain) == "" {
		return value
	}
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}
