package mutate

import (
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// codeBreakages are mistakes in the Go code of the model's package.
func codeBreakages() []breakage {
	return []breakage{
		{"bracket deleted", false, func(m *mutation) bool {
			path := m.someCode()
			at := pick(m, tokens(m.files[path], token.LPAREN, token.RPAREN, token.LBRACE, token.RBRACE, token.LBRACK, token.RBRACK))
			return at > 0 && m.splice(path, at, at+1, "")
		}},
		{"bracket inserted", false, func(m *mutation) bool {
			path := m.someCode()
			at := pick(m, tokens(m.files[path], token.IDENT, token.SEMICOLON))
			return at > 0 && m.splice(path, at, at, pick(m, []string{"(", ")", "{", "}", "[", "]"}))
		}},
		{"quote deleted", false, (*mutation).quoteDeleted},
		{"quote inserted", false, func(m *mutation) bool {
			path := m.someCode()
			at := m.IntN(len(m.files[path]))
			return m.splice(path, at, at, pick(m, []string{`"`, "`", "'", "/*"}))
		}},
		{"import misspelt", true, (*mutation).importMisspelt},
		{"import deleted", false, (*mutation).importDeleted},
		{"package renamed", false, func(m *mutation) bool {
			path := m.someCode()
			at := packageClause.FindStringSubmatchIndex(m.files[path])
			return m.splice(path, at[2], at[3], pick(m, []string{"other", "my-package", "9", "func", m.typo(m.files[path][at[2]:at[3]], 1)}))
		}},
		{"conflict markers", false, (*mutation).conflict},
		{"truncated", false, func(m *mutation) bool {
			path := m.someCode()
			return m.splice(path, m.IntN(len(m.files[path])), len(m.files[path]), "")
		}},
		{"line deleted", false, func(m *mutation) bool {
			path := m.someCode()
			from, to := m.someLine(m.files[path])
			return m.splice(path, from, to, "")
		}},
		{"line twice", false, func(m *mutation) bool {
			path := m.someCode()
			from, to := m.someLine(m.files[path])
			return m.splice(path, to, to, m.files[path][from:to])
		}},
		{"random bytes", false, func(m *mutation) bool { return m.randomBytes(m.someCode()) }},
		{"empty file", false, func(m *mutation) bool {
			path := pick(m, m.code())
			return m.splice(path, 0, len(m.files[path]), "")
		}},
	}
}

// tokens returns the offsets of a file's tokens of some kinds.
func tokens(text string, kinds ...token.Token) (offsets []int) {
	file := token.NewFileSet().AddFile("", -1, len(text))
	var s scanner.Scanner
	s.Init(file, []byte(text), nil, 0)
	for {
		pos, tok, _ := s.Scan()
		if tok == token.EOF {
			return offsets
		}
		if slices.Contains(kinds, tok) {
			offsets = append(offsets, file.Offset(pos))
		}
	}
}

func (m *mutation) quoteDeleted() bool {
	path := m.someCode()
	text := m.files[path]
	start := pick(m, tokens(text, token.STRING))
	if start == 0 {
		return false
	}
	if m.IntN(2) == 0 {
		return m.splice(path, start, start+1, "")
	}
	end := start + 1 + strings.IndexByte(text[start+1:], text[start])
	return m.splice(path, end, end+1, "")
}

// imports returns where the import paths of a file are, without their quotes.
func imports(text string) (places [][2]int) {
	file, _ := parser.ParseFile(token.NewFileSet(), "", text, parser.ImportsOnly)
	for _, spec := range file.Imports {
		places = append(places, [2]int{int(spec.Path.Pos() - file.FileStart + 1), int(spec.Path.End() - file.FileStart - 1)})
	}
	return places
}

func (m *mutation) importMisspelt() bool {
	path := m.someCode()
	at := pick(m, imports(m.files[path]))
	if at[0] == 0 {
		return false
	}
	word := m.files[path][at[0]:at[1]]
	return m.splice(path, at[0], at[1], m.typo(word, 1+m.IntN(2)))
}

// importDeleted deletes the line of an import.
func (m *mutation) importDeleted() bool {
	path := m.someCode()
	text := m.files[path]
	at := pick(m, imports(text))
	if at[0] == 0 {
		return false
	}
	from := 1 + strings.LastIndexByte(text[:at[0]], '\n')
	return m.splice(path, from, at[1]+1+strings.IndexByte(text[at[1]:], '\n'), "")
}

// conflict puts the marks of an unfinished merge around some lines.
func (m *mutation) conflict() bool {
	path := m.someCode()
	text := m.files[path]
	from, _ := m.someLine(text)
	to := from
	for range 1 + m.IntN(5) {
		to += 1 + max(strings.IndexByte(text[to:], '\n'), 0)
	}
	to = min(to, len(text))
	ours := text[from:to]
	m.note = "around " + quote(ours)
	return m.splice(path, from, to, "<<<<<<< HEAD\n"+ours+"=======\n"+ours+">>>>>>> feature\n")
}

// someLine is where a line of a text begins and where the next one does.
func (m *mutation) someLine(text string) (from, to int) {
	from = 1 + strings.LastIndexByte(text[:m.IntN(len(text))], '\n')
	to = strings.IndexByte(text[from:], '\n')
	if to < 0 {
		return from, len(text)
	}
	return from, from + to + 1
}

func (m *mutation) randomBytes(path string) bool {
	at, noise := m.IntN(len(m.files[path])), make([]byte, 1+m.IntN(8))
	for i := range noise {
		noise[i] = byte(m.IntN(256))
	}
	return m.splice(path, at, at, string(noise))
}
