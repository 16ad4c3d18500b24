package gen

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/reactorgen/reactor/scanner"
)

// definitionsPath begins the references to definitions.
const definitionsPath = "#/$defs/"

// tuple is how many items a list of a fixed length has at most whose items are
// listed one by one.
const tuple = 16

// form is a JSON schema: its keywords with their values as JSON. They are
// written in the order of the alphabet.
type form map[string]string

func (f form) object() object {
	var o object
	for _, key := range slices.Sorted(maps.Keys(f)) {
		o.add(key, f[key])
	}
	return o
}

func (f form) String() string {
	o := f.object()
	return o.String()
}

// set sets a keyword, unless the value is empty.
func (f form) set(key, value string) {
	if value != "" {
		f[key] = value
	}
}

// definitions are the structs that a schema refers to, by the names of the
// references, which begin with path.
type definitions struct {
	path  string
	names map[scanner.TypeName]string
	forms form
	sent  bool // by the model: then nothing has a default

	// In an OpenAPI document, the structs that the model sends have their
	// definitions beside those that it takes.
	others *definitions
}

func newDefinitions() *definitions {
	return &definitions{path: definitionsPath, names: map[scanner.TypeName]string{}, forms: form{}}
}

// fileType stands for reactor.File.
var fileType = scanner.TypeName{Package: scanner.Package{Path: reactorPath, Name: "reactor"}, Name: "File"}

// fileSchema is what a client sends of an upload.
const fileSchema = `{"properties":{"upload_id":{"type":"string"},"name":{"type":"string"},` +
	`"mime_type":{"type":"string"},"size":{"type":"integer"}},"required":["upload_id"],"type":"object"}`

// schemaOf returns the JSON schema of one parameter. Its keys stand in the
// alphabet's order, "required" at the end.
func schemaOf(p scanner.Param) string {
	d := newDefinitions()
	f := d.taken(p.Value)
	if len(d.forms) > 0 {
		f.set("$defs", d.forms.String())
	}
	schema := f.object()
	if p.Default == "" && !p.Optional {
		schema.add("required", "true")
	}
	return schema.String()
}

// MessageSchema returns the JSON schema of a message's data: that of an object,
// with its definitions. Every field that is always sent is required.
func MessageSchema(m scanner.Message) string {
	d := newDefinitions()
	d.sent = true
	f := d.members(m.Data)
	if m.Description != "" {
		f.set("description", quote(m.Description))
	}
	if len(d.forms) > 0 {
		f.set("$defs", d.forms.String())
	}
	return f.String()
}

// resultSchema returns the JSON schema of what a command returns.
func resultSchema(v scanner.Value) string {
	d := newDefinitions()
	d.sent = true
	f := d.schema(v)
	if len(d.forms) > 0 {
		f.set("$defs", d.forms.String())
	}
	return f.String()
}

// schema is the schema of a value.
func (d *definitions) schema(v scanner.Value) form {
	f := d.present(v)
	if v.Optional {
		f = form{"anyOf": "[" + f.String() + `,{"type":"null"}]`}
	}
	f.set("default", defaultOf(v))
	if v.Description != "" {
		f.set("description", quote(v.Description))
	}
	return f
}

// taken is the schema of a parameter or a field: where it may be null, that is the
// default.
func (d *definitions) taken(v scanner.Value) form {
	if v.Optional && v.Default == "" && !d.sent {
		v.Default = "null"
	}
	return d.schema(v)
}

// present is the schema of a value that is not null.
func (d *definitions) present(v scanner.Value) form {
	switch v.Kind {
	case scanner.KindString:
		f := form{"type": `"string"`}
		f.lengths("minLength", "maxLength", v)
		if v.Pattern != "" {
			f.set("pattern", quote(v.Pattern))
		}
		f.choices(v.Enum, quote)
		return f
	case scanner.KindInteger, scanner.KindNumber, scanner.KindDuration:
		return number(v)
	case scanner.KindBoolean:
		return form{"type": `"boolean"`}
	case scanner.KindList:
		return d.list(v)
	case scanner.KindMap:
		f := form{"type": `"object"`, "additionalProperties": "true"}
		if v.Elem.Kind != scanner.KindAny || v.Elem.Optional {
			f.set("additionalProperties", d.schema(*v.Elem).String())
		}
		f.lengths("minProperties", "maxProperties", v)
		return f
	case scanner.KindObject:
		if v.Named.Name == "" {
			return d.members(v)
		}
		return form{"$ref": quote(d.path + d.define(v))}
	case scanner.KindFile:
		return form{"$ref": quote(d.path + d.file())}
	}
	return form{}
}

// number is the schema of a number or of a duration in seconds. Small types have
// limits of their own; those of larger ones are too far apart for a control.
func number(v scanner.Value) form {
	f := form{"type": `"number"`}
	if v.Kind == scanner.KindInteger {
		f.set("type", `"integer"`)
	}
	f.choices(v.Enum, func(text string) string { return text })
	low, high := typeLimits(v)
	if v.Min == "" && v.ExclusiveMin == "" {
		f.set("minimum", low)
	}
	if v.Max == "" && v.ExclusiveMax == "" {
		f.set("maximum", high)
	}
	f.set("minimum", v.Min)
	f.set("maximum", v.Max)
	f.set("exclusiveMinimum", v.ExclusiveMin)
	f.set("exclusiveMaximum", v.ExclusiveMax)
	f.set("multipleOf", v.MultipleOf)
	return f
}

// typeLimits are the limits of a small Go type.
func typeLimits(v scanner.Value) (low, high string) {
	if len(v.Enum) > 0 {
		return "", ""
	}
	switch v.GoType {
	case "int8":
		return "-128", "127"
	case "uint8":
		return "0", "255"
	case "int16":
		return "-32768", "32767"
	case "uint16":
		return "0", "65535"
	case "uint", "uint32", "uint64":
		return "0", ""
	}
	return "", ""
}

// lengths sets the limits of how long a value is.
func (f form) lengths(least, most string, v scanner.Value) {
	if v.MinLen >= 0 {
		f.set(least, strconv.Itoa(v.MinLen))
	}
	if v.MaxLen >= 0 {
		f.set(most, strconv.Itoa(v.MaxLen))
	}
}

// choices sets the only values.
func (f form) choices(values []string, write func(string) string) {
	all := make([]string, len(values))
	for i, value := range values {
		all[i] = write(value)
	}
	switch len(all) {
	case 0:
	case 1:
		f.set("const", all[0])
	default:
		f.set("enum", "["+strings.Join(all, ",")+"]")
	}
}

// list is the schema of a slice, or of an array: then each item is listed as
// long as there are few.
func (d *definitions) list(v scanner.Value) form {
	f := form{"type": `"array"`}
	item := d.schema(*v.Elem).String()
	switch {
	case v.Length == 0:
		f.set("items", item)
		f.lengths("minItems", "maxItems", v)
		return f
	case v.Length > tuple:
		f.set("items", item)
	default:
		f.set("prefixItems", "["+strings.Join(slices.Repeat([]string{item}, v.Length), ",")+"]")
	}
	f.set("minItems", strconv.Itoa(v.Length))
	f.set("maxItems", strconv.Itoa(v.Length))
	return f
}

// define adds the definition of a struct, once, and returns its name.
func (d *definitions) define(v scanner.Value) string {
	name, known := d.names[v.Named]
	if !known {
		name = d.name(v.Named)
		d.forms[name] = "" // its name is taken while its fields are looked at
		d.forms[name] = d.members(v).String()
		if same := d.shared(v.Named, name); same != "" {
			return same
		}
	}
	return name
}

func (d *definitions) file() string {
	name, known := d.names[fileType]
	switch {
	case known:
	case d.path == componentsPath:
		name = d.name(scanner.TypeName{Package: fileType.Package, Name: uploadName})
		d.forms[name], d.names[fileType] = uploadSchema, name
	default:
		name = d.name(fileType)
		d.forms[name] = fileSchema
	}
	return name
}

// name chooses the name of a definition: the type's, with that of its package in
// front where another package has one of the same.
func (d *definitions) name(t scanner.TypeName) string {
	name := t.Name
	if d.path == componentsPath {
		name = componentName(name)
	}
	switch _, taken := d.forms[name]; {
	case taken && d.others != nil && d.others.names[t] != "":
		name += "Input"
	case taken:
		name = t.Package.Name + "__" + name
	}
	for n, want := 2, name; ; n++ {
		if _, taken := d.forms[name]; !taken {
			d.names[t] = name
			return name
		}
		name = want + strconv.Itoa(n)
	}
}

// members is the schema of a struct. Its fields keep their order.
func (d *definitions) members(v scanner.Value) form {
	var properties object
	var required []string
	for _, m := range v.Fields {
		properties.add(m.Key, d.taken(m.Value).String())
		if m.Required {
			required = append(required, m.Key)
		}
	}
	f := form{"properties": properties.String(), "type": `"object"`}
	if len(required) > 0 {
		f.set("required", quoteAll(required))
	}
	return f
}

// defaultOf returns the JSON text of a default, a string with our own escapes.
func defaultOf(v scanner.Value) string {
	var text string
	if json.Unmarshal([]byte(v.Default), &text) == nil && v.Default != "null" {
		return quote(text)
	}
	return printable(v.Default)
}
