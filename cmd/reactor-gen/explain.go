package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/diag"
)

// manual is what `explain CODE --json` prints.
type manual struct {
	document
	Code  diag.Code `json:"code"`
	Title string    `json:"title"`

	// Text, Example, Cure and Edit are those of diag.Manual.
	Text    string `json:"text"`
	Example string `json:"example"`
	Cure    string `json:"cure"`
	Edit    string `json:"edit,omitempty"`

	// Ignorable tells whether an ignore directive may silence it.
	Ignorable bool   `json:"ignorable"`
	URL       string `json:"url"`
}

// catalogue is what `explain --json` prints.
type catalogue struct {
	document
	Codes []titled `json:"codes"`
}

// titled is a code in the list of all.
type titled struct {
	Code  diag.Code `json:"code"`
	Title string    `json:"title"`
}

func (t *tool) explainCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "explain [CODE]",
		Short: "Print what a code means, an example, and the cure; or all codes",
		Args:  oneCode,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return t.listCodes(asJSON)
			}
			m, ok := diag.Explain(diag.Code(strings.ToUpper(args[0])))
			switch {
			case !ok:
				return unknownCode(args[0])
			case asJSON:
				return printJSON(t.stdout, manual{
					document: version1,
					Code:     m.Code, Title: m.Title, Text: m.Text, Example: m.Example, Cure: m.Cure, Edit: m.Edit,
					Ignorable: m.Code.Ignorable(), URL: m.Code.URL(),
				})
			}
			_, err := io.WriteString(t.stdout, manualText(m))
			return err
		},
	}
	jsonFlag(cmd, &asJSON)
	return cmd
}

// oneCode refuses more than one code.
func oneCode(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return fmt.Errorf("explain takes one code, and got %d: reactor-gen explain %s", len(args), args[0])
	}
	return nil
}

// listCodes prints all codes with their titles.
func (t *tool) listCodes(asJSON bool) error {
	var all []titled
	for _, code := range diag.Codes() {
		all = append(all, titled{code, code.Title()})
	}
	if asJSON {
		return printJSON(t.stdout, catalogue{version1, all})
	}
	for _, c := range all {
		fmt.Fprintf(t.stdout, "%s  %s\n", c.Code, c.Title)
	}
	return nil
}

// unknownCode says that there is no such code.
func unknownCode(text string) error {
	if near := diag.NearCode(text); near != "" {
		return fmt.Errorf("there is no code %q; did you mean %s (%s)?", text, near, near.Title())
	}
	return fmt.Errorf("there is no code %q; reactor-gen explain lists the codes", text)
}

// manualText is a manual for people to read.
func manualText(m diag.Manual) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\n%s\n\nExample:\n\n%s\nCure: %s\n", m.Code, m.Title, m.Text, indented(m.Example), m.Cure)
	if m.Edit != "" {
		fmt.Fprintf(&b, "\n%s", indented(m.Edit))
	}
	if m.Code.Ignorable() {
		fmt.Fprintf(&b, "\nWhere it is meant to be: //reactor:ignore %s REASON\n", m.Code)
	}
	return b.String()
}

// indented sets a text off from the prose around it.
func indented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line != "\n" {
			b.WriteString("    ")
		}
		b.WriteString(line)
	}
	return b.String()
}
