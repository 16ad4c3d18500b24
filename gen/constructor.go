package gen

import (
	"maps"

	"github.com/dave/jennifer/jen"

	"github.com/reactorgen/reactor/scanner"
)

// writeConstructor writes the function that makes the model from what the
// runtime can supply.
func (g *program) writeConstructor() {
	var body []jen.Code
	if c := g.project.Model.Constructor; c == nil {
		body = append(body, jen.Return(jen.New(jen.Qual(g.project.Model.Package.Path, g.project.Model.Type)), jen.Nil()))
	} else {
		body = g.construct(c)
	}
	in := g.in
	if !usesInputs(g.project.Model.Constructor) {
		in = "_"
	}
	g.file.Line().Func().Id(g.newModel).Params(jen.Id(in).Op("*").Qual(appPath, "Inputs")).
		Params(jen.Qual(reactorPath, "VideoModel"), jen.Error()).Block(body...)
}

func usesInputs(c *scanner.Constructor) bool { return c != nil && len(c.Inputs) > 0 }

// construct prepares the inputs and calls the author's constructor.
func (g *program) construct(c *scanner.Constructor) []jen.Code {
	var body, values []jen.Code
	scope := maps.Clone(g.scope)
	for _, input := range c.Inputs {
		prepare, value := g.input(input, scope)
		body, values = append(body, prepare...), append(values, value)
	}
	call := jen.Qual(g.project.Model.Package.Path, c.Name).Call(values...)
	if !c.ReturnsError {
		return append(body, jen.Return(call, jen.Nil()))
	}
	// A nil *T in the interface would not be a nil model.
	return append(body,
		jen.List(jen.Id(g.model), jen.Id(g.err)).Op(":=").Add(call),
		g.returnOnError(),
		jen.Return(jen.Id(g.model), jen.Nil()),
	)
}

// input returns the statements that prepare one input, and its expression.
func (g *program) input(input scanner.Input, scope names) (prepare []jen.Code, value jen.Code) {
	switch input.Kind {
	case scanner.InputConfig:
		cfg := scope.take("cfg")
		prepare = []jen.Code{
			jen.Var().Id(cfg).Qual(input.Type.Package.Path, input.Type.Name),
			jen.If(jen.Id(g.err).Op(":=").Id(g.in).Dot("Decode").Call(jen.Op("&").Id(cfg)), jen.Id(g.err).Op("!=").Nil()).
				Block(jen.Return(jen.Nil(), jen.Id(g.err))),
		}
		if input.Pointer {
			return prepare, jen.Op("&").Id(cfg)
		}
		return prepare, jen.Id(cfg)
	case scanner.InputUntyped:
		cfg := scope.take("cfg")
		return []jen.Code{
			jen.List(jen.Id(cfg), jen.Id(g.err)).Op(":=").Id(g.in).Dot("Untyped").Call(),
			g.returnOnError(),
		}, jen.Id(cfg)
	default:
		return nil, jen.Id(g.in).Dot(inputField[input.Kind])
	}
}

// inputField are the fields of app.Inputs by kind.
var inputField = map[scanner.InputKind]string{
	scanner.InputContext:  "Context",
	scanner.InputWeights:  "Weights",
	scanner.InputIdentity: "Identity",
	scanner.InputLogger:   "Logger",
}

func (g *program) returnOnError() jen.Code {
	return jen.If(jen.Id(g.err).Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Id(g.err)))
}
