package gen

import (
	"io"
	"maps"

	"github.com/dave/jennifer/jen"

	"github.com/reactorgen/reactor/scanner"
)

// The packages that a generated main imports.
const (
	reactorPath = "github.com/reactorgen/reactor"
	appPath     = reactorPath + "/runtime/app"
	runnerPath  = reactorPath + "/runtime/runner"
)

// program is a generated main in the making: the names that it uses, all chosen
// before the first line is written.
type program struct {
	project      *scanner.Project
	capabilities string
	contract     string // the manifest
	file         *jen.File

	// Names that a function's body refers to. Parameters must not hide them. To
	// the other functions that the main declares, only its table refers.
	scope                     names
	ctx, model, args, in, err string
	name, value               string // in readers

	// The functions that read structs and arrays, by the types' texts, and these
	// in the order of the commands.
	readers map[string]string
	ordered []scanner.Value

	// Names at package level.
	names    names
	table    string
	newModel string
	manifest string
	handlers []string
}

func newProgram(p *scanner.Project, capabilities, contract string) *program {
	g := &program{project: p, capabilities: capabilities, contract: contract, names: names{"main": true}}
	if inMain(p) {
		g.file = jen.NewFilePathName(p.Model.Package.Path, "main")
	} else {
		g.file = jen.NewFile("main")
		g.file.PackageComment("// Command " + p.Model.Name + " serves the model " + p.Model.Name + ": go run ./cmd/" + p.Model.Name)
	}
	for _, name := range authorsNames(p) {
		g.names[name] = true
	}
	g.ctx, g.model, g.args = g.names.take("ctx"), g.names.take("m"), g.names.take("args")
	g.in, g.err = g.names.take("in"), g.names.take("err")
	g.importAll()
	g.declareReaders()
	g.scope = maps.Clone(g.names)
	g.table, g.newModel, g.manifest = g.declare("program"), g.declare("newModel"), g.declare("manifest")
	for _, c := range p.Model.Commands {
		g.handlers = append(g.handlers, g.declare(identifier(c.Name, "command")))
	}
	return g
}

// declare takes a name at package level. In the author's own package main it
// starts with "reactor", to keep out of the way of names that we do not know.
func (g *program) declare(name string) string {
	if inMain(g.project) {
		name = "reactor" + upperFirst(name)
	}
	return g.names.take(name)
}

// importAll chooses a local name for every package that the main may import;
// jennifer writes those that are used.
func (g *program) importAll() {
	prefix := ""
	if inMain(g.project) {
		prefix = "reactor"
	}
	g.importAs(reactorPath, "reactor", "reactor")
	g.importAs(appPath, "app", prefix+"app")
	g.importAs(runnerPath, "runner", prefix+"runner")
	done := map[string]bool{reactorPath: true, appPath: true, runnerPath: true}
	for _, p := range authorsPackages(g.project) {
		if !done[p.Path] && (!inMain(g.project) || p.Path != g.project.Model.Package.Path) {
			g.importAs(p.Path, p.Name, p.Name)
		}
		done[p.Path] = true
	}
}

// importAs imports a package under the name want, as far as that is free.
func (g *program) importAs(path, name, want string) {
	if local := g.names.take(want); local != name {
		g.file.ImportAlias(path, local)
	} else {
		g.file.ImportName(path, name)
	}
}

// authorsPackages are the packages whose names the main writes.
func authorsPackages(p *scanner.Project) []scanner.Package {
	all := []scanner.Package{p.Model.Package}
	for _, t := range authorsTypes(p) {
		all = append(all, t.Package)
	}
	return all
}

// authorsNames are the identifiers of the model's own package that the main
// writes without a qualifier; there are none outside of a package main.
func authorsNames(p *scanner.Project) []string {
	if !inMain(p) {
		return nil
	}
	all := []string{p.Model.Type}
	if c := p.Model.Constructor; c != nil {
		all = append(all, c.Name)
	}
	for _, t := range authorsTypes(p) {
		if t.Package.Path == p.Model.Package.Path {
			all = append(all, t.Name)
		}
	}
	return all
}

// authorsTypes are the named types of the constructor, of what the commands take,
// and of the messages.
func authorsTypes(p *scanner.Project) []scanner.TypeName {
	var all []scanner.TypeName
	if c := p.Model.Constructor; c != nil {
		for _, in := range c.Inputs {
			if in.Kind == scanner.InputConfig {
				all = append(all, in.Type)
			}
		}
	}
	eachParam(p, func(v scanner.Value) {
		if v.Named.Name != "" {
			all = append(all, v.Named)
		}
	})
	for _, m := range p.Model.Messages {
		all = append(all, m.Type)
	}
	return all
}

// render writes the package clause and everything below it.
func (g *program) render(w io.Writer) error {
	g.writeGuards()
	g.file.Func().Id("main").Params().Block(jen.Qual(appPath, "Main").Call(jen.Id(g.table)))
	g.writeTable()
	g.writeConstructor()
	for i, c := range g.project.Model.Commands {
		g.writeHandler(g.handlers[i], c)
	}
	for _, v := range g.ordered {
		g.writeReader(v)
	}
	g.file.Line().Comment("What `reactor-gen manifest` prints.")
	g.file.Const().Id(g.manifest).Op("=").Id("`" + g.contract + "`")
	return g.file.Render(w)
}

// writeGuards lets the compiler say when the file is out of date.
func (g *program) writeGuards() {
	g.file.Comment("Does one of these not compile? The model or the runtime has changed: go generate ./...")
	g.file.Const().Id("_").Op("=").Qual(appPath, "GeneratedV1")
	g.file.Var().Id("_").Qual(reactorPath, "VideoModel").Op("=").Parens(g.modelType()).Parens(jen.Nil())
	for _, track := range g.project.Model.Tracks {
		if track.Direction != "in" {
			continue
		}
		method, takes := "OnFrame", "Frame"
		if track.Kind == "audio" {
			method, takes = "OnSound", "Sound"
		}
		signature := jen.Func().Params(g.modelType(), jen.Qual(reactorPath, takes))
		g.file.Var().Id("_").Add(signature).Op("=").Parens(g.modelType()).Dot(method)
	}
}

// modelType is *plasma.Plasma.
func (g *program) modelType() *jen.Statement {
	return jen.Op("*").Qual(g.project.Model.Package.Path, g.project.Model.Type)
}
