package scanner

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// configField is one field of a config struct, with its tag taken apart.
type configField struct {
	*configType
	v    *types.Var
	name string // the path in Go
	at   diag.Range

	key    string
	inline bool

	doc string
	tag []tagEntry
}

// fieldOf reads a field. What is wrong with the form of its tag is reported here.
func (c *configType) fieldOf(v *types.Var, tag, name string) *configField {
	f := &configField{configType: c, v: v, name: name, at: c.place(v)}
	var options []string
	f.key, options, f.inline = keyOf(v, tag)
	syntax, src := c.syntaxOf(f.at)
	if syntax == nil {
		f.tag, _ = readTag(tag, nil)
		return f
	}
	f.doc = docOf(syntax)
	if syntax.Tag == nil {
		return f
	}
	literal := src.file.src.Range(src.offset(syntax.Tag.Pos()), src.offset(syntax.Tag.End()))
	places := func(int, int) diag.Range { return literal }
	if syntax.Tag.Value[0] == '`' {
		places = func(from, to int) diag.Range { return src.file.src.Range(literal.Start+1+from, literal.Start+1+to) }
	}
	var bad *badTag
	if f.tag, bad = readTag(tag, places); bad != nil {
		c.report(diag.BadTag(places(bad.at, bad.end), v.Name(), bad.why))
	}
	f.checkKeys(options)
	return f
}

// docOf is what the author says of a field: above it, or behind it.
func docOf(field *ast.Field) string {
	text := field.Doc.Text()
	if text == "" {
		text = field.Comment.Text()
	}
	return strings.TrimSpace(text)
}

// configFile is a Go file that a config struct is declared in.
type configFile struct {
	file   *file
	fields map[int]*ast.Field // by the offset of the name
}

func (c *configFile) offset(pos token.Pos) int { return c.file.offset(pos) }

// syntaxOf returns the syntax of the field whose name is at a place, or nil when its
// file cannot be read.
func (c *configType) syntaxOf(at diag.Range) (*ast.Field, *configFile) {
	in, known := c.syntax[at.File]
	if !known {
		in = c.readFields(at.File)
		c.syntax[at.File] = in
	}
	if in == nil {
		return nil, nil
	}
	return in.fields[at.Start], in
}

// readFields parses a file for its fields.
func (c *configType) readFields(name string) *configFile {
	src := c.result.Sources.Get(name)
	if src == nil {
		return nil
	}
	f := &file{path: name, name: name, src: src}
	if i := slices.IndexFunc(c.tree.files, func(f *file) bool { return f.path == name && f.syntax != nil }); i >= 0 {
		f = c.tree.files[i]
	} else {
		fset := token.NewFileSet()
		f.syntax, _ = parser.ParseFile(fset, name, src.Text, parser.ParseComments|parser.SkipObjectResolution) // it was loaded
		if f.syntax == nil {
			return nil
		}
		f.tokens = fset.File(f.syntax.FileStart)
	}
	in := &configFile{file: f, fields: make(map[int]*ast.Field)}
	for n := range ast.Preorder(f.syntax) {
		if s, ok := n.(*ast.StructType); ok {
			for _, field := range s.Fields.List {
				in.add(field)
			}
		}
	}
	return in
}

// add adds a field under each of its names.
func (c *configFile) add(field *ast.Field) {
	for _, name := range field.Names {
		c.fields[c.offset(name.Pos())] = field
	}
	if len(field.Names) > 0 {
		return
	}
	typ := field.Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if qualified, ok := typ.(*ast.SelectorExpr); ok {
		typ = qualified.Sel
	}
	c.fields[c.offset(typ.Pos())] = field
}

// get returns the entry of a key, or nil.
func (f *configField) get(key string) *tagEntry {
	i := slices.IndexFunc(f.tag, func(e tagEntry) bool { return e.key == key })
	if i < 0 {
		return nil
	}
	return &f.tag[i]
}

// unset reports a field that no configuration sets although its tag says that one
// does.
func (f *configField) unset() {
	if yaml := f.get("yaml"); !f.v.Exported() && (yaml != nil && yaml.value != "-" || yaml == nil && f.limited()) {
		f.report(diag.UnexportedField(f.at, f.v.Name()))
	}
}

// limited tells whether the tag has a word of ours.
func (f *configField) limited() bool {
	return slices.ContainsFunc(f.tag, func(e tagEntry) bool { return slices.Contains(tagWords, e.key) })
}

// tagWords are the keys of a tag that mean something to us, besides yaml.
var tagWords = []string{
	"default", "description", "min", "max", "exclusivemin", "exclusivemax", "multipleof", "minlen", "maxlen", "pattern", "enum",
}

// longWords are other names of some of them.
var longWords = map[string]string{
	"minimum": "min", "maximum": "max", "exclusiveminimum": "exclusivemin", "exclusivemaximum": "exclusivemax",
	"minlength": "minlen", "maxlength": "maxlen", "oneof": "enum",
}

// checkKeys reports keys that are nearly one of ours, and options of yaml that do not
// exist.
func (f *configField) checkKeys(options []string) {
	for _, e := range f.tag {
		if slices.Contains(tagWords, e.key) || e.key == "yaml" {
			continue
		}
		if meant := nearWord(e.key); meant != "" && f.get(meant) == nil {
			f.report(diag.NearTag(e.keyRange, e.key, meant).With(diag.Write(meant, []diag.Edit{replace(e.keyRange, meant)})))
		}
	}
	known := []string{"inline", "omitempty", "flow"}
	yaml := f.get("yaml")
	for _, option := range options {
		if yaml == nil || option == "" || slices.Contains(known, option) {
			continue
		}
		d := diag.YAMLOption(yaml.valueRange, option, config.Nearest(option, known))
		if at := strings.LastIndex(yaml.value, ","+option); at >= 0 && yaml.exact {
			d.Range = f.part(yaml, at+1, at+1+len(option))
		}
		f.report(d)
	}
}

// nearWord is the word of ours that a key was probably meant as, or "".
func nearWord(key string) string {
	lower := strings.ToLower(key)
	if meant := longWords[lower]; meant != "" {
		return meant
	}
	near := config.Nearest(lower, tagWords)
	if near == lower || near != "" && len(key) >= len("defalt") {
		return near
	}
	return ""
}

// part is the place of a part of a value.
func (f *configField) part(e *tagEntry, from, to int) diag.Range {
	src := f.result.Sources.Get(e.valueRange.File)
	return src.Range(e.valueRange.Start+from, e.valueRange.Start+to)
}

// tagEntry is one key:"value" of a tag.
type tagEntry struct {
	key, value string

	// The places of the key, of what is between the quotes, and of all of it. Exact
	// tells that the value stands there letter by letter.
	keyRange, valueRange, all diag.Range
	exact                     bool
}

// badTag is where a tag cannot be read.
type badTag struct {
	at, end int
	why     string
}

// readTag takes a tag apart as the standard library does. Places turns offsets in the
// tag into places; nil when there are none.
func readTag(tag string, places func(from, to int) diag.Range) (all []tagEntry, bad *badTag) {
	if places == nil {
		places = func(int, int) diag.Range { return diag.Range{} }
	}
	for at := 0; ; {
		at += len(tag[at:]) - len(strings.TrimLeft(tag[at:], " "))
		if at == len(tag) {
			return all, nil
		}
		start := at
		for at < len(tag) && tag[at] > ' ' && tag[at] != ':' && tag[at] != '"' && tag[at] != 0x7f {
			at++
		}
		switch {
		case at == start:
			return all, &badTag{at, at + 1, "want a key before " + strconv.Quote(tag[at:at+1])}
		case at+1 >= len(tag) || tag[at] != ':' || tag[at+1] != '"':
			return all, &badTag{start, at, tag[start:at] + ` is not followed by :"..."`}
		}
		quoted, err := strconv.QuotedPrefix(tag[at+1:])
		if err != nil {
			return all, &badTag{at + 1, len(tag), "the value of " + tag[start:at] + " is not closed, or has a wrong escape"}
		}
		value, _ := strconv.Unquote(quoted) // it is a quoted string
		end := at + 1 + len(quoted)
		all = append(all, tagEntry{tag[start:at], value, places(start, at), places(at+2, end-1), places(start, end), quoted == `"`+value+`"`})
		if at = end; at < len(tag) && tag[at] != ' ' {
			return all, &badTag{at, at + 1, "want a blank behind the value of " + all[len(all)-1].key}
		}
	}
}
