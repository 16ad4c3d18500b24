package app

import (
	"fmt"
	"io"
	"strings"

	"github.com/reactorgen/reactor/config"
)

// configHelp writes what --config-help shows: the keys that the author's struct
// has, as flags, with their types, limits and descriptions. The values are those of
// the file and the flags, or else the defaults. Without a schema the keys are those
// that the file has. A configuration that cannot be read is nil.
func configHelp(w io.Writer, p Program, schema *config.Schema, doc *config.Document) {
	values := map[string]string{}
	if doc != nil {
		for _, s := range doc.Settings() {
			values[s.Key] = s.Value
		}
	}
	if schema == nil {
		fmt.Fprintf(w, "%s does not say which keys it reads: its generated code has no schema of the configuration.\n", p.Identity.Name)
		if len(values) > 0 {
			fmt.Fprintf(w, "\nThe keys of the file:\n")
			columns(w, settingRows(doc))
		}
		return
	}
	if len(schema.Fields) == 0 {
		fmt.Fprintf(w, "%s has no keys in its configuration.\n", p.Identity.Name)
		return
	}
	fmt.Fprintf(w, "The configuration of %s; VALUE is YAML, and these are the values without further flags:\n\n", p.Identity.Name)
	for _, k := range keysOf(schema, "", nil) {
		k.write(w, values)
	}
}

// key is one key of the configuration, with its path.
type key struct {
	path string
	*config.Schema
}

// keysOf lists the keys of a struct, those of structs within it after each other.
// Those within lists and maps have [] and NAME in their paths.
func keysOf(s *config.Schema, path string, all []key) []key {
	for i := range s.Fields {
		f := &s.Fields[i]
		at := f.Key
		if path != "" {
			at = path + "." + f.Key
		}
		if f.Kind != config.Struct || f.Optional || f.Description != "" {
			all = append(all, key{at, &f.Schema})
		}
		inner, below := &f.Schema, at
		for inner.Elem != nil && len(below) < maxPath {
			below += map[config.Kind]string{config.List: "[]", config.Map: ".NAME"}[inner.Kind]
			inner = inner.Elem
		}
		if len(below) < maxPath {
			all = keysOf(inner, below, all)
		}
	}
	return all
}

// maxPath ends the list of keys in a struct that contains itself.
const maxPath = 200

// write writes a key with what there is to know of it, a line for each.
func (k key) write(w io.Writer, values map[string]string) {
	value, set := values[k.path]
	switch {
	case !set && k.HasDefault:
		value, set = k.Default, true
	case !set:
		value = "VALUE"
	}
	switch {
	case strings.Contains(k.path, "[]"), strings.Contains(k.path, ".NAME"), k.Kind == config.Struct && !set:
		fmt.Fprintf(w, "  %s\n", k.path)
	case set:
		value = shell(value)
		fallthrough
	default:
		fmt.Fprintf(w, "  %s%s=%s\n", modelFlag, k.path, value)
	}
	about := k.Summary()
	if k.HasDefault {
		about = strings.TrimPrefix(about+", default "+k.Default, ", ")
	}
	for _, line := range append([]string{about}, strings.Split(k.Description, "\n")...) {
		if line = strings.TrimSpace(line); line != "" {
			fmt.Fprintf(w, "        %s\n", line)
		}
	}
}
