package mutate

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/testproject"
	"github.com/reactorgen/reactor/templates"
)

// api is the module that every project requires.
const api = "github.com/reactorgen/reactor"

// project is a project in memory.
type project struct {
	name  string
	files map[string]string // path with forward slashes → text

	// model is the path of the file with the directive, and modelName what the
	// directive calls it.
	model, modelName string
}

func (p *project) clone() *project {
	c := *p
	c.files = maps.Clone(p.files)
	return &c
}

// paths are the files that match, in order.
func (p *project) paths(match func(string) bool) (paths []string) {
	for _, path := range slices.Sorted(maps.Keys(p.files)) {
		if match(path) {
			paths = append(paths, path)
		}
	}
	return paths
}

// code are the Go files of the model's package.
func (p *project) code() []string {
	return p.paths(func(path string) bool {
		return strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") &&
			filepath.Dir(path) == filepath.Dir(p.model)
	})
}

// yaml is the configuration, or "".
func (p *project) yaml() string {
	for path := range p.files {
		if strings.HasSuffix(path, ".yaml") {
			return path
		}
	}
	return ""
}

func (p *project) write(t *testing.T, dir string) {
	t.Helper()
	for name, text := range p.files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
}

// healthy are the projects that breakages start from.
func healthy(t *testing.T) []*project {
	checkout := testproject.Checkout(t)
	all := []*project{scaffold(t, checkout)}
	for _, name := range []string{"brightness", "plasma", "worldwalk"} {
		p := &project{name: name, files: readGo(t, filepath.Join(checkout, "examples", name))}
		p.inModule(t, checkout, "example.com/"+name)
		all = append(all, p.found(t))
	}
	for _, path := range []string{"github.com/spf13/cobra", "github.com/spf13/pflag", "gopkg.in/yaml.v3", "github.com/google/uuid"} {
		all = append(all, realModule(t, checkout, path))
	}
	return all
}

// scaffold is what reactor-gen init writes.
func scaffold(t *testing.T, checkout string) *project {
	files, err := templates.Scaffold{Name: "first-light", Version: "v0.0.0", Checkout: checkout}.Files()
	if err != nil {
		t.Fatal(err)
	}
	p := &project{name: "scaffold", files: make(map[string]string)}
	for _, f := range files {
		p.files[f.Path] = string(f.Text)
	}
	p.files["go.sum"] = read(t, filepath.Join(checkout, "go.sum"))
	return p.found(t)
}

// added is the model that a real module gets.
const added = `package PACKAGE

import "github.com/reactorgen/reactor"

// ReelConfig is how the model runs.
type ReelConfig struct {
	Width, Height int
	Prompts       []string
}

// Reel shows what the package is about.
//
//reactor:model name=feature-film config=configs/reel.yaml weights=vae,encoder author="Ada"
type Reel struct {
	cfg    ReelConfig
	prompt string
}

// NewReel returns the model.
func NewReel(cfg ReelConfig, weights reactor.Weights) (*Reel, error) { return &Reel{cfg: cfg}, nil }

// SetPrompt is a command.
//
//reactor:command set_prompt description="Say what to show"
//reactor:param prompt description="What to show" maxlen=500
func (r *Reel) SetPrompt(prompt string) error { r.prompt = prompt; return nil }

// StartSession shows until the viewer leaves.
func (r *Reel) StartSession(ctx reactor.Context) error {
	for !ctx.ShouldStop() {
		if err := ctx.EmitBlock(nil); err != nil {
			return err
		}
	}
	return nil
}
`

// realModule is the root package of a module of the module cache, with a model
// added to it.
func realModule(t *testing.T, checkout, module string) *project {
	cmd := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", module)
	cmd.Dir = checkout
	out, err := cmd.Output()
	dir := strings.TrimSpace(string(out))
	if err != nil || dir == "" {
		t.Fatalf("%s is not in the module cache, go mod download gets it: %v", module, err)
	}
	p := &project{name: filepath.Base(module), files: readGo(t, dir)}
	maps.DeleteFunc(p.files, func(path, _ string) bool {
		return strings.Contains(path, "/") || !isGo(path) || strings.HasSuffix(path, "_test.go")
	})
	clause := packageClause.FindStringSubmatch(p.files[slices.Min(p.code())])
	p.files["reel.go"] = strings.Replace(added, "PACKAGE", clause[1], 1)
	p.files["configs/reel.yaml"] = "width: 640\nheight: 352\nprompts:\n  - a whale\n  - \"a city: at night\"\n"
	p.inModule(t, checkout, module)
	return p.found(t)
}

var packageClause = regexp.MustCompile(`(?m)^package (\w+)`)

// inModule gives the project a go.mod with all that the checkout requires.
func (p *project) inModule(t *testing.T, checkout, path string) {
	var requires strings.Builder
	for line := range strings.Lines(read(t, filepath.Join(checkout, "go.mod"))) {
		if strings.HasPrefix(line, "\t") && !strings.HasPrefix(line, "\t"+path+" ") {
			requires.WriteString(line)
		}
	}
	p.files["go.mod"] = "module " + path + "\n\ngo 1.26.0\n\nrequire " + api + " v0.0.0\n\nrequire (\n" + requires.String() +
		")\n\nreplace " + api + " => " + checkout + "\n"
	p.files["go.sum"] = read(t, filepath.Join(checkout, "go.sum"))
}

// found fills in where the model is.
func (p *project) found(t *testing.T) *project {
	for _, path := range p.paths(isGo) {
		if m := directive.FindStringSubmatch(p.files[path]); m != nil {
			p.model, p.modelName = path, m[1]
			return p
		}
	}
	t.Fatalf("%s has no model", p.name)
	return nil
}

// directive is a model directive and its name.
var directive = regexp.MustCompile(`(?m)^//reactor:model name=(\S+).*$`)

func isGo(path string) bool { return strings.HasSuffix(path, ".go") }

// readGo reads the Go and YAML files below a folder.
func readGo(t *testing.T, dir string) map[string]string {
	files := make(map[string]string)
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !isGo(name) && filepath.Ext(name) != ".yaml" {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = read(t, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func read(t *testing.T, path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
