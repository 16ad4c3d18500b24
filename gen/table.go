package gen

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/reactorgen/reactor/scanner"
)

// writeTable writes the variable of type app.Program.
func (g *program) writeTable() {
	fields := []jen.Code{field("Identity", g.identity())}
	fields = append(fields, g.factory()...)
	fields = append(fields, field("Capabilities", jen.Id("`"+g.capabilities+"`")))
	if len(g.handlers) > 0 {
		fields = append(fields, field("Handlers", jen.Index().Qual(runnerPath, "Handler").Values(lines(g.entries()...)...)))
	}
	if len(g.project.Model.Messages) > 0 {
		fields = append(fields, field("Messages", jen.Index().Qual(runnerPath, "Message").Values(lines(g.messages()...)...)))
	}
	if len(g.project.Model.Tracks) > 0 {
		fields = append(fields, field("Tracks", jen.Index().Qual(runnerPath, "Track").Values(lines(g.tracks()...)...)))
	}
	fields = append(fields, field("Manifest", jen.Id(g.manifest)), field("New", jen.Id(g.newModel)))
	g.file.Var().Id(g.table).Op("=").Qual(appPath, "Program").Values(lines(fields...)...)
}

// identity is what the directive says of the model.
func (g *program) identity() jen.Code {
	m := g.project.Model
	fields := []jen.Code{field("Name", jen.Lit(m.Name))}
	if m.Config != "" {
		fields = append(fields, field("Config", jen.Lit(m.Config)))
	}
	if len(m.Weights) > 0 {
		fields = append(fields, field("Weights", jen.Index().String().ValuesFunc(func(list *jen.Group) {
			for _, name := range m.Weights {
				list.Lit(name)
			}
		})))
	}
	if len(m.Metadata) > 0 {
		var entries []jen.Code
		for _, f := range slices.SortedFunc(slices.Values(m.Metadata), byKey) {
			entries = append(entries, jen.Lit(f.Key).Op(":").Lit(f.Value))
		}
		fields = append(fields, field("Metadata", jen.Map(jen.String()).String().Values(lines(entries...)...)))
	}
	return jen.Qual(reactorPath, "Identity").Values(lines(fields...)...)
}

// byKey orders metadata, as its order in the directive means nothing.
func byKey(a, b scanner.Field) int { return cmp.Compare(a.Key, b.Key) }

// entries are the rows of the table of handlers.
func (g *program) entries() []jen.Code {
	var rows []jen.Code
	for i, c := range g.project.Model.Commands {
		row := []jen.Code{field("Name", jen.Lit(c.Name))}
		if c.Async {
			row = append(row, field("Async", jen.True()))
		}
		row = append(row, field("Call", jen.Id(g.handlers[i])))
		rows = append(rows, jen.Values(row...))
	}
	return rows
}

// messages are the rows of the table of messages.
func (g *program) messages() []jen.Code {
	var rows []jen.Code
	for _, m := range g.project.Model.Messages {
		rows = append(rows, jen.Qual(runnerPath, "MessageOf").Types(jen.Qual(m.Type.Package.Path, m.Type.Name)).Call(jen.Lit(m.Name)))
	}
	return rows
}

// tracks are the rows of the table of tracks.
func (g *program) tracks() []jen.Code {
	var rows []jen.Code
	for _, t := range g.project.Model.Tracks {
		kind, direction := jen.Qual(runnerPath, upperFirst(t.Kind)), jen.Qual(runnerPath, upperFirst(t.Direction))
		rows = append(rows, jen.Values(field("Name", jen.Lit(t.Name)), field("Kind", kind), field("Direction", direction)))
	}
	return rows
}

// configText is the factory configuration with plain line ends, as it must be
// the same text in every checkout.
func configText(p *scanner.Project) string {
	return strings.ReplaceAll(p.ConfigText, "\r\n", "\n")
}

func field(name string, value jen.Code) jen.Code { return jen.Id(name).Op(":").Add(value) }

// lines sets each item of a composite literal on a line of its own.
func lines(items ...jen.Code) []jen.Code {
	set := make([]jen.Code, 0, len(items)+1)
	for _, item := range items {
		set = append(set, jen.Line().Add(item))
	}
	return append(set, jen.Line())
}

// quoteLines is text as a sum of quoted strings, one a line.
func quoteLines(text string) jen.Code {
	sum := jen.Null()
	for i, line := range strings.SplitAfter(text, "\n") {
		switch {
		case i == 0:
			sum = jen.Lit(line)
		case line != "":
			sum.Op("+").Line().Lit(line)
		}
	}
	return sum
}
