package gen

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/reactorgen/reactor/scanner"
)

// field is a field of a struct with its comment. One that may be left out of what is
// taken is a pointer, where its type has no nil of its own.
func (g *goClient) field(name, key string, v scanner.Value, optional, sent bool) []jen.Code {
	var code []jen.Code
	for _, line := range goDoc(v) {
		code = append(code, jen.Comment("// "+line))
	}
	tag := key
	switch {
	case optional && !sent:
		tag += ",omitzero"
		v.Optional = true
	case key == "-":
		tag = "-," // alone, it is no key
	}
	return append(code, jen.Id(name).Add(g.typeOf(v, sent)).Tag(map[string]string{"json": tag}))
}

// goDoc is the lines of the comment of a value. Those of an enum without a type of
// its own are listed.
func goDoc(v scanner.Value) []string {
	text, lines := docOf(v)
	for i, line := range lines {
		lines[i] = visible(line)
	}
	if len(v.Enum) > 0 && v.Constants == nil {
		quoted := make([]string, len(v.Enum))
		for i, value := range v.Enum {
			quoted[i] = literal(v.Kind, value)
		}
		lines = append(lines, "One of: "+strings.Join(quoted, ", "))
	}
	return append(wrap(text, docWidth), lines...)
}

// typeOf is the Go type of a value in the client.
func (g *goClient) typeOf(v scanner.Value, sent bool) *jen.Statement {
	if v.Optional {
		v.Optional = false
		typ := g.typeOf(v, sent)
		if v.Kind == scanner.KindAny || v.Kind == scanner.KindMap || v.Kind == scanner.KindList && v.Length == 0 {
			return typ
		}
		return jen.Op("*").Add(typ)
	}
	switch v.Kind {
	case scanner.KindString, scanner.KindInteger, scanner.KindNumber:
		if v.Constants != nil {
			return jen.Id(g.choice(v))
		}
		return jen.Id(v.GoType)
	case scanner.KindBoolean:
		return jen.Bool()
	case scanner.KindDuration:
		return jen.Qual(clientPath, "Duration")
	case scanner.KindList:
		if v.Length > 0 {
			return jen.Index(jen.Lit(v.Length)).Add(g.typeOf(*v.Elem, sent))
		}
		return jen.Index().Add(g.typeOf(*v.Elem, sent))
	case scanner.KindMap:
		return jen.Map(jen.String()).Add(g.typeOf(*v.Elem, sent))
	case scanner.KindObject:
		return jen.Id(g.named(v, sent, ""))
	case scanner.KindFile:
		return jen.Qual(clientPath, "File")
	}
	return jen.Any()
}

// choice declares a type with the author's constants and returns its name.
func (g *goClient) choice(v scanner.Value) string {
	what := typeText(v.Named) + strings.Join(v.Enum, "\x00")
	if known, ok := g.types[what]; ok {
		return known
	}
	name := g.names.take(upperFirst(v.Named.Name))
	g.types[what] = name
	g.file.Line()
	g.file.Comment("// " + name + " is one of the constants below.")
	g.file.Type().Id(name).Id(v.GoType)
	var constants []jen.Code
	for i, text := range v.Enum {
		value := jen.Id(text)
		if v.Kind == scanner.KindString {
			value = jen.Lit(text)
		}
		constants = append(constants, jen.Id(g.names.take(upperFirst(v.Constants[i]))).Id(name).Op("=").Add(value))
	}
	g.file.Line()
	g.file.Comment("// The values of " + name + ".")
	g.file.Const().Defs(constants...)
	return name
}

// named declares a struct and returns its name.
func (g *goClient) named(v scanner.Value, sent bool, about string) string {
	fields := names{}
	var declared []jen.Code
	var form strings.Builder
	for _, m := range v.Fields {
		name := fields.take(upperFirst(identifier(m.Name[strings.LastIndex(m.Name, ".")+1:], "Field")))
		code := g.field(name, m.Key, m.Value, !m.Required, sent)
		declared = append(declared, code...)
		form.WriteString(jen.Type().Id("T").Struct(code...).GoString())
	}
	what := typeText(v.Named) + form.String()
	if known, ok := g.types[what]; ok {
		return known
	}
	name := upperFirst(orElse(v.Named.Name, "Struct"))
	if !sent && g.names[name] {
		name += "Input"
	}
	name = g.names.take(name)
	g.types[what] = name
	g.comment(name + " " + orElse(about, "is what the model calls "+orElse(v.Named.Name, "a struct")+"."))
	g.file.Type().Id(name).Struct(declared...)
	return name
}
