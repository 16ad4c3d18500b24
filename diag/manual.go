package diag

import (
	"embed"
	"io/fs"
	"strings"
)

// Manual is what there is to read about a code: the doc comment of its constant,
// which these files of the package are embedded for.
//
//	RG118 is a name of weights that the list has twice.     Text
//
//	Why it matters.
//
//	Example:
//
//		//reactor:model name=plasma weights=vae,vae        Example
//
//	Cure: name it once.                                     Cure
//
//		-//reactor:model name=plasma weights=vae,vae        Edit
//		+//reactor:model name=plasma weights=vae
type Manual struct {
	Code Code

	// Title is the short form of what the code means.
	Title string

	// Text are the paragraphs that say what the code means and why it matters,
	// wrapped as in the source.
	Text string

	// Example is a project for which exactly this is reported: one Go file, or a
	// txtar archive. What it lacks of a go.mod and go.sum goes without saying.
	Example string

	// Cure says what to do.
	Cure string

	// Edit cures the example: lines of it to take away (-), to put in their place
	// (+) and to leave ( ), blank lines between the places. It is empty where no
	// edit does.
	Edit string
}

// The page of all manuals, docs/codes.md, is written by a test.
//
//go:generate go test -run TestPage . -update

//go:embed codes_*.go
var codeFiles embed.FS

// Explain returns the manual of a code, and false for a code that there is not.
func Explain(c Code) (Manual, bool) {
	m := Manual{Code: c, Title: c.Title()}
	if m.Title == "" {
		return m, false
	}
	text, cure, _ := strings.Cut(docComment(c), "\nCure: ")
	text, example, _ := strings.Cut(text, "\nExample:\n")
	m.Text, m.Example = strings.TrimSpace(text), block(example)
	prose, edit, _ := strings.Cut(cure, "\n\n")
	m.Cure, m.Edit = strings.TrimSpace(prose), block(edit)
	return m, true
}

// docComment returns the text of the comment above a code's constant, or "".
func docComment(c Code) string {
	var doc []string
	for _, source := range sources() {
		above, _, ok := strings.Cut(source, "\n\t"+string(c)+" Code = ")
		if !ok {
			continue
		}
		lines := strings.Split(above, "\n")
		first := len(lines)
		for first > 0 && strings.HasPrefix(lines[first-1], "\t//") {
			first--
		}
		for _, line := range lines[first:] {
			doc = append(doc, strings.TrimPrefix(strings.TrimPrefix(line, "\t//"), " "))
		}
	}
	return strings.Join(doc, "\n") + "\n"
}

// sources are the texts of the files that declare codes.
func sources() (texts []string) {
	names, _ := fs.Glob(codeFiles, "*.go") // the pattern is good
	for _, name := range names {
		text, _ := codeFiles.ReadFile(name) // it is in this binary
		texts = append(texts, strings.ReplaceAll(string(text), "\r\n", "\n"))
	}
	return texts
}

// block takes the indent off a code block.
func block(text string) string {
	var lines []string
	for line := range strings.Lines(strings.Trim(text, "\n")) {
		lines = append(lines, strings.TrimPrefix(line, "\t"))
	}
	if len(lines) == 0 {
		return ""
	}
	return strings.TrimSuffix(strings.Join(lines, ""), "\n") + "\n"
}
