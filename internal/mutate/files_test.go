package mutate

import (
	"path"
	"regexp"
	"strings"
)

// fileBreakages are mistakes in the module's and the configuration's files, and
// in the place and build of the model's.
func fileBreakages() []breakage {
	return []breakage{
		{"build tag", true, func(m *mutation) bool {
			return m.splice(m.model, 0, 0, pick(m, []string{"//go:build cuda\n\n", "//go:build ignore\n\n", "//go:build windows && !cgo && cuda\n\n",
				"//go:build !reactorgen\n\n", "//go:build go1.999\n\n"}))
		}},
		{"moved out of the build", true, func(m *mutation) bool {
			stem := strings.TrimSuffix(path.Base(m.model), ".go")
			return m.rename(m.model, pick(m, []string{stem + "_test.go", stem + "_plan9.go", stem + "_s390x.go", "_" + stem + ".go", "." + stem + ".go",
				"testdata/" + stem + ".go", "_old/" + stem + ".go", ".old/" + stem + ".go", "vendor/example.com/x/" + stem + ".go"}))
		}},
		{"in a nested module", true, func(m *mutation) bool {
			m.files["sub/go.mod"] = "module example.com/sub\n\ngo 1.26.0\n"
			return m.rename(m.model, "sub/"+path.Base(m.model))
		}},
		{"import cycle", true, (*mutation).cycle},
		{"no go.mod", true, func(m *mutation) bool { return m.remove("go.mod") }},
		{"no go.sum", false, func(m *mutation) bool { return m.remove("go.sum") }},
		{"line of go.mod deleted", false, func(m *mutation) bool {
			from, to := m.someLine(m.files["go.mod"])
			return m.splice("go.mod", from, to, "")
		}},
		{"go.mod truncated", false, func(m *mutation) bool {
			return m.splice("go.mod", m.IntN(len(m.files["go.mod"])), len(m.files["go.mod"]), "")
		}},
		{"random bytes in go.mod", false, func(m *mutation) bool { return m.randomBytes("go.mod") }},
		{"no require or replace", true, func(m *mutation) bool {
			at := pick(m, apiLine.FindAllStringIndex(m.files["go.mod"], -1))
			return m.splice("go.mod", at[0], at[1], "")
		}},
		{"lines of go.sum deleted", false, func(m *mutation) bool {
			for range 1 + m.IntN(20) {
				from, to := m.someLine(m.files["go.sum"])
				m.splice("go.sum", from, to, "")
			}
			return true
		}},
		{"random bytes in go.sum", false, func(m *mutation) bool { return m.randomBytes("go.sum") }},
		{"no configuration", true, func(m *mutation) bool { return m.remove(m.yaml()) }},
		{"configuration broken", true, func(m *mutation) bool {
			name := m.yaml()
			if name == "" {
				return false
			}
			end := len(m.files[name])
			return m.splice(name, end, end, pick(m, []string{"a: b: c\n", "\ttab: 1\n", "key: \"open\n", "list: [1, 2\n", "- item\n", "k: {a: 1\n", "x: *nobody\n"}))
		}},
		{"random bytes in the configuration", false, func(m *mutation) bool { return m.yaml() != "" && m.randomBytes(m.yaml()) }},
	}
}

// apiLine is a line of go.mod that is about our module.
var apiLine = regexp.MustCompile(`(?m)^(require|replace) ` + regexp.QuoteMeta(api) + `.*\n`)

func (m *mutation) remove(name string) bool {
	_, ok := m.files[name]
	delete(m.files, name)
	m.file, m.note = name, "removed"
	return ok
}

func (m *mutation) rename(from, to string) bool {
	m.note = from + " -> " + to
	m.files[to] = m.files[from]
	delete(m.files, from)
	m.file, m.line = to, lineOf(m.files[to], directive)
	return true
}

// lineOf is the line of a text's first match, or 0.
func lineOf(text string, match *regexp.Regexp) int {
	at := match.FindStringIndex(text)
	if at == nil {
		return 0
	}
	return 1 + strings.Count(text[:at[0]], "\n")
}

var modulePath = regexp.MustCompile(`(?m)^module (\S+)`)

// cycle lets the model's package import one that imports it.
func (m *mutation) cycle() bool {
	module := modulePath.FindStringSubmatch(m.files["go.mod"])[1]
	m.files["around/around.go"] = "package around\n\nimport _ \"" + module + "\"\n"
	at := packageClause.FindStringIndex(m.files[m.model])[1]
	return m.splice(m.model, at, at, "\n\nimport _ \""+module+"/around\"\n")
}
