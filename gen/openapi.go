package gen

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/reactorgen/reactor/scanner"
)

// The names in an OpenAPI document that clients know.
const (
	openAPIVersion = "3.1.0"
	componentsPath = "#/components/schemas/"
	uploadName     = "ReactorUploadReference"
)

// uploadSchema is what a client sends of an upload, marked as newer clients know
// it. The runtime needs the id alone.
const uploadSchema = `{"description":"A file that was uploaded","format":"reactor-upload-reference",` +
	`"properties":{"upload_id":{"type":"string"},"name":{"type":"string"},` +
	`"mime_type":{"type":"string"},"size":{"type":"integer"}},"required":["upload_id"],"type":"object"}`

// OpenAPI returns what clients may say to a model and hear from it as an OpenAPI
// 3.1 document, indented by two spaces. Nothing of it is served over HTTP: it is
// the form in which newer clients ask for the schema, and that generators read.
//
//	paths      /events/COMMAND: its parameters as the body, its result as the answer
//	webhooks   MESSAGE: the data of a message that the model declares
//	components the structs in them
//	x-reactor  the tracks, as the model sees them
//
// Commands and messages keep the order of their declaration. A struct that is
// both sent and taken in different forms has "Input" in the name of the latter.
//
// The error says that a default or a limit is not JSON.
func OpenAPI(p *scanner.Project) (string, error) {
	text, err := openAPI(p)
	if err != nil {
		return "", err
	}
	return indent(text, "  ")
}

// indent sets JSON out over lines.
func indent(text, by string) (string, error) {
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(text), "", by); err != nil {
		return "", err
	}
	return out.String(), nil
}

// openAPI is the document in one line.
func openAPI(p *scanner.Project) (string, error) {
	sent := &definitions{path: componentsPath, names: map[scanner.TypeName]string{}, forms: form{}, sent: true}
	taken := &definitions{path: componentsPath, names: map[scanner.TypeName]string{}, forms: sent.forms, others: sent}
	webhooks := webhooksOf(p.Model, sent)
	var paths object
	for _, c := range p.Model.Commands {
		result := resultsOf(c, sent)
		paths.add("/events/"+c.Name, operation(c.Name, orElse(c.Description, "Trigger "+c.Name), bodyOf(c, taken), result))
	}
	var doc, components object
	doc.add("openapi", quote(openAPIVersion))
	doc.add("info", infoOf(p.Model))
	doc.add("x-reactor", `{"tracks":`+trackList(p.Model.Tracks)+`}`)
	doc.add("paths", paths.String())
	if len(p.Model.Messages) > 0 {
		doc.add("webhooks", webhooks)
	}
	components.add("schemas", sent.forms.String())
	doc.add("components", components.String())
	text := doc.String()
	if !json.Valid([]byte(text)) {
		return "", fmt.Errorf("model %s: a default or limit is not JSON", p.Model.Name)
	}
	return text, nil
}

// infoOf is what the directive says of the model. The version begins with a v.
func infoOf(m scanner.Model) string {
	version := orElse(metadata(m, "version"), "0.0.0")
	if version[0] >= '0' && version[0] <= '9' {
		version = "v" + version
	}
	var info object
	info.add("title", quote(m.Name))
	info.add("version", quote(version))
	info.add("description", quote(metadata(m, "description")))
	return info.String()
}

func metadata(m scanner.Model, key string) string {
	for _, f := range m.Metadata {
		if f.Key == key {
			return f.Value
		}
	}
	return ""
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// webhooksOf is the messages. Their structs are defined first, so that they have
// the plain names.
func webhooksOf(m scanner.Model, sent *definitions) string {
	operations := make(map[string]bool)
	for _, c := range m.Commands {
		operations[c.Name] = true
	}
	var all object
	for _, message := range m.Messages {
		id := message.Name
		for operations[id] {
			id += "_message"
		}
		operations[id] = true
		all.add(message.Name, operation(id, message.Description, sent.present(message.Data).String(),
			`{"202":{"description":"Message received"}}`))
	}
	return all.String()
}

// operation is one command or message.
func operation(id, summary, body, responses string) string {
	var post object
	post.add("operationId", quote(id))
	if summary != "" {
		post.add("summary", quote(summary))
	}
	post.add("requestBody", `{"required":true,"content":{"application/json":{"schema":`+body+`}}}`)
	post.add("responses", responses)
	return `{"post":` + post.String() + `}`
}

// bodyOf is the schema of a command's parameters.
func bodyOf(c scanner.Command, taken *definitions) string {
	var properties object
	var required []string
	for _, p := range c.Params {
		properties.add(p.Name, taken.taken(p.Value).String())
		if isRequired(p.Value) {
			required = append(required, p.Name)
		}
	}
	f := form{"properties": properties.String(), "type": `"object"`}
	if len(required) > 0 {
		f.set("required", quoteAll(required))
	}
	return f.String()
}

// isRequired tells whether a command is refused without the parameter.
func isRequired(v scanner.Value) bool { return v.Default == "" && !v.Optional }

// resultsOf is the answers to a command: its result, or that there is none, which
// is what null stands for.
func resultsOf(c scanner.Command, sent *definitions) string {
	var responses object
	if c.ReturnsValue {
		result := form{}
		if c.Returns != nil {
			v := *c.Returns
			v.Optional = false
			result = sent.schema(v)
		}
		responses.add("200", `{"description":"The result","content":{"application/json":{"schema":`+result.String()+`}}}`)
	}
	if !c.ReturnsValue || c.Returns == nil || c.Returns.Optional || c.Returns.Kind == scanner.KindAny {
		responses.add("202", `{"description":"Command accepted"}`)
	}
	return responses.String()
}

// componentName is a type's name as a key of components, which is ASCII.
func componentName(name string) string {
	return strings.Map(func(r rune) rune {
		if r <= unicode.MaxASCII {
			return r
		}
		return '_'
	}, name)
}

// shared returns the name of the definition that a struct has as what the model
// sends, if that is the same: then the one called name is not needed.
func (d *definitions) shared(t scanner.TypeName, name string) string {
	if d.others == nil {
		return ""
	}
	same := d.others.names[t]
	if same == "" || d.forms[same] != d.forms[name] {
		return ""
	}
	delete(d.forms, name)
	d.names[t] = same
	return same
}
