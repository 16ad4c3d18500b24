package gen

import (
	"maps"

	"github.com/dave/jennifer/jen"

	"github.com/reactorgen/reactor/scanner"
)

// writeHandler writes the function that decodes a command's parameters, each by
// its type, and calls the method.
func (g *program) writeHandler(name string, c scanner.Command) {
	ctx, args := "_", "_"
	if c.TakesContext {
		ctx = g.ctx
	}
	if len(c.Params) > 0 {
		args = g.args
	}
	g.file.Line().Func().Id(name).Params(
		jen.Id(ctx).Qual(reactorPath, "Context"),
		jen.Id(g.model).Qual(reactorPath, "VideoModel"),
		jen.Id(args).Op("*").Qual(runnerPath, "Args"),
	).Params(jen.Any(), jen.Error()).Block(g.handle(c)...)
}

// handle is the body of a handler.
func (g *program) handle(c scanner.Command) []jen.Code {
	var body, values []jen.Code
	if c.TakesContext {
		values = append(values, jen.Id(g.ctx))
	}
	scope := maps.Clone(g.scope)
	for _, p := range c.Params {
		local := scope.take(identifier(p.Name, "param"))
		body = append(body, jen.Id(local).Op(":=").
			Add(g.read(p.Value)).Call(jen.Id(g.args), jen.Lit(p.Name)))
		values = append(values, jen.Id(local))
	}
	if len(c.Params) > 0 {
		body = append(body, jen.If(
			jen.Id(g.err).Op(":=").Id(g.args).Dot("Err").Call(),
			jen.Id(g.err).Op("!=").Nil(),
		).Block(jen.Return(jen.Nil(), jen.Id(g.err))))
	}
	call := jen.Id(g.model).Assert(g.modelType()).Dot(c.Method).Call(values...)
	return append(body, results(c, call)...)
}

// results returns what the method returned as a result and an error.
func results(c scanner.Command, call *jen.Statement) []jen.Code {
	switch {
	case c.ReturnsValue && c.ReturnsError:
		return []jen.Code{jen.Return(call)}
	case c.ReturnsValue:
		return []jen.Code{jen.Return(call, jen.Nil())}
	case c.ReturnsError:
		return []jen.Code{jen.Return(jen.Nil(), call)}
	default:
		return []jen.Code{call, jen.Return(jen.Nil(), jen.Nil())}
	}
}
