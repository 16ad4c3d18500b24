package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// tool is a command line that is measured.
type tool struct {
	name string // as in the tables

	// program is the command, of go's or of one that is installed, and args what
	// it is given; {words} stand for what differs between trees.
	program string
	args    []string

	// finds tells that its exit status is not 0 when it found something.
	finds bool

	// not are the trees that it is not run on, and why.
	not map[string]string
}

// ours is the tool that the others are compared with.
const ours = "reactor-gen check"

// The tools that scenarios name.
const (
	goList   = "go list ./..."
	goDeps   = "go list -deps model"
	goVet    = "go vet model"
	goVetAll = "go vet ./..."
	loadOne  = "packages.Load model"
	loadAll  = "packages.Load ./..."
	loadDeps = "packages.Load model, deps from source"
	gitTool  = "git status"
)

var heavy = map[string]string{"k8s": "it would compile and check all of kubernetes, with its tests"}

func tools() []tool {
	return []tool{
		{name: ours, program: "reactor-gen", args: []string{"check"}},
		{name: gitTool, program: "git", args: []string{"--git-dir={git}", "--work-tree=.", "status", "--porcelain"}},
		{name: goDeps, program: "go", args: []string{"list", "-e", "-deps", "-json=ImportPath,Dir,GoFiles,Imports,Error,Module", "{model}"}},
		{name: goList, program: "go", args: []string{"list", "./..."}},
		{name: loadOne, program: "load", args: []string{"{model}"}},
		{name: loadAll, program: "load", args: []string{"./..."}},
		{name: loadDeps, program: "load", args: []string{"-all", "{model}"}},
		{name: goVet, program: "go", args: []string{"vet", "{model}"}, finds: true},
		{name: goVetAll, program: "go", args: []string{"vet", "./..."}, finds: true, not: heavy},
		{name: "stringer", program: "stringer", args: []string{"-type", "Shade", "-output", "{out}/shade_string.go", "{model}"}},
		{name: "controller-gen object", program: "controller-gen", args: []string{"object", "paths={model}", "output:dir={out}"}},
		{name: "mockery", program: "mockery", args: []string{"--config", "{out}/mockery.yml", "--log-level", "error"}},
		{name: "goverter gen", program: "goverter", args: []string{"gen", "-g", "output:file {out}/converter.go", "-g", "output:package example.com/out", "{model}"}},
		{name: "wire check", program: "wire", args: []string{"check", "{model}"}},
		{name: "staticcheck model", program: "staticcheck", args: []string{"{model}"}, finds: true},
		{name: "staticcheck ./...", program: "staticcheck", args: []string{"./..."}, finds: true, not: heavy},
		{name: "gopls check", program: "gopls", args: []string{"check", "{file}"}, finds: true},
	}
}

// mockeryText is mockery's configuration: it takes no package as an argument.
const mockeryText = "packages:\n  %s:\n    config:\n      dir: %s\n      filename: drawer.go\n    interfaces:\n      Drawer: {}\n"

// writeConfigs makes the folder that tools write into, with what they read there.
// It is a module, because some ask where in the world of packages it is.
func writeConfigs(out, pkg string) error {
	if err := put(filepath.Join(out, "go.mod"), "module example.com/out\n"); err != nil {
		return err
	}
	return put(filepath.Join(out, "mockery.yml"), fmt.Sprintf(mockeryText, pkg, out))
}

// line is the command line on a tree, the program first.
func (t *tool) line(command string, words *strings.Replacer) []string {
	line := []string{command}
	for _, arg := range t.args {
		line = append(line, words.Replace(arg))
	}
	return line
}
