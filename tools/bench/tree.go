package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// tree is a Go project to measure on.
type tree struct {
	Name   string
	Story  string // what it is, for the page
	Module string // path@version, of the module that it is taken from; none: it is made

	// model is the folder of the model's package.
	model string
	// dep is a file of a package that the model imports, other one of a package
	// that it does not; each is followed by the line after which an edit of a
	// body goes.
	dep, other place
	// files are put into the tree, by their paths.
	files func() map[string]string
	// source fetches the module of the tree into the folder.
	source func(ctx context.Context, t *tree) error

	dir, git string // where it is, and the folder of its repository
}

// place is a line of a file.
type place struct{ file, line string }

// trees are those of the page, the smallest first.
func trees() []*tree {
	return []*tree{
		{
			Name: "small", Story: "a model, its main, two helpers",
			model: "model", dep: place{"frames/frames.go", "func Name(speed float64) string {"},
			other: place{"settings/settings.go", "func Port() int {"},
			files: func() map[string]string { return smallFiles(0) },
		},
		{
			Name: "medium", Story: "the same, and 98 generated packages",
			model: "model", dep: place{"frames/frames.go", "func Name(speed float64) string {"},
			other: place{"settings/settings.go", "func Port() int {"},
			files: func() map[string]string { return smallFiles(98) },
		},
		{
			Name: "prom", Story: "Prometheus, and a model that imports its labels",
			Module: "github.com/prometheus/prometheus@v0.316.0",
			model:  "reactormodel", dep: place{"model/labels/labels_common.go", "func (ls Labels) String() string {"},
			other: place{"web/api/v1/api.go", "func (api *API) Register(r *route.Router) {"},
			files: func() map[string]string {
				return modelFiles("reactormodel", `"github.com/prometheus/prometheus/model/labels"`, `labels.FromStrings("speed", "1").String()`)
			},
			source: fromModule,
		},
		{
			Name: "k8s", Story: "Kubernetes with its staging modules, and a model that imports its core API",
			Module: "k8s.io/kubernetes@v1.37.2",
			model:  "reactormodel", dep: place{"pkg/apis/core/taint.go", "func (t *Taint) ToString() string {"},
			other: place{"pkg/kubelet/kubelet.go", "func (kl *Kubelet) Run(ctx context.Context, updates <-chan kubetypes.PodUpdate) {"},
			files: func() map[string]string {
				return modelFiles("reactormodel", `core "k8s.io/kubernetes/pkg/apis/core"`, `string(core.PodRunning)`)
			},
			source: fromKubernetes,
		},
	}
}

// prepare makes the tree below a folder, unless it is there as it should be.
func (t *tree) prepare(ctx context.Context, dir, checkout string) error {
	t.dir, t.git = filepath.Join(dir, "trees", t.Name), filepath.Join(dir, "git", t.Name)
	stamp, want := t.git+".stamp", t.recipe(checkout)
	have, _ := os.ReadFile(stamp)
	if string(have) == want && t.untouched(ctx) {
		return nil
	}
	for _, old := range []string{t.dir, t.git, stamp} {
		if err := os.RemoveAll(old); err != nil {
			return err
		}
	}
	if err := t.make(ctx, checkout); err != nil {
		return err
	}
	return os.WriteFile(stamp, []byte(want), 0o666)
}

// recipe is equal for equal trees.
func (t *tree) recipe(checkout string) string {
	h := sha256.New()
	fmt.Fprintln(h, t.Module, checkout)
	for _, name := range []string{"go.mod", "go.sum"} { // a tree's own follow from them
		text, _ := os.ReadFile(filepath.Join(checkout, name))
		fmt.Fprintf(h, "%x\n", sha256.Sum256(text))
	}
	files := t.files()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%s %q\n", name, files[name])
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (t *tree) make(ctx context.Context, checkout string) error {
	if err := os.MkdirAll(t.dir, 0o777); err != nil {
		return err
	}
	if t.source != nil {
		if err := t.source(ctx, t); err != nil {
			return err
		}
	}
	for name, text := range t.files() {
		if err := put(filepath.Join(t.dir, filepath.FromSlash(name)), text); err != nil {
			return err
		}
	}
	if err := t.require(ctx, checkout); err != nil {
		return err
	}
	return t.commit(ctx)
}

func put(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o666)
}

// api is the module of the author's API, which is this checkout.
const api = "github.com/reactorgen/reactor"

// require adds the API to the tree's requirements, and completes them, from the
// network where it must.
func (t *tree) require(ctx context.Context, checkout string) error {
	for _, args := range [][]string{
		{"mod", "edit", "-require=" + api + "@v0.0.0", "-replace=" + api + "=" + checkout},
		{"list", "-mod=mod", "-e", "-deps", "-test", "./..."},
	} {
		cmd := exec.CommandContext(ctx, "go", args...)
		cmd.Dir, cmd.Env = t.dir, append(os.Environ(), "GOWORK=off")
		if err := output(cmd); err != nil {
			return err
		}
	}
	return nil
}

// commit makes a repository of the tree, outside of it, so that the go command
// does not ask git for the state of what it builds.
func (t *tree) commit(ctx context.Context) error {
	if err := os.MkdirAll(filepath.Dir(t.git), 0o777); err != nil {
		return err
	}
	for _, args := range [][]string{
		{"init", "-q"}, {"add", "-A", "-f"},
		{"-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "as made"},
	} {
		if err := output(t.gitCommand(ctx, args...)); err != nil {
			return err
		}
	}
	return nil
}

func (t *tree) gitCommand(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", append([]string{"--git-dir=" + t.git, "--work-tree=" + t.dir}, args...)...)
	cmd.Dir = t.dir
	return cmd
}

// untouched reports whether nothing changed since the tree was made.
func (t *tree) untouched(ctx context.Context) bool {
	if _, err := os.Stat(t.dir); err != nil {
		return false
	}
	status, err := t.gitCommand(ctx, "status", "--porcelain").Output()
	return err == nil && len(status) == 0
}

// at returns the name of a file of the tree on the disk.
func (t *tree) at(file string) string { return filepath.Join(t.dir, filepath.FromSlash(file)) }

// modelFile is the file with the directive.
func (t *tree) modelFile() string { return path.Join(t.model, "model.go") }

// words are what the tools' {words} stand for.
func (t *tree) words(out string) *strings.Replacer {
	return strings.NewReplacer("{model}", "./"+t.model, "{file}", t.modelFile(), "{git}", t.git, "{out}", out)
}
