package lsp

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
	"github.com/reactorgen/reactor/weights"
)

// values proposes what an argument may be; a key that is empty is the name in front.
// The argument is nil where there is none yet.
func (c *completer) values(ctx context.Context, v scanner.Verb, key string, arg *scanner.Arg) {
	switch v.Name + " " + key {
	case "model name", "command ", "message ":
		if name := c.below().nameFor(v.Name); name != "" {
			c.propose(proposal{text: name, kind: kindValue, detail: "of " + c.below().name})
		}
	case "param ":
		c.params()
	case "ignore ":
		c.codes()
	case "model weights":
		c.weights(arg)
	case "model config":
		c.configs(ctx)
	}
	for _, text := range choices(v.Name, key) {
		c.propose(proposal{text: text, kind: kindEnumMember})
	}
}

// choices are the only values of a key of a directive, if there are such.
func choices(verb, key string) []string {
	if verb == "track" && key == "kind" {
		return []string{"video", "audio"}
	}
	return nil
}

// codes proposes the codes that may be ignored.
func (c *completer) codes() {
	for _, code := range diag.Codes() {
		if code.Ignorable() {
			c.propose(proposal{text: string(code), kind: kindEnumMember, detail: code.Title(), doc: code.URL()})
		}
	}
}

// params proposes the parameters of the method below that have no directive yet.
func (c *completer) params() {
	for _, p := range c.below().params {
		if !slices.Contains(c.described(), p.name) {
			c.propose(proposal{text: p.name, kind: kindVariable, detail: p.typ})
		}
	}
}

// described are the parameters that other directives of the same comment are about.
func (c *completer) described() (names []string) {
	for _, step := range []int{-1, 1} {
		for line := c.line + step; strings.HasPrefix(strings.TrimSpace(c.src.Line(line)), "//"); line += step {
			d, ok := scanner.DirectiveOn(c.src, line)
			if ok && d.Verb == "param" && len(d.Args) > 0 {
				names = append(names, d.Args[0].Value)
			}
		}
	}
	return names
}

// weights proposes names of weights: of folders in the project, and of those that are
// locked, unless the list has them already.
func (c *completer) weights(arg *scanner.Arg) {
	names := weightsIn(c.project.Dir)
	c.span = span{c.offset, c.offset}
	for _, item := range arg.Items(c.src) {
		if item.Text != "" && spanOf(item.Range).has(c.offset) {
			c.span = spanOf(item.Range)
			continue
		}
		names = slices.DeleteFunc(names, func(name string) bool { return name == item.Text })
	}
	for _, name := range names {
		c.propose(proposal{text: name, kind: kindFolder})
	}
}

// weightsIn are the names of the weights that a project has or knows of.
func weightsIn(dir string) (names []string) {
	folders, _ := os.ReadDir(filepath.Join(dir, "weights")) // there may be none
	for _, f := range folders {
		if info, err := os.Stat(filepath.Join(dir, "weights", f.Name())); err == nil && info.IsDir() && weights.CheckName(f.Name()) == nil {
			names = append(names, f.Name())
		}
	}
	lock, _ := weights.ParseLock(weights.LockName, []byte(read(filepath.Join(dir, weights.LockName)))) // check says what is wrong with it
	for _, w := range lock {
		names = append(names, w.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func isWeightsRune(r rune) bool { return weights.CheckName(string(r)) == nil }

// configs proposes the YAML files of the project, those near its root first.
func (c *completer) configs(ctx context.Context) {
	for _, name := range yamlFiles(ctx, c.project.Dir) {
		c.propose(proposal{text: name, kind: kindFile})
	}
}

// mostVisited is how many files and folders of a project are looked at for those that
// are proposed.
const mostVisited = 5000

// yamlFiles are the YAML files below a folder, those near it first; of a large one,
// no more than are found soon. Names that a directive would have to quote are left
// out.
func yamlFiles(ctx context.Context, dir string) (names []string) {
	visited := 0
	for folders := []string{"."}; len(folders) > 0 && visited < mostVisited && ctx.Err() == nil; folders = folders[1:] {
		entries, _ := os.ReadDir(filepath.Join(dir, folders[0])) // what cannot be read has nothing to propose
		visited += len(entries)
		for _, e := range entries {
			name := filepath.Join(folders[0], e.Name())
			switch slashed := filepath.ToSlash(name); {
			case strings.HasPrefix(e.Name(), "."), strings.ContainsAny(e.Name(), " \t\"`,="):
			case e.IsDir() && isPart(dir, name, e):
				folders = append(folders, name)
			case !e.IsDir() && isYAMLName(e.Name()):
				names = append(names, slashed)
			}
		}
	}
	return names
}

// isPart tells whether a folder is a part of the module that it is in.
func isPart(dir, name string, e fs.DirEntry) bool {
	if slices.Contains([]string{"vendor", "node_modules", "testdata"}, e.Name()) {
		return false
	}
	_, err := os.Lstat(filepath.Join(dir, name, "go.mod"))
	return err != nil
}

func isYAMLName(name string) bool {
	ext := filepath.Ext(name)
	return ext == ".yaml" || ext == ".yml"
}
