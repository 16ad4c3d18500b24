package gen

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/reactorgen/reactor/scanner"
)

// lineWidth is how many characters a line of TypeScript has at most.
const lineWidth = 80

// typeOf is the TypeScript type of a value. What is too long for a line gets a
// name of its own, of which hint is the beginning.
func (ts *typeScript) typeOf(v scanner.Value, sent bool, hint string) string {
	if v.Optional {
		v.Optional = false
		return orNull(ts.typeOf(v, sent, hint), true)
	}
	if len(v.Enum) > 0 {
		return ts.choice(v, hint)
	}
	switch v.Kind {
	case scanner.KindString:
		return "string"
	case scanner.KindInteger, scanner.KindNumber, scanner.KindDuration:
		return "number"
	case scanner.KindBoolean:
		return "boolean"
	case scanner.KindList:
		return ts.list(v, sent, hint)
	case scanner.KindMap:
		return "{ [key: string]: " + ts.typeOf(*v.Elem, sent, hint) + " }"
	case scanner.KindObject:
		return ts.named(v, sent, "")
	case scanner.KindFile:
		return ts.upload()
	}
	return "unknown"
}

func orNull(typ string, optional bool) string {
	if optional && typ != "unknown" {
		return typ + " | null"
	}
	return typ
}

// list is the type of a list. One that is taken may be a constant of the page; one
// of few items has exactly as many.
func (ts *typeScript) list(v scanner.Value, sent bool, hint string) string {
	item := ts.typeOf(*v.Elem, sent, hint)
	readonly := "readonly "
	if sent {
		readonly = ""
	}
	if v.Length > 0 && v.Length <= tuple {
		return readonly + "[" + strings.Join(slices.Repeat([]string{item}, v.Length), ", ") + "]"
	}
	if strings.Contains(item, " ") && !strings.HasPrefix(item, "{") {
		item = "(" + item + ")"
	}
	return readonly + item + "[]"
}

// choice is the type of the only values of a string or a number: the name of the
// author's type where they are its constants.
func (ts *typeScript) choice(v scanner.Value, hint string) string {
	literals := make([]string, len(v.Enum))
	for i, text := range v.Enum {
		literals[i] = literal(v.Kind, text)
	}
	union := strings.Join(literals, " | ")
	if v.Constants != nil {
		hint = v.Named.Name
	} else if len(union) < lineWidth/2 {
		return union
	}
	return ts.declare(typeText(v.Named)+union, hint, func(name string) string {
		line := "export type " + name + " = " + union + ";\n"
		if len(line)-1 > lineWidth {
			line = "export type " + name + " =\n  | " + strings.Join(literals, "\n  | ") + ";\n"
		}
		return line
	})
}

// literal is a value as TypeScript writes it.
func literal(kind scanner.ParamKind, text string) string {
	if kind == scanner.KindString {
		return quoteText(text)
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil && kind != scanner.KindInteger {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return text
}

// quoteText is a text in the quotes of which there are fewer in it.
func quoteText(text string) string {
	quoted := quote(text)
	if strings.Count(text, `"`) <= strings.Count(text, "'") {
		return quoted
	}
	bare := strings.NewReplacer(`\\`, `\\`, `\"`, `"`, "'", `\'`).Replace(quoted[1 : len(quoted)-1])
	return "'" + bare + "'"
}

// declare declares a type once and returns its name. What tells two types apart is
// what.
func (ts *typeScript) declare(what, name string, write func(name string) string) string {
	if known, ok := ts.types[what]; ok {
		return known
	}
	name = ts.names.free(upperFirst(name), never)
	ts.types[what] = name
	ts.declarations = append(ts.declarations, write(name))
	return name
}

// named declares the interface of a struct and returns its name. One that is taken
// in another form than it is sent has "Input" in its name.
func (ts *typeScript) named(v scanner.Value, sent bool, about string) string {
	var body strings.Builder
	for _, m := range v.Fields {
		ts.document(&body, m.Value)
		body.WriteString(property(m.Key, !m.Required, ts.typeOf(m.Value, sent, v.Named.Name+upperFirst(identifier(m.Name, "field")))))
	}
	name := orElse(v.Named.Name, "Struct")
	if !sent && ts.names[upperFirst(name)] && ts.types[typeText(v.Named)+body.String()] == "" {
		name += "Input"
	}
	return ts.declare(typeText(v.Named)+body.String(), name, func(name string) string {
		var out strings.Builder
		ts.comment(&out, "", about)
		if body.Len() == 0 {
			return out.String() + "export interface " + name + " {}\n"
		}
		return out.String() + "export interface " + name + " {\n" + body.String() + "}\n"
	})
}

// upload declares what stands for an upload inside of other values. As a parameter
// it is a FileRef, which the SDK turns into it.
func (ts *typeScript) upload() string {
	const name = "UploadReference"
	if _, known := ts.types[name]; !known {
		ts.types[name] = name
		ts.declarations = append(ts.declarations, "/** A file that was uploaded. */\nexport interface "+name+
			" {\n  upload_id: string;\n  name?: string;\n  mime_type?: string;\n  size?: number;\n}\n")
	}
	return name
}

// plainKey is a key that needs no quotes.
var plainKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\p{L}_$][\p{L}\p{Nd}_$]*$`) })

// property is one line of an interface, or several of a union that is too long.
func property(key string, optional bool, typ string) string {
	if !plainKey().MatchString(key) {
		key = quoteText(key)
	}
	if optional {
		key += "?"
	}
	line := fmt.Sprintf("  %s: %s;\n", key, typ)
	switch {
	case len(line)-1 <= lineWidth:
		return line
	case strings.HasPrefix(typ, "readonly [") && strings.Count(typ, "[") == 1 && strings.HasSuffix(typ, "]"):
		items := strings.TrimSuffix(strings.TrimPrefix(typ, "readonly ["), "]")
		return fmt.Sprintf("  %s: readonly [\n    %s,\n  ];\n", key, strings.ReplaceAll(items, ", ", ",\n    "))
	}
	return line
}
