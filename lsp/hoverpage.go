package lsp

import "strings"

// hoverPage is what a hover shows, in the form that the client can.
type hoverPage struct {
	markdown bool
	parts    []string
}

// escapes keep a text of somebody's from being taken for Markdown.
var escapes = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "#", `\#`, "|", `\|`)

// prose adds a paragraph, or several.
func (p *hoverPage) prose(text string) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	if p.markdown {
		text = escapes.Replace(text)
	}
	p.parts = append(p.parts, text)
}

// code adds a text as it is, in a language.
func (p *hoverPage) code(language, text string) {
	text = strings.TrimRight(text, "\n")
	switch {
	case text == "":
		return
	case p.markdown:
		fence := "```"
		for strings.Contains(text, fence) {
			fence += "`"
		}
		text = fence + language + "\n" + text + "\n" + fence
	}
	p.parts = append(p.parts, text)
}

// link adds an address.
func (p *hoverPage) link(text, address string) {
	if p.markdown {
		p.parts = append(p.parts, "["+text+"]("+address+")")
		return
	}
	p.parts = append(p.parts, text+": "+address)
}

// list adds names with what there is to be said of each.
func (p *hoverPage) list(items [][2]string) {
	var lines []string
	for _, item := range items {
		switch {
		case p.markdown:
			lines = append(lines, "- `"+item[0]+"`: "+escapes.Replace(item[1]))
		default:
			lines = append(lines, item[0]+": "+item[1])
		}
	}
	if len(lines) > 0 {
		p.parts = append(p.parts, strings.Join(lines, "\n"))
	}
}

// content is the page for the protocol.
func (p *hoverPage) content() markupContent {
	kind := "plaintext"
	if p.markdown {
		kind = "markdown"
	}
	return markupContent{kind, strings.Join(p.parts, "\n\n")}
}
