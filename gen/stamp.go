package gen

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/reactorgen/reactor/scanner"
)

// Stamp is what the header of a generated main says of its inputs: enough to
// tell in the directive's words what has changed since. Where the directive
// stands and how the author's code is laid out are not inputs, nor is the
// version of reactor-gen.
type Stamp struct {
	// Format is the outputFormat of the main.
	Format int `json:"format"`

	// Name and Type are the model's, the type with its package's import path.
	Name string `json:"name"`
	Type string `json:"type"`

	// Config is the path of the factory configuration, ConfigText a hash of its
	// text.
	Config     string `json:"config,omitempty"`
	ConfigText string `json:"configText,omitempty"`

	// ConfigSchema is a hash of the form of the config struct.
	ConfigSchema string `json:"configSchema,omitempty"`

	// Weights and Metadata are those of the directive. The order of the metadata
	// is no input.
	Weights  []string          `json:"weights,omitempty"`
	Metadata map[string]string `json:"metadata,omitempty"`

	// Constructor is its call, in short.
	Constructor string `json:"constructor,omitempty"`

	// Commands are a name, a space and a hash of everything else, each.
	Commands []string `json:"commands,omitempty"`

	// Messages are a name, a space and the type with a hash of its form, each.
	Messages []string `json:"messages,omitempty"`

	// Tracks are a name, the kind and the direction of those that not every model
	// has, each, and the description behind a colon.
	Tracks []string `json:"tracks,omitempty"`
}

// fullSum is how many hexadecimal digits a hash has, and shortSum how many of
// them the header shows of an input that is too long to be shown itself.
const (
	fullSum  = 64
	shortSum = 8
)

// stampOf describes the inputs of a project's main, with so many digits a hash.
func stampOf(p *scanner.Project, digits int) Stamp {
	m := p.Model
	s := Stamp{
		Format:      outputFormat,
		Name:        m.Name,
		Type:        typeText(scanner.TypeName{Package: m.Package, Name: m.Type}),
		Config:      m.Config,
		Weights:     m.Weights,
		Constructor: constructorText(m.Constructor),
	}
	if m.Config != "" {
		s.ConfigText = sum([]byte(configText(p)))[:digits]
	}
	if p.ConfigSchema != "" {
		s.ConfigSchema = sum([]byte(configSchema(p)))[:digits]
	}
	if len(m.Metadata) > 0 {
		s.Metadata = make(map[string]string, len(m.Metadata))
	}
	for _, f := range m.Metadata {
		s.Metadata[f.Key] = f.Value
	}
	for _, c := range m.Commands {
		s.Commands = append(s.Commands, c.Name+" "+sum([]byte(commandText(c)))[:digits])
	}
	for _, message := range m.Messages {
		form := sum([]byte(MessageSchema(message)))[:digits]
		s.Messages = append(s.Messages, message.Name+" "+typeText(message.Type)+" "+form)
	}
	for _, track := range m.Tracks {
		s.Tracks = append(s.Tracks, trackText(track))
	}
	return s
}

// inputsHash names the inputs of a project's main.
func inputsHash(p *scanner.Project) string { return sum([]byte(stampOf(p, fullSum).json())) }

// sum is the SHA-256 of text in hexadecimal digits.
func sum(text []byte) string {
	digest := sha256.Sum256(text)
	return hex.EncodeToString(digest[:])
}

// json is the stamp in one line that is safe in a comment.
func (s Stamp) json() string {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return "" // plain values always encode
	}
	return printable(strings.TrimSpace(out.String()))
}

// typeText is a type with its package's name and path, as both stand in the
// main.
func typeText(t scanner.TypeName) string {
	return fmt.Sprintf("%s.%s (%s)", t.Package.Name, t.Name, t.Package.Path)
}

// constructorText is how a constructor is called: New(context, config *x.Config
// (example.com/x)) error. It is empty without one.
func constructorText(c *scanner.Constructor) string {
	if c == nil {
		return ""
	}
	var inputs []string
	for _, in := range c.Inputs {
		text := string(in.Kind)
		if in.Kind == scanner.InputConfig {
			star := ""
			if in.Pointer {
				star = "*"
			}
			text += " " + star + typeText(in.Type)
		}
		inputs = append(inputs, text)
	}
	text := c.Name + "(" + strings.Join(inputs, ", ") + ")"
	if c.ReturnsError {
		text += " error"
	}
	return text
}

// trackText is all of a track.
func trackText(t scanner.Track) string {
	text := t.Name + " " + t.Kind + " " + t.Direction
	if t.Description != "" {
		text += ": " + t.Description
	}
	return text
}

// commandText is all of a command that stands in the main: what clients learn
// of it, and how its method is called.
func commandText(c scanner.Command) string {
	var types []string
	for _, p := range c.Params {
		types = append(types, valueText(p.Value))
	}
	text := fmt.Sprintf("%s %s(%s) async=%t context=%t value=%t error=%t", commandSchema(c),
		c.Method, strings.Join(types, ", "), c.Async, c.TakesContext, c.ReturnsValue, c.ReturnsError)
	if c.Returns != nil {
		text += " " + resultSchema(*c.Returns)
	}
	return text
}

// valueText is the Go type of a value, with the fields of structs as they are
// read.
func valueText(v scanner.Value) string {
	star := ""
	if v.Optional {
		star = "*"
	}
	text := v.GoType
	if v.Named.Name != "" {
		text = typeText(v.Named)
	}
	if v.Elem != nil {
		text += fmt.Sprintf("[%d]%s", v.Length, valueText(*v.Elem))
	}
	for _, f := range v.Fields {
		text += fmt.Sprintf("{%s %s}", f.Name, valueText(f.Value))
	}
	return star + text
}
