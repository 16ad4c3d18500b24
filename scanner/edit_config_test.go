package scanner_test

import "strings"

// configEdits are those of configurations.
func configEdits() []edit {
	yaml := func(w *worktree) string {
		all := w.match(func(p string) bool { return strings.HasPrefix(p, "app/") && strings.HasSuffix(p, ".yaml") })
		if len(all) == 0 {
			return "app/configs/default.yaml"
		}
		if w.IntN(2) == 0 {
			return all[0]
		}
		return one(w.Rand, all...)
	}
	return []edit{
		lineEdit("a value", yaml, `(?m): (\S+)$`, ": 2", ": 7.5", ": text", ": [1]", ": fast", ":", ": \"", ": *none", ": ${HOME}"),
		lineEdit("a key", yaml, `(?m)^( *)(\w+):`, "${1}${2}s:", "${1}steps:", "$1$2 :", "$1\t$2:", "${1}# $2:"),
		appendix("a key more", yaml, "more: 1\n", "speed: 2\n", "lens:\n  aperture: 1\n", "  x: 1\n", "---\n", "# A comment.\n"),
		lineEdit("a line less of a configuration", yaml, `(?m)^.*\n`, "", "$0$0"),
		{"a configuration by another name", func(w *worktree) bool {
			p := yaml(w)
			return w.rename(p, one(w.Rand, dirOf(p)+"other.yaml", dirOf(p)+"default.yaml", dirOf(p)+"default.yml", "app/other.yaml"))
		}},
		{"a configuration less", func(w *worktree) bool {
			delete(w.files, yaml(w))
			return true
		}},
		{"a configuration again", func(w *worktree) bool {
			w.files["app/configs/default.yaml"] = one(w.Rand, smallTree()["app/configs/default.yaml"], "speed: 1\n", "")
			return true
		}},
		lineEdit("what a configuration goes into", func(w *worktree) string { return one(w.Rand, "app/settings/settings.go", "app/list/list.go") }, `(?m)^(\t[A-Z]\w+ +)(\w+)`, "${1}int", "${1}string", "${1}*$2", "${1}[]$2", "${1}map[string]$2"),
		lineEdit("a comment of a configuration", func(*worktree) string { return "app/settings/settings.go" }, `// (\w+)`, "// $1 so", "// Another", "//"),
		lineEdit("a mode", func(*worktree) string { return "app/settings/settings.go" }, `= "(\w+)"`, "= \"slow\"", "= \"${1}er\"", "= Mode(\"x\")"),
	}
}
