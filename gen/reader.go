package gen

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/reactorgen/reactor/scanner"
)

// scalars are the functions of package runner that read a value of a basic type.
var scalars = map[scanner.ParamKind]string{
	scanner.KindString:   "Text",
	scanner.KindInteger:  "Int",
	scanner.KindNumber:   "Float",
	scanner.KindBoolean:  "Bool",
	scanner.KindDuration: "Duration",
}

// read is the function that reads a value of one Go type: one of package
// runner's, or a reader that the main declares.
func (g *program) read(v scanner.Value) *jen.Statement {
	if v.Optional {
		v.Optional = false
		return jen.Qual(runnerPath, "Optional").Call(g.read(v))
	}
	if name, declared := g.readers[valueText(v)]; declared {
		return jen.Id(name)
	}
	switch v.Kind {
	case scanner.KindList:
		return jen.Qual(runnerPath, "List").Types(goType(v)).Call(g.read(*v.Elem))
	case scanner.KindMap:
		return jen.Qual(runnerPath, "Map").Types(goType(v)).Call(g.read(*v.Elem))
	case scanner.KindFile:
		return jen.Qual(runnerPath, "File")
	case scanner.KindAny:
		if v.Named.Name != "" {
			return jen.Qual(runnerPath, "Raw")
		}
		return jen.Qual(runnerPath, "Any")
	default:
		return jen.Qual(runnerPath, scalars[v.Kind]).Types(goType(v))
	}
}

// goType is the Go type of a value.
func goType(v scanner.Value) *jen.Statement {
	if v.Optional {
		v.Optional = false
		return jen.Op("*").Add(goType(v))
	}
	switch {
	case v.Kind == scanner.KindFile:
		return jen.Qual(reactorPath, "File")
	case v.Named.Name != "":
		return jen.Qual(v.Named.Package.Path, v.Named.Name)
	case v.Kind == scanner.KindList && v.Length > 0:
		return jen.Index(jen.Lit(v.Length)).Add(goType(*v.Elem))
	case v.Kind == scanner.KindList:
		return jen.Index().Add(goType(*v.Elem))
	case v.Kind == scanner.KindMap:
		return jen.Map(jen.String()).Add(goType(*v.Elem))
	case v.Kind == scanner.KindAny:
		return jen.Any()
	}
	return jen.Id(v.GoType)
}

// eachValue visits a value and all that is in it.
func eachValue(v scanner.Value, visit func(scanner.Value)) {
	visit(v)
	if v.Elem != nil {
		eachValue(*v.Elem, visit)
	}
	for _, m := range v.Fields {
		eachValue(m.Value, visit)
	}
}

// eachParam visits all that commands take.
func eachParam(p *scanner.Project, visit func(scanner.Value)) {
	for _, c := range p.Model.Commands {
		for _, param := range c.Params {
			eachValue(param.Value, visit)
		}
	}
}

// declareReaders chooses names for the readers of structs and arrays.
func (g *program) declareReaders() {
	g.readers = map[string]string{}
	eachParam(g.project, func(v scanner.Value) {
		if v.Optional = false; v.Kind != scanner.KindObject && v.Length == 0 {
			return
		}
		if text := valueText(v); g.readers[text] == "" {
			name := v.Named.Name
			if name == "" {
				name = "Array"
			}
			g.readers[text] = g.declare("read" + upperFirst(name))
			g.ordered = append(g.ordered, v)
		}
	})
	if len(g.readers) > 0 {
		g.name, g.value = g.names.take("name"), g.names.take("v")
	}
}

// writeReader writes the function that reads a struct field by field, or an
// array item by item.
func (g *program) writeReader(v scanner.Value) {
	var body []jen.Code
	if v.Kind == scanner.KindObject {
		body = append(body, jen.Id(g.in).Op(":=").Id(g.args).Dot("Object").Call(jen.Id(g.name)))
		for _, m := range v.Fields {
			field := jen.Id(g.value)
			for name := range strings.SplitSeq(m.Name, ".") {
				field.Dot(name)
			}
			body = append(body, field.Op("=").Add(g.read(m.Value)).Call(jen.Id(g.in), jen.Lit(m.Key)))
		}
	} else {
		body = append(body, jen.Qual(runnerPath, "Array").Call(
			jen.Id(g.args), jen.Id(g.name), jen.Id(g.value).Index(jen.Op(":")), g.read(*v.Elem)))
	}
	g.file.Line().Func().Id(g.readers[valueText(v)]).Params(
		jen.Id(g.args).Op("*").Qual(runnerPath, "Args"), jen.Id(g.name).String(),
	).Params(jen.Id(g.value).Add(goType(v))).Block(append(body, jen.Return(jen.Id(g.value)))...)
}
