package gen

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/scanner"
)

// ManifestSchema is the JSON Schema of [Manifest].
//
//go:embed manifest.schema.json
var ManifestSchema string

// manifestFormat counts the forms of the manifest. One that a reader of the form
// before cannot read has another number.
const manifestFormat = 1

// Manifest returns what a project is, as JSON for deployment tools, indented by
// two spaces: the identity in its directive, what it needs to run, what clients
// may say to it, and hashes by which two builds are told apart. Version is that
// of our module; it is left out where that is empty.
func Manifest(p *scanner.Project, version string) (string, error) {
	top, err := manifest(p)
	if err != nil {
		return "", err
	}
	if version != "" {
		top.add("reactor", `{"version":`+quote(version)+"}")
	}
	return indent(top.String(), "  ")
}

// manifest is the manifest without the version. It depends on the project alone.
func manifest(p *scanner.Project) (top object, err error) {
	doc, err := openAPI(p)
	if err != nil {
		return top, err
	}
	m := p.Model
	top.add("format", fmt.Sprint(manifestFormat))
	top.add("name", quote(m.Name))
	top.add("module", quote(p.Module))
	top.add("package", quote(m.Package.Path))
	top.add("type", quote(m.Type))
	top.addSet("metadata", metadataObject(m.Metadata))
	if len(m.Weights) > 0 {
		top.add("weights", quoteAll(m.Weights))
	}
	config, err := configObject(p)
	if err != nil {
		return top, err
	}
	top.addSet("config", config)
	top.add("commands", commandList(m.Commands))
	top.add("messages", messageList(m.Messages))
	if len(m.Tracks) > 0 {
		top.add("tracks", trackList(m.Tracks))
	}
	top.add("inputs", quote("sha256:"+inputsHash(p)))
	top.add("openapi", doc)
	return top, nil
}

// metadataObject is the directive's other keys, sorted.
func metadataObject(fields []scanner.Field) string {
	if len(fields) == 0 {
		return ""
	}
	var o object
	for _, f := range slices.SortedFunc(slices.Values(fields), byKey) {
		o.add(f.Key, quote(f.Value))
	}
	return o.String()
}

// configObject is the factory configuration, and the form of the struct that it
// goes into. The hash is that of the text with plain line ends.
func configObject(p *scanner.Project) (string, error) {
	var o object
	if p.Model.Config != "" {
		o.add("path", quote(p.Model.Config))
		o.add("sha256", quote(sum([]byte(configText(p)))))
	}
	if p.ConfigSchema != "" {
		var schema bytes.Buffer
		if err := json.Compact(&schema, []byte(printable(p.ConfigSchema))); err != nil {
			return "", fmt.Errorf("the schema of the configuration: %w", err)
		}
		o.add("schema", schema.String())
	}
	if len(o.members) == 0 {
		return "", nil
	}
	return o.String(), nil
}

func commandList(commands []scanner.Command) string {
	list := make([]string, len(commands))
	for i, c := range commands {
		var o object
		o.add("name", quote(c.Name))
		if c.Description != "" {
			o.add("description", quote(c.Description))
		}
		if c.Async {
			o.add("async", "true")
		}
		list[i] = o.String()
	}
	return listOf(list)
}

func messageList(messages []scanner.Message) string {
	list := make([]string, len(messages))
	for i, m := range messages {
		var o object
		o.add("name", quote(m.Name))
		if m.Description != "" {
			o.add("description", quote(m.Description))
		}
		list[i] = o.String()
	}
	return listOf(list)
}

// mainVideo is the track that every model has.
var mainVideo = scanner.Track{Name: "main_video", Kind: "video", Direction: "out"}

// trackList is all tracks of a model, as it sees them, given those that it has
// besides the one that every model has.
func trackList(more []scanner.Track) string {
	list := make([]string, 0, len(more)+1)
	for _, t := range slices.Concat([]scanner.Track{mainVideo}, more) {
		var o object
		o.add("name", quote(t.Name))
		o.add("kind", quote(t.Kind))
		o.add("direction", quote(t.Direction))
		if t.Description != "" {
			o.add("description", quote(t.Description))
		}
		list = append(list, o.String())
	}
	return listOf(list)
}

// listOf is a JSON list of values.
func listOf(values []string) string { return "[" + strings.Join(values, ",") + "]" }
