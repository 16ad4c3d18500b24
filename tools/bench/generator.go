package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// modelFiles are the package of a model that uses one other package: its import,
// and an expression of type string. What peers need to have something to do is in
// a file beside it.
func modelFiles(folder, dep, expression string) map[string]string {
	fill := strings.NewReplacer("DEP", dep, "EXPRESSION", expression).Replace
	return map[string]string{folder + "/model.go": fill(modelText), folder + "/peers.go": peersText}
}

const modelText = `// Package plasma is a model to measure with.
package plasma

import (
	"github.com/reactorgen/reactor"

	DEP
)

// Plasma renders a plasma that the viewer can steer.
//
//reactor:model name=plasma author="Ada"
type Plasma struct{ speed float64 }

// SetSpeed changes how fast it flows.
//
//reactor:command set_speed description="How fast it flows"
//reactor:param speed min=0 max=4
func (m *Plasma) SetSpeed(speed float64) { m.speed = speed }

// StartSession runs one session.
func (m *Plasma) StartSession(ctx reactor.Context) error {
	ctx.Logger().Info(m.label())
	for !ctx.ShouldStop() {
		if err := ctx.EmitBlock(nil); err != nil {
			return err
		}
	}
	return nil
}

func (m *Plasma) label() string {
	return EXPRESSION
}
`

const peersText = `package plasma

// Shade is for stringer.
type Shade int

const (
	Dark Shade = iota
	Light
)

// Pixel is for controller-gen.
//
// +kubebuilder:object:generate=true
type Pixel struct {
	R, G, B uint8
	Names   []string
}

// Dot is what a Pixel is converted into.
type Dot struct{ R, G, B uint8 }

// Converter is for goverter.
//
// goverter:converter
type Converter interface {
	Convert(source Pixel) Dot
}

// Drawer is for mockery.
type Drawer interface {
	Draw(p Pixel) error
}
`

// smallFiles are a project with its model, its main and two helpers, and with
// some generated packages besides, of which the model's helper imports one.
func smallFiles(generated int) map[string]string {
	files := modelFiles("model", `"example.com/plasma/frames"`, "frames.Name(m.speed)")
	files["go.mod"] = "module example.com/plasma\n\ngo 1.26.0\n"
	files["settings/settings.go"] = settingsText
	files["cmd/plasma/main.go"] = mainText
	use, importing := "strconv.FormatFloat(speed, 'g', -1, 64)", ""
	if generated > 0 {
		g := &generator{random: rand.New(rand.NewPCG(1, 2))}
		for range generated {
			g.add(files, 5, 12)
		}
		last := g.name(generated - 1)
		use = last + ".Make0().Label() + " + use
		importing = fmt.Sprintf("\n\t%q\n", "example.com/plasma/"+last)
	}
	files["frames/frames.go"] = strings.NewReplacer("IMPORT", importing, "USE", use).Replace(framesText)
	return files
}

const settingsText = `// Package settings has what the main asks for.
package settings

// Port is where to listen.
func Port() int {
	return 8080
}
`

const mainText = `// Plasma serves the model.
package main

import (
	"context"
	"fmt"

	"example.com/plasma/model"
	"example.com/plasma/settings"
	"github.com/reactorgen/reactor/runtime/app"
)

func main() {
	fmt.Println(settings.Port(), app.Options{}, context.Background(), new(plasma.Plasma))
}
`

const framesText = `// Package frames gets pictures from a server.
package frames

import (
	"encoding/json"
	"image"
	"image/png"
	"net/http"
	"strconv"
IMPORT)

// Frame is a picture with its name.
type Frame struct {
	Name    string
	Picture image.Image
}

// Name is the name of a picture.
func Name(speed float64) string {
	return USE
}

// Get asks a server for a picture.
func Get(url string, settings any) (*Frame, error) {
	name, err := json.Marshal(settings)
	if err != nil {
		return nil, err
	}
	answer, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	picture, err := png.Decode(answer.Body)
	return &Frame{string(name), picture}, err
}
`

// generator writes packages with types, methods and functions that use earlier
// packages. The same seed gives the same text.
type generator struct {
	random *rand.Rand
	count  int
}

func (g *generator) name(i int) string { return fmt.Sprintf("p%02d", i) }

// add writes the next package: so many files, each with so many types.
func (g *generator) add(files map[string]string, perPackage, perFile int) {
	name := g.name(g.count)
	for i := range perPackage {
		var deps []string
		if g.count > 0 && i > 0 {
			deps = []string{g.name(g.random.IntN(g.count))}
		}
		files[fmt.Sprintf("%s/f%d.go", name, i)] = g.file(name, i*perFile, perFile, deps)
	}
	g.count++
}

// file has types with numbers from first on.
func (g *generator) file(name string, first, count int, deps []string) string {
	var out strings.Builder
	if first == 0 {
		fmt.Fprintf(&out, "// Package %s is generated to be measured.\n", name)
	}
	fmt.Fprintf(&out, "package %s\n\nimport (\n\t\"sort\"\n\t\"strings\"\n", name)
	for _, dep := range deps {
		fmt.Fprintf(&out, "\n\t%q\n", "example.com/plasma/"+dep)
	}
	out.WriteString(")\n")
	for i := first; i < first+count; i++ {
		label := `"none"`
		if len(deps) > 0 {
			label = deps[0] + ".Make0().Label()"
		}
		out.WriteString(g.fill(typeText, i, label))
	}
	return out.String()
}

// fill puts numbers into the text of a type.
func (g *generator) fill(text string, i int, label string) string {
	return strings.NewReplacer("#", fmt.Sprint(i), "SIZE", fmt.Sprint(1+g.random.IntN(64)), "LABEL", label).Replace(text)
}

const typeText = `
// T# is one of many.
type T# struct {
	Name  string
	Sizes [SIZE]int
	Next  *T#
}

// Make# makes one.
func Make#() *T# { return &T#{Name: LABEL} }

// Label is its name.
func (t *T#) Label() string {
	if t.Next == nil {
		return t.Name
	}
	return strings.Join([]string{t.Name, t.Next.Label()}, ".")
}

// Largest returns the largest size.
func (t *T#) Largest() int {
	sizes := append([]int(nil), t.Sizes[:]...)
	sort.Ints(sizes)
	return sizes[len(sizes)-1]
}
`
