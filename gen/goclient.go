package gen

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/reactorgen/reactor/scanner"
)

// clientPath is the package that a client in Go is made of.
const clientPath = reactorPath + "/client"

// GoClient returns a client of a model as a package in Go, with one method a
// command and a type for all that is said. It has types of its own, so that it
// needs neither the model nor the runtime. The text depends on the project alone.
func GoClient(p *scanner.Project) (string, error) {
	g := newGoClient(p)
	for _, m := range p.Model.Messages {
		g.message(m)
	}
	g.dial(p)
	g.commands(p.Model.Commands)
	out := bytes.NewBufferString(Header + "\n\n")
	if err := g.file.Render(out); err != nil {
		return "", fmt.Errorf("client of %s: %w", p.Model.Name, err)
	}
	return out.String(), nil
}

// goClient is a client in Go in the making.
type goClient struct {
	file     *jen.File
	names    names             // at package level
	types    map[string]string // names of declared types by what they are
	messages []received
}

// received is a message and the name that its type has in the client.
type received struct {
	scanner.Message
	typ string
}

func newGoClient(p *scanner.Project) *goClient {
	g := &goClient{names: names{}, types: map[string]string{}}
	name := strings.ReplaceAll(p.Model.Name, "-", "")
	if reserved(name) || name == "main" {
		name += "client"
	}
	g.file = jen.NewFile(name)
	g.file.PackageComment(fmt.Sprintf("// Package %s is a client of the model %s.", name, p.Model.Name))
	g.file.ImportName(clientPath, "client")
	for _, name := range []string{"Client", "Dial", "Handlers", "client", "context", "json"} {
		g.names[name] = true
	}
	return g
}

// clientMembers are what every client has.
var clientMembers = []string{"Client", "Command", "Close", "Done", "Err", "Frames"}

// message declares the type of a message.
func (g *goClient) message(m scanner.Message) {
	about := "is the message " + m.Name + "."
	if m.Description != "" {
		about += " " + sentence(m.Description)
	}
	typ := g.named(m.Data, true, about)
	g.messages = append(g.messages, received{m, typ})
}

// dial writes the client, and the function that makes one.
func (g *goClient) dial(p *scanner.Project) {
	g.comment("Client is a viewer of the model " + p.Model.Name + ".")
	g.file.Type().Id("Client").Struct(jen.Op("*").Qual(clientPath, "Client"))
	params := []jen.Code{jen.Id("ctx").Qual("context", "Context"), jen.Id("url").String()}
	about := "Dial joins the model that is served at url."
	if len(g.messages) > 0 {
		g.handlers()
		params = append(params, jen.Id("h").Id("Handlers"))
		about += " The handlers take the place of o.OnMessage."
	}
	params = append(params, jen.Id("o").Qual(clientPath, "Options"))
	g.comment(about)
	g.file.Func().Id("Dial").Params(params...).Params(jen.Op("*").Id("Client"), jen.Error()).BlockFunc(func(b *jen.Group) {
		if len(g.messages) > 0 {
			b.Id("o").Dot("OnMessage").Op("=").Id("h").Dot("handle")
		}
		b.List(jen.Id("c"), jen.Err()).Op(":=").Qual(clientPath, "Dial").Call(jen.Id("ctx"), jen.Id("url"), jen.Id("o"))
		b.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err()))
		b.Return(jen.Op("&").Id("Client").Values(jen.Id("c")), jen.Nil())
	})
}

// handlers writes the functions that messages go to.
func (g *goClient) handlers() {
	fields := names{"Other": true}
	var declared, cases []jen.Code
	for _, m := range g.messages {
		field := fields.take(upperFirst(identifier(m.Name, "Message")))
		declared = append(declared, jen.Id(field).Func().Params(jen.Id(m.typ)))
		cases = append(cases, jen.Case(jen.Lit(m.Name)).Block(
			jen.Var().Id("data").Id(m.typ),
			jen.If(jen.Id("h").Dot(field).Op("!=").Nil().Op("&&").Qual("encoding/json", "Unmarshal").Call(
				jen.Id("m").Dot("Data"), jen.Op("&").Id("data")).Op("==").Nil()).Block(
				jen.Id("h").Dot(field).Call(jen.Id("data")), jen.Return(),
			),
		))
	}
	declared = append(declared, jen.Line().Comment("Other is called for what has no function of its own: also what the").Line().
		Comment("model does not declare, and results of commands.").Line().Id("Other").Func().Params(jen.Qual(clientPath, "Message")))
	g.comment("Handlers are called for the messages of the model, one at a time. Those that are nil are not.")
	g.file.Type().Id("Handlers").Struct(declared...)
	g.file.Line().Func().Params(jen.Id("h").Id("Handlers")).Id("handle").Params(jen.Id("m").Qual(clientPath, "Message")).Block(
		jen.Switch(jen.Id("m").Dot("Type")).Block(cases...),
		jen.If(jen.Id("h").Dot("Other").Op("!=").Nil()).Block(jen.Id("h").Dot("Other").Call(jen.Id("m"))),
	)
}

// commands writes a method for each command, after the type of what it takes.
func (g *goClient) commands(all []scanner.Command) {
	methods := names{}
	for _, c := range all {
		method := upperFirst(identifier(c.Name, "Command"))
		if slices.Contains(clientMembers, method) {
			method += "Command"
		}
		g.command(methods.take(method), c)
	}
}

func (g *goClient) command(method string, c scanner.Command) {
	params, args := []jen.Code{jen.Id("ctx").Qual("context", "Context")}, jen.Struct().Values()
	if len(c.Params) > 0 {
		params, args = append(params, jen.Id("p").Id(g.params(method, c))), jen.Id("p")
	}
	about := method + " sends the command " + c.Name + "."
	if c.Description != "" {
		about += " " + sentence(c.Description)
	}
	g.comment(about)
	g.file.Func().Params(jen.Id("c").Op("*").Id("Client")).Id(method).Params(params...).
		Params(jen.Qual(clientPath, "Applied"), jen.Error()).
		Block(jen.Return(jen.Id("c").Dot("Command").Call(jen.Id("ctx"), jen.Lit(c.Name), args)))
}

// params declares what a command takes and returns its name.
func (g *goClient) params(method string, c scanner.Command) string {
	fields := names{}
	var declared []jen.Code
	for _, p := range c.Params {
		name := fields.take(upperFirst(identifier(p.Name, "Param")))
		declared = append(declared, g.field(name, p.Name, p.Value, !isRequired(p.Value), false)...)
	}
	name := g.names.take(method + "Params")
	g.comment(name + " is what " + method + " takes. What is nil is left to the model, where it may be left out.")
	g.file.Type().Id(name).Struct(declared...)
	return name
}

// comment writes a doc comment.
func (g *goClient) comment(text string) {
	g.file.Line()
	for _, line := range wrap(text, docWidth) {
		g.file.Comment("// " + line)
	}
}
