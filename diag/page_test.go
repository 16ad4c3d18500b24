package diag_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/testproject"
)

// hundreds are the headings of docs/codes.md, by the first digit of the codes
// below them.
var hundreds = map[byte]string{
	'1': "The text of a directive",
	'2': "The place of a directive",
	'3': "The code under a directive",
	'4': "The project",
	'5': "Loading",
	'6': "The generated main",
	'7': "Configuration",
}

// TestPage holds docs/codes.md to the manuals; go generate writes it.
func TestPage(t *testing.T) {
	testproject.GoldenFile(t, filepath.Join(testproject.Checkout(t), "docs", "codes.md"), page(t))
}

// page is the manual of all codes as Markdown. Links lead to the headings, which
// are the codes alone.
func page(t *testing.T) string {
	t.Helper()
	var contents, manuals strings.Builder
	var hundred byte
	for _, code := range diag.Codes() {
		m, _ := diag.Explain(code)
		if hundred != code[2] {
			hundred = code[2]
			if hundreds[hundred] == "" {
				t.Fatalf("%s is of no hundred that the page knows", code)
			}
			fmt.Fprintf(&contents, "\n**%s**\n\n", hundreds[hundred])
			fmt.Fprintf(&manuals, "\n## %s\n", hundreds[hundred])
		}
		fmt.Fprintf(&contents, "- [%s](#%s) %s\n", code, strings.ToLower(string(code)), markdown(m.Title))
		fmt.Fprintf(&manuals, "\n### %s\n\n**%s**\n\n%s\n\n", code, markdown(m.Title), markdown(m.Text))
		fmt.Fprintf(&manuals, "Example:\n\n%s\nCure: %s\n", fenced(m.Example, "go"), markdown(m.Cure))
		if m.Edit != "" {
			fmt.Fprintf(&manuals, "\n%s", fenced(m.Edit, "diff"))
		}
	}
	return "# Codes\n\n" +
		"What `reactor-gen` can find wrong with a project. `reactor-gen explain CODE` prints the same.\n" +
		"Every example is a whole project but for its go.mod, and has that one finding; with the edit below it, it has none.\n" +
		contents.String() + manuals.String()
}

// markdown writes prose in which nothing is markup.
func markdown(prose string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "<", `\<`, "[", `\[`, "`", "\\`").Replace(prose)
}

// fenced writes a code block. An archive is in no language.
func fenced(code, language string) string {
	if strings.HasPrefix(code, "-- ") {
		language = ""
	}
	return "```" + language + "\n" + code + "```\n"
}
