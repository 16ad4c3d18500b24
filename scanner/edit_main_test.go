package scanner_test

import (
	"strings"

	"github.com/reactorgen/reactor/gen"
)

// mainEdits are those of generated mains, and of lines that ask for them.
func mainEdits() []edit {
	main := func(w *worktree) string {
		all := w.match(isMain)
		if len(all) == 0 {
			return ""
		}
		return one(w.Rand, all...)
	}
	return []edit{
		{"a generated main", (*worktree).generate},
		{"a generated main", (*worktree).generate},
		lineEdit("an edited main", main, `(?m)^(\t|func |// ).*\n`, "$0$0", "", "$0// Edited.\n", "\n$0"),
		{"a main with other line ends", func(w *worktree) bool {
			p := main(w)
			w.files[p] = strings.ReplaceAll(w.files[p], "\n", "\r\n")
			return p != "" || w.forget(p)
		}},
		{"a main less", func(w *worktree) bool { return w.forget(main(w)) }},
		{"a main elsewhere", func(w *worktree) bool {
			return w.rename(main(w), one(w.Rand, "app/cmd/other/main.go", "app/paint/reactor_main.go", "app/cmd/longlive/main.go"))
		}},
		{"a main of one's own", func(w *worktree) bool {
			w.files["app/cmd/longlive/main.go"] = "package main\n\nfunc main() {\n}\n"
			return true
		}},
		{"a main's folder behind a link", func(w *worktree) bool {
			if len(w.below("app/cmd/longlive")) == 0 || !w.rename("app/cmd/longlive", one(w.Rand, "beside/longlive", "app/programs")) {
				return false
			}
			for _, dir := range []string{"beside/longlive", "app/programs"} {
				if len(w.below(dir)) > 0 {
					w.links["app/cmd/longlive"] = w.name(dir)
					w.likely = append(w.likely, w.below(dir)...)
				}
			}
			return true
		}},
		lineEdit("a line for go generate", (*worktree).goFile, `(?m)^(//go:generate .*|$)\n`, "", "//go:generate reactor-gen generate\n", "//go:generate go run github.com/reactorgen/reactor/cmd/reactor-gen generate\n", "//go:generate echo\n"),
	}
}

// generate writes the main of the project as it was scanned last.
func (w *worktree) generate() bool {
	if w.project == nil {
		return false
	}
	file, err := gen.Generate(w.project)
	if err != nil || w.links["app/cmd/longlive"] != "" {
		return false
	}
	w.files["app/"+file.Path] = string(file.Text)
	return true
}

func (w *worktree) forget(p string) bool {
	_, ok := w.files[p]
	delete(w.files, p)
	return ok && p != ""
}
