package scanner_test

import (
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"
)

// edit is one way to change a project. It says no where the project has nothing of
// the kind.
type edit struct {
	name string
	do   func(*worktree) bool
}

// edits are all ways to change a project.
func edits() []edit {
	return slices.Concat(codeEdits(), directiveEdits(), fileEdits(), moduleEdits(), configEdits(), mainEdits())
}

func one[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// goFile picks a Go file: often the model's or one of those below it, as they
// matter most.
func (w *worktree) goFile() string {
	all := w.match(func(p string) bool { return strings.HasSuffix(p, ".go") && !strings.HasPrefix(p, "api/") })
	if w.IntN(12) == 0 {
		all = w.match(func(p string) bool { return strings.HasSuffix(p, ".go") })
	}
	if models := w.match(func(p string) bool {
		return strings.HasPrefix(p, "app/") && strings.Contains(w.files[p], "\n//reactor:")
	}); len(models) > 0 && w.IntN(4) == 0 {
		return one(w.Rand, models...)
	}
	if likely := slices.DeleteFunc(slices.Clone(w.likely), func(p string) bool { return w.files[p] == "" }); len(likely) > 0 && w.IntN(3) > 0 {
		return one(w.Rand, likely...)
	}
	return one(w.Rand, all...)
}

// model is the file with the model's directive, or the one that had it.
func (w *worktree) model() string {
	all := w.match(func(p string) bool {
		return strings.HasPrefix(p, "app/") && strings.HasSuffix(p, ".go") && strings.Contains(w.files[p], "\n//reactor:model")
	})
	if len(all) == 0 {
		return w.goFile()
	}
	return one(w.Rand, all...)
}

// replace replaces one match in a file.
func (w *worktree) replace(p string, pattern *regexp.Regexp, with string) bool {
	text := w.files[p]
	all := pattern.FindAllStringSubmatchIndex(text, -1)
	if len(all) == 0 {
		return false
	}
	at := one(w.Rand, all...)
	w.files[p] = text[:at[0]] + string(pattern.ExpandString(nil, with, text, at)) + text[at[1]:]
	return w.files[p] != text
}

// add appends to a file.
func (w *worktree) add(p, text string) bool {
	w.files[p] += text
	return true
}

// lineEdit is an edit of one line that matches, in a file that pick picks.
func lineEdit(name string, pick func(*worktree) string, pattern string, with ...string) edit {
	re := regexp.MustCompile(pattern)
	return edit{name, func(w *worktree) bool { return w.replace(pick(w), re, one(w.Rand, with...)) }}
}

// appendix is an edit that appends one of some texts, in which N is a number.
func appendix(name string, pick func(*worktree) string, texts ...string) edit {
	return edit{name, func(w *worktree) bool {
		return w.add(pick(w), strings.ReplaceAll(one(w.Rand, texts...), "NUM", w.number()))
	}}
}

func (w *worktree) number() string {
	return string(rune('A'+w.IntN(26))) + string(rune('a'+w.IntN(26)))
}

// packageOf is the import path of a file of the project.
func (w *worktree) packageOf(p string) string {
	module := regexp.MustCompile(`(?m)^module (\S+)`).FindStringSubmatch(w.files["app/go.mod"])
	if module == nil {
		return "example.com/app"
	}
	return strings.TrimSuffix(path.Join(module[1], strings.TrimPrefix(path.Dir(p)+"/", "app/")), "/")
}
