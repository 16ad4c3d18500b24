package gen

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/reactorgen/reactor/scanner"
)

// Capabilities returns the commands as the JSON that clients ask for, indented
// by four spaces:
//
//	{"commands": {NAME: {"description": TEXT, "schema": {PARAM: {...}}}}}
//
// Commands and parameters keep the order of their declaration. The keys of a
// parameter are sorted, but for "required", which comes last and is there only
// where it is true; that is how the original writes them. A struct is a reference
// to a definition; the original leaves the definitions out, here they stand with
// the parameter. Back quotes and
// characters that do not print are escaped, so that the text is safe on a
// terminal and legal in a raw Go string.
//
// The error names the parameter whose default or limit is not JSON.
func Capabilities(commands []scanner.Command) (string, error) {
	var all object
	for _, c := range commands {
		for _, p := range c.Params {
			if schema := schemaOf(p); !json.Valid([]byte(schema)) {
				return "", fmt.Errorf("command %q, parameter %q: default or limit is not JSON: %s", c.Name, p.Name, schema)
			}
		}
		all.add(c.Name, commandSchema(c))
	}
	var top object
	top.add("commands", all.String())
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(top.String()), "", "    "); err != nil {
		return "", fmt.Errorf("capabilities: %w", err)
	}
	return out.String(), nil
}

// commandSchema returns the JSON of one command, without its name.
func commandSchema(c scanner.Command) string {
	var params, command object
	for _, p := range c.Params {
		params.add(p.Name, schemaOf(p))
	}
	command.add("description", quote(c.Description))
	command.add("schema", params.String())
	return command.String()
}

// object is a JSON object whose keys keep their order. The zero value is empty.
type object struct{ members []string }

func (o *object) add(key, value string) { o.members = append(o.members, quote(key)+":"+value) }

// addSet is add for a value that may be missing.
func (o *object) addSet(key, value string) {
	if value != "" {
		o.add(key, value)
	}
}

func (o *object) String() string { return "{" + strings.Join(o.members, ",") + "}" }

// lines is the object with a line for each member.
func (o *object) lines() string { return "{\n\t" + strings.Join(o.members, ",\n\t") + "\n}" }

func quoteAll(all []string) string {
	quoted := make([]string, len(all))
	for i, s := range all {
		quoted[i] = quote(s)
	}
	return "[" + strings.Join(quoted, ",") + "]"
}

// quote returns s as a JSON string without back quotes and without characters
// that do not print. Bytes that are not UTF-8 become U+FFFD.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch r {
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '\n':
			b.WriteString(`\n`)
		case '\t':
			b.WriteString(`\t`)
		default:
			b.WriteString(printable(string(r)))
		}
	}
	b.WriteByte('"')
	return b.String()
}

// printable returns JSON in which back quotes and all characters that do not
// print are escaped. There must be none but in strings.
func printable(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r != '`' && unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}
