package scanner_test

import (
	"path"
	"regexp"
	"strings"
)

var (
	directiveLine   = regexp.MustCompile(`(?m)^//reactor:.*\n`)
	declarationLine = regexp.MustCompile(`(?m)^(type|func) `)
)

func dirOf(p string) string { return path.Dir(p) + "/" }

// fileEdits are those of files and folders.
func fileEdits() []edit {
	return []edit{
		{"a file less", func(w *worktree) bool {
			delete(w.files, w.goFile())
			return true
		}},
		{"a file by another name", func(w *worktree) bool {
			p := w.goFile()
			stem := strings.TrimSuffix(p, ".go")
			return w.rename(p, one(w.Rand, stem+"_test.go", stem+"_windows.go", stem+"_linux.go", stem+"2.go", stem+".go.orig", stem+".Go", dirOf(p)+"_"+path.Base(p), dirOf(p)+"."+path.Base(p), stem))
		}},
		{"a file by its name again", func(w *worktree) bool {
			for _, p := range w.match(func(p string) bool {
				return strings.HasSuffix(p, "2.go") || strings.HasSuffix(p, ".orig") || strings.HasSuffix(p, "_windows.go")
			}) {
				return w.rename(p, strings.NewReplacer("2.go", ".go", ".orig", "", "_windows.go", ".go").Replace(p))
			}
			return false
		}},
		{"a file in another folder", func(w *worktree) bool { p := w.goFile(); return w.rename(p, dirOf(w.goFile())+path.Base(p)) }},
		{"two files in each other's place", func(w *worktree) bool {
			a, b := w.goFile(), w.goFile()
			return a != b && w.rename(a, "app/swap~") && w.rename(b, a) && w.rename("app/swap~", b)
		}},
		{"a copy", func(w *worktree) bool {
			p := w.goFile()
			w.files[one(w.Rand, dirOf(p)+"copy.go", dirOf(w.goFile())+"copy.go", dirOf(p)+"copy/copy.go", dirOf(p)+"testdata/copy.go")] = w.files[p]
			return true
		}},
		{"a folder by another name", func(w *worktree) bool {
			dir := path.Dir(w.goFile())
			return strings.Count(dir, "/") > 0 && w.rename(dir, one(w.Rand, dir+"2", path.Dir(dir)+"/testdata", path.Dir(dir)+"/_"+path.Base(dir), path.Dir(dir)+"/internal", "app/moved", path.Dir(dir)+"/vendor"))
		}},
		{"a folder by its name again", func(w *worktree) bool {
			for _, p := range w.match(func(p string) bool { return strings.Contains(p, "2/") || strings.Contains(p, "/_") }) {
				dir := path.Dir(p)
				return w.rename(dir, path.Dir(dir)+"/"+strings.TrimPrefix(strings.TrimSuffix(path.Base(dir), "2"), "_"))
			}
			return false
		}},
		{"two folders in each other's place", func(w *worktree) bool {
			a, b := path.Dir(w.goFile()), path.Dir(w.goFile())
			return a != b && strings.Count(a, "/") > 0 && strings.Count(b, "/") > 0 && w.rename(a, "app/swap~") && w.rename(b, a) && w.rename("app/swap~", b)
		}},
		{"a folder less", func(w *worktree) bool {
			dir := path.Dir(w.goFile())
			if strings.Count(dir, "/") == 0 {
				return false
			}
			for _, p := range w.below(dir) {
				delete(w.files, p)
			}
			return true
		}},
		{"a package more", func(w *worktree) bool {
			name := "n" + strings.ToLower(w.number())
			w.files["app/"+name+"/"+name+".go"] = "package " + name + "\n\n// N is new.\nconst N = 1\n"
			if w.IntN(2) == 0 {
				return w.replace(w.goFile(), regexp.MustCompile(`(?m)^(package \w+)$`), "$1\n\nimport _ \""+w.packageOf("app/"+name+"/x.go")+"\"")
			}
			return true
		}},
		{"a file more", func(w *worktree) bool {
			dir := dirOf(w.goFile())
			name := one(w.Rand, "more.go", "more.c", "more.h", "more.s", "more.txt", "more.go~", "more_linux.go", "more_windows.go", "more.yaml", "doc.go")
			w.files[dir+name] = one(w.Rand, "package "+path.Base(dir)+"\n", "package more\n", "package "+path.Base(dir)+"\n\nvar More = 1\n", "", "x: 1\n")
			return true
		}},
		{"a file behind a link", func(w *worktree) bool {
			p := w.goFile()
			text, to := w.files[p], "beside/"+w.number()+".go"
			if !strings.HasPrefix(p, "app/") {
				return false
			}
			delete(w.files, p)
			w.files[to], w.links[p] = text, w.name(to)
			w.likely = append(w.likely, to)
			return true
		}},
		{"a link to a file", func(w *worktree) bool {
			w.links[dirOf(w.goFile())+"linked.go"] = w.name(w.goFile())
			return true
		}},
		{"a link to a folder", func(w *worktree) bool {
			w.links[dirOf(w.goFile())+"linked"] = w.name(path.Dir(w.goFile()))
			return true
		}},
		{"a link to nothing", func(w *worktree) bool {
			w.links[dirOf(w.goFile())+"gone.go"] = "nothing.go"
			return true
		}},
		{"no links", func(w *worktree) bool {
			any := len(w.links) > 0
			clear(w.links)
			return any
		}},
	}
}
