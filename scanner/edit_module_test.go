package scanner_test

import (
	"path"
	"regexp"
	"strings"
)

// moduleEdits are those of go.mod, go.work, and of folders of other modules.
func moduleEdits() []edit {
	mod := func(w *worktree) string { return one(w.Rand, "app/go.mod", "app/go.mod", "app/go.mod", "lib/go.mod") }
	return []edit{
		lineEdit("a language version", mod, `(?m)^go .*$`, "go 1.26", "go 1.21", "go 1.17", "go 1.25.0", "go 1.99", "go x", ""),
		lineEdit("a module's path", mod, `(?m)^module .*$`, "module example.com/app", "module example.com/other", "module example.com/app/v2", "modul x"),
		appendix("a line of go.mod", mod, "\nrequire example.com/nowhere v1.0.0\n", "\nexclude example.com/lib v0.1.0\n", "\nignore ./paint\n", "\nignore ./aside\n", "\nignore scene\n",
			"\ntoolchain go1.26.0\n", "\n// A comment.\n", "\nretract v0.0.1\n", "\nnonsense\n", "\nreplace example.com/lib => ../lib2\n", "\ntool example.com/app/tool\n", "\ngodebug panicnil=1\n"),
		lineEdit("a replacement", mod, `=> \.\./lib`, "=> ../lib2", "=> ./lib", "=> ../beside", "=> ../lib"),
		lineEdit("a requirement less", mod, `(?m)^(require|replace|exclude|ignore|retract|tool).*\n`, ""),
		{"the other module in two folders", func(w *worktree) bool {
			for _, p := range w.below("lib") {
				w.files["lib2"+strings.TrimPrefix(p, "lib")] = strings.ReplaceAll(w.files[p], "100", "200")
			}
			return true
		}},
		{"the other module moves", func(w *worktree) bool { return w.rename("lib", "lib2") || w.rename("lib2", "lib") }},
		{"a go.work", func(w *worktree) bool {
			w.files[one(w.Rand, "app/go.work", "go.work")] = one(w.Rand, "go 1.26\n\nuse ./app\n", "go 1.26\n\nuse .\n", "go 1.26\n\nuse (\n\t.\n\t../lib\n)\n", "go 1.26\n\nuse (\n\t./app\n\t./lib\n)\n", "go 1.20\n\nuse .\n", "nonsense\n", "go 1.26\n\nuse ./nothing\n",
				"go 1.26\n\nuse (\n\t./app\n\t./app/nested\n)\n")
			return true
		}},
		{"no go.work", func(w *worktree) bool {
			any := w.has("app/go.work") || w.has("go.work")
			delete(w.files, "app/go.work")
			delete(w.files, "go.work")
			return any
		}},
		{"a go.mod in a folder", func(w *worktree) bool {
			dir := path.Dir(w.goFile())
			if dir == "app" || !strings.HasPrefix(dir, "app/") {
				return false
			}
			w.files[dir+"/go.mod"] = one(w.Rand, "module "+w.packageOf(dir+"/x.go")+"\n\ngo 1.26\n", "module example.com/nested2\n", "")
			return true
		}},
		{"no go.mod in a folder", func(w *worktree) bool {
			for _, p := range w.match(func(p string) bool { return strings.Count(p, "/") > 1 && path.Base(p) == "go.mod" }) {
				delete(w.files, p)
				return true
			}
			return false
		}},
		{"no go.mod", func(w *worktree) bool {
			delete(w.files, mod(w))
			return true
		}},
		{"a go.sum", func(w *worktree) bool {
			w.files["app/go.sum"] += one(w.Rand, "example.com/nowhere v1.0.0/go.mod h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "nonsense\n", "\n")
			return true
		}},
		{"vendoring", (*worktree).vendor},
		{"no vendoring", func(w *worktree) bool {
			all := w.below("app/vendor")
			for _, p := range all {
				delete(w.files, p)
			}
			return len(all) > 0
		}},
		lineEdit("a vendored file", func(w *worktree) string {
			if all := w.below("app/vendor"); len(all) > 0 {
				return one(w.Rand, all...)
			}
			return ""
		}, `(?m)^(# |## |// |type |const )`, "$1// ", "$0x", "\n$1", "// $1"),
	}
}

var requireLine = regexp.MustCompile(`(?m)^(?:require|\t)\s*(\S+) (v0\.0\.0)$`)

// vendor copies the modules in folders to where "go mod vendor" would.
func (w *worktree) vendor() bool {
	modules := "## workspace\n"
	if !w.has("app/go.work") && !w.has("go.work") {
		modules = ""
	}
	for _, m := range requireLine.FindAllStringSubmatch(w.files["app/go.mod"], -1) {
		from := map[string]string{"github.com/reactorgen/reactor": "api"}[m[1]]
		if from == "" {
			from = path.Base(m[1])
		}
		modules += "# " + m[1] + " " + m[2] + " => ../" + from + "\n## explicit; go 1.26\n"
		dirs := make(map[string]bool)
		for _, p := range w.below(from) {
			if strings.HasSuffix(p, ".go") && !strings.HasSuffix(p, "_test.go") {
				w.files["app/vendor/"+m[1]+strings.TrimPrefix(p, from)] = w.files[p]
				if dir := path.Dir(m[1] + strings.TrimPrefix(p, from)); !dirs[dir] {
					dirs[dir] = true
					modules += dir + "\n"
				}
			}
		}
		modules += ""
	}
	for _, m := range requireLine.FindAllStringSubmatch(w.files["app/go.mod"], -1) {
		from := path.Base(m[1])
		if m[1] == "github.com/reactorgen/reactor" {
			from = "api"
		}
		modules += "# " + m[1] + " => ../" + from + "\n"
	}
	w.files["app/vendor/modules.txt"] = modules
	return true
}
