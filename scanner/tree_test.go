package scanner_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// smallTree is a module of a few packages, with at least one of everything that a
// scan looks at.
func smallTree() map[string]string {
	return map[string]string{
		"app/go.mod": goMod("example.com/app", "require example.com/lib v0.0.0\n\nreplace example.com/lib => ../lib\n"),
		"app/longlive.go": `package app

import (
	"time"

	"example.com/app/paint"
	"example.com/app/scene"
	"example.com/app/settings"
	"github.com/reactorgen/reactor"
)

// LongLive makes a video that never ends.
//
//reactor:model name=longlive config=configs/default.yaml weights=base author="Ada"
type LongLive struct {
	scene.Base
	brush paint.Brush
	speed float64
}

// Stroke is what a client sends.
type Stroke struct {
	Width int          ` + "`json:\"width\" min:\"1\"`" + ` // in pixels
	Color scene.Color  ` + "`json:\"color\"`" + `
	Took  time.Duration ` + "`json:\"took\"`" + `
}

// New makes it.
func New(cfg settings.Config, id reactor.Identity) (*LongLive, error) {
	return &LongLive{speed: cfg.Speed}, nil
}

// Paint paints one stroke.
//
//reactor:command paint description="Paint a stroke"
//reactor:param count min=0 max=4
func (m *LongLive) Paint(ctx reactor.Context, stroke Stroke, light scene.Light, count int) (scene.Color, error) {
	return m.brush.Paint(count), nil
}

// StartSession runs one session.
func (m *LongLive) StartSession(ctx reactor.Context) error {
	for !ctx.ShouldStop() {
		if err := ctx.Send(&Progress{Step: paint.Steps}); err != nil {
			return err
		}
		if err := ctx.EmitBlock(nil); err != nil {
			return err
		}
	}
	return nil
}
`,
		"app/progress.go": `package app

import "example.com/app/scene"

// Progress says how far it is.
//
//reactor:message progress
type Progress struct {
	Step  int         ` + "`json:\"step\" min:\"0\"`" + `
	Light scene.Light ` + "`json:\"light\"`" + `
}

` + "//go:generate reactor-gen generate\n",
		"app/configs/default.yaml": "speed: 1.5\nsteps: 4\nlens:\n  aperture: 2.8\nmode: fast\n",
		"app/paint/paint.go": `// Package paint paints.
package paint

import (
	"example.com/app/list"
	"example.com/app/scene"
)

// Steps is how many there are.
const Steps = 8

// Brush paints.
type Brush struct {
	Size  int
	inner list.Of[scene.Color]
}

// Paint paints.
func (b Brush) Paint(count int) scene.Color {
	all := list.Map(b.inner, func(c scene.Color) scene.Color { return c })
	_ = all
	return scene.Color{R: uint8(count)}
}
`,
		"app/list/list.go": `// Package list has lists.
package list

// Of is a list.
type Of[T any] struct {
	all []T
}

// Add adds.
func (l *Of[T]) Add(x T) {
	l.all = append(l.all, x)
}

// Map maps.
func Map[T, U any](l Of[T], f func(T) U) (to Of[U]) {
	for _, x := range l.all {
		to.Add(f(x))
	}
	return to
}

// Number is a number.
type Number interface {
	~int | ~float64
}
`,
		"app/scene/scene.go": `// Package scene has colours.
package scene

import (
	"example.com/lib"
	"example.com/lib/units"
)

// Color is a colour.
type Color struct {
	R uint8 ` + "`json:\"r\" max:\"200\"`" + ` // red
	G uint8 ` + "`json:\"g\"`" + `
}

// Light is a lamp.
type Light struct {
	// Power is in watts.
	Power units.Watt ` + "`json:\"power\"`" + `
	Name  string ` + "`json:\"name\"`" + ` // of the lamp
	On    lib.Switch ` + "`json:\"on\"`" + `
}

// Base is what all have.
type Base struct {
	Shared
}

// Shared is embedded.
type Shared struct {
	ID int
}

// Reset is a method that is promoted.
func (s *Shared) Reset() {
	s.ID = 0
}
`,
		"app/settings/settings.go": `// Package settings is the configuration.
package settings

import "example.com/app/list"

// Config is how it runs.
type Config struct {
	Speed float64 ` + "`yaml:\"speed\" default:\"1\" max:\"4\"`" + ` // how fast
	Steps int     ` + "`yaml:\"steps\" min:\"1\"`" + `
	Lens  Lens    ` + "`yaml:\"lens\"`" + `
	Mode  Mode    ` + "`yaml:\"mode\"`" + `
}

// Lens is a lens.
type Lens struct {
	Aperture float64 ` + "`yaml:\"aperture\"`" + ` // wide
}

// Mode is how careful it is.
type Mode string

// The modes.
const (
	Fast    Mode = "fast"
	Careful Mode = "careful"
)

func sum[T list.Number](all ...T) (s T) {
	for _, x := range all {
		s += x
	}
	return s
}

var _ = sum(1, 2)
`,
		"app/aside/aside.go":         "// Package aside is needed by nobody.\npackage aside\n\nimport \"fmt\"\n\n// Say says.\nfunc Say() {\n\tfmt.Println(\"//reactor:model name=said\")\n}\n",
		"app/aside/aside_test.go":    "package aside\n\nfunc test() {\n\tSay()\n}\n",
		"app/aside/testdata/x.go":    "package x\n\n//reactor:model name=x\ntype X struct{}\n",
		"app/aside/other_windows.go": "package aside\n\n//reactor:model name=windows\ntype Windows struct{}\n",
		"app/tool/main.go":           "package main\n\nimport \"example.com/app/aside\"\n\nfunc main() {\n\taside.Say()\n}\n",
		"app/notes.yaml":             "a: b\n",
		"app/README.md":              "Read me.\n",
		"lib/go.mod":                 "module example.com/lib\n\ngo 1.26\n",
		"lib/lib.go":                 "// Package lib is another module.\npackage lib\n\nimport \"example.com/lib/units\"\n\n// Switch is on or off.\ntype Switch bool\n\n// W is an alias.\ntype W = units.Watt\n\n// Get gets.\nfunc Get() W {\n\treturn 1\n}\n",
		"lib/units/units.go":         "// Package units has units.\npackage units\n\n// Watt is a unit.\ntype Watt float64\n\n// Max is the most.\nconst Max = 100\n",
		"app/nested/go.mod":          "module example.com/nested\n\ngo 1.26\n",
		"app/nested/model.go":        "package nested\n\n//reactor:model name=nested\ntype Nested struct{}\n",
	}
}

// goMod is that of a module that uses the author's API, which is beside it.
func goMod(path, more string) string {
	return "module " + path + "\n\ngo 1.26\n\nrequire github.com/reactorgen/reactor v0.0.0\n\n" +
		"replace github.com/reactorgen/reactor => ../api\n\n" + more
}

// generatedTree is a module of many packages that import each other at random, the
// last of which are below a model. Some are in a module in a folder, and some in one
// that may be vendored.
func generatedTree(seed uint64) map[string]string {
	r := rand.New(rand.NewPCG(seed, 2))
	small := smallTree()
	files := map[string]string{
		"app/go.mod":               goMod("example.com/app", "require (\n\texample.com/lib v0.0.0\n\texample.com/more v0.0.0\n)\n\nreplace example.com/lib => ../lib\n\nreplace example.com/more => ../more\n"),
		"app/go.sum":               "",
		"app/model/model.go":       strings.NewReplacer("package app", "package model", `"example.com/app/paint"`, "\"example.com/app/p39\"\n\t\"example.com/app/paint\"", "speed float64", "speed float64\n\tlast  p39.T39").Replace(small["app/longlive.go"]),
		"app/model/progress.go":    strings.ReplaceAll(small["app/progress.go"], "package app", "package model"),
		"app/configs/default.yaml": small["app/configs/default.yaml"],
		"more/go.mod":              "module example.com/more\n\ngo 1.25\n",
	}
	for _, name := range []string{"app/paint/paint.go", "app/list/list.go", "app/scene/scene.go", "app/settings/settings.go", "lib/go.mod", "lib/lib.go", "lib/units/units.go"} {
		files[name] = small[name]
	}
	for i := range 5 {
		files[fmt.Sprintf("more/q%d/q%d.go", i, i)] = fmt.Sprintf("package q%d\n\n// Q is a number.\ntype Q int\n\n// F is its function.\nfunc F() Q {\n\treturn %d\n}\n", i, i)
	}
	for i := range 40 {
		files[fmt.Sprintf("app/p%d/p%d.go", i, i)] = generatedPackage(r, i)
	}
	return files
}

func generatedPackage(r *rand.Rand, i int) string {
	imports, uses := make(map[string]bool), new(strings.Builder)
	for range min(i, 1+r.IntN(4)) {
		j := max(0, i-1-r.IntN(8))
		if path := fmt.Sprintf("example.com/app/p%d", j); !imports[path] {
			imports[path] = true
			fmt.Fprintf(uses, "\tU%d p%d.G%d[p%d.T%d]\n", j, j, j, j, j)
		}
	}
	if r.IntN(3) == 0 {
		q := r.IntN(5)
		imports[fmt.Sprintf("example.com/more/q%d", q)] = true
		fmt.Fprintf(uses, "\tQ q%d.Q\n", q)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "// Package p%d was generated.\npackage p%d\n\nimport (\n\t\"fmt\"\n", i, i)
	for path := range imports {
		fmt.Fprintf(&b, "\t%q\n", path)
	}
	fmt.Fprintf(&b, ")\n\n// C%[1]d is a constant.\nconst C%[1]d = %[1]d\n\n// T%[1]d is a type.\ntype T%[1]d struct {\n\tN int\n%[2]s}\n\n", i, uses)
	fmt.Fprintf(&b, "// String prints.\nfunc (t T%[1]d) String() string {\n\treturn fmt.Sprint(t.N, C%[1]d)\n}\n\n", i)
	fmt.Fprintf(&b, "// I%[1]d is an interface.\ntype I%[1]d interface {\n\tfmt.Stringer\n\tcomparable\n}\n\n// G%[1]d is generic.\ntype G%[1]d[T fmt.Stringer] struct {\n\tv T\n\tn [C%[1]d + 1]int\n}\n\n", i)
	fmt.Fprintf(&b, "// Get gets.\nfunc (g *G%[1]d[T]) Get() string {\n\treturn g.v.String()\n}\n", i)
	return b.String()
}

// realTree is a module in a folder, with a model in it that imports one of its
// packages.
func realTree(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, e fs.DirEntry, err error) error {
		base := filepath.Base(p)
		switch {
		case err != nil:
			return err
		case e.IsDir() && p != "." && base[0] == '.':
			return fs.SkipDir
		case !e.Type().IsRegular():
			return nil
		}
		switch ext := filepath.Ext(p); {
		case ext == ".go", ext == ".yaml", ext == ".yml", ext == ".s", ext == ".h", base == "go.mod", base == "go.sum":
			text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(p)))
			files["app/"+p] = string(text)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	files["app/go.mod"] += "\nrequire github.com/reactorgen/reactor v0.0.0\n\nreplace github.com/reactorgen/reactor => ../api\n"
	dep := *treePackage
	files["app/longlive/model.go"] = fmt.Sprintf(`package longlive

import (
	"github.com/reactorgen/reactor"

	below %q
)

// LongLive makes a video that never ends.
//
//reactor:model name=longlive
type LongLive struct {
	speed float64
}

// SetSpeed changes how fast it is.
//
//reactor:command set_speed
//reactor:param speed min=0 max=4
func (m *LongLive) SetSpeed(speed float64) {
	m.speed = speed
}

// StartSession runs one session.
func (m *LongLive) StartSession(ctx reactor.Context) error {
	%s
	return ctx.EmitBlock(nil)
}
`, dep, *treeUse)
	return files
}

// realBelow is the folder of the package that the model of a real tree imports.
func realBelow() string {
	text, _ := os.ReadFile(filepath.Join(*tree, "go.mod")) // realTree has read it
	return strings.TrimPrefix(*treePackage, modfile.ModulePath(text)+"/")
}
