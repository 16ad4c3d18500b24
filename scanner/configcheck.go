package scanner

import (
	"encoding/json"
	"go/types"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// typedConfig holds the factory configuration against what the model's constructor
// takes, and keeps the schema of a config struct.
func (t *typed) typedConfig(p placed) {
	if t.lone {
		return
	}
	f, v, kind := t.takesConfig()
	switch {
	case kind == InputConfig:
		t.checkTyped(p, v)
	case kind == InputUntyped:
		t.checkUntyped(p, v)
	case t.document != nil && len(t.configKeys) > 0 && f.unread:
		arg := p.directive.Get("config")
		t.report(diag.UnreadConfig(arg.Range, arg.Value, f.name).With(t.dropUnread(arg)))
	}
}

// checkTyped is for a constructor that takes a config struct.
func (t *typed) checkTyped(p placed, v *types.Var) {
	elem := v.Type()
	if of := pointerTo(elem); of != nil {
		elem = of
	}
	named, ok := types.Unalias(elem).(*types.Named)
	if !ok {
		return
	}
	schema, c := t.describeConfig(named)
	if text, err := json.Marshal(schema); err == nil { // it is plain data
		t.configSchema = string(text)
	}
	t.configFiles = append(t.configFiles, slices.Sorted(maps.Keys(c.syntax))...)
	if t.document == nil {
		return
	}
	faults := schema.Foresee(t.document)
	y := t.factoryText(p, schema, len(faults))
	for _, f := range faults {
		t.report(c.inYAML(p, y, f))
	}
}

// factoryText is the text of the factory configuration, in which a schema has found a
// number of faults.
func (t *typed) factoryText(p placed, form *config.Schema, faults int) *yamlText {
	file := path.Clean(p.directive.Value("config"))
	y := newYAMLText(t.result.Sources.Add(file, []byte(t.configText)))
	y.form, y.faults = form, faults
	return y
}

// inYAML is a fault in the configuration as a diagnostic.
func (c *configType) inYAML(p placed, y *yamlText, f config.Fault) diag.Diagnostic {
	at := y.token(f.Line, f.Column, f.Text)
	switch f.Kind {
	case config.UnknownKey:
		return c.unknownKey(p, y, f, at)
	case config.WrongType:
		return diag.WrongValue(at, f.Key, f.Message, f.Schema.GoType, c.places[f.Schema].at).With(otherValues(y, at, f)...)
	case config.BadReference:
		return badReference(y, f)
	}
	return diag.ForbiddenValue(at, f.Key, f.Message, f.Meant, c.places[f.Schema].at).With(otherValues(y, at, f)...)
}

// unknownKey is a key without a field: one of another struct, of the directive, or a
// slip.
func (c *configType) unknownKey(p placed, y *yamlText, f config.Fault, at diag.Range) diag.Diagnostic {
	if d, ok := c.identityKey(p, y, f, at); ok {
		return d
	}
	if f.Meant != "" {
		fix := renamedKey(y, at, f)
		return diag.UnknownConfigKey(at, f.Key, f.Hint, nil, c.places[&f.Schema.Field(f.Meant).Schema].at).With(fix)
	}
	for i := range f.Schema.Fields {
		of := &f.Schema.Fields[i]
		if in := c.places[&of.Schema]; in.isEmbedded && of.Field(f.Text) != nil {
			return diag.EmbeddedKey(at, f.Key, of.Name[strings.LastIndex(of.Name, ".")+1:], in.at)
		}
	}
	return diag.UnknownConfigKey(at, f.Key, "", f.Schema.Keys(), c.places[f.Schema].at).With(dropKey(y, at, f.Key))
}

// badReference is an interpolation that cannot be resolved; its place is in the line of
// the text that it is in.
func badReference(y *yamlText, f config.Fault) diag.Diagnostic {
	from := y.offset(f.Line, f.Column)
	line := string(y.lineFrom(from))
	at := y.token(f.Line, f.Column, "")
	if i := strings.Index(line, f.Text); i >= 0 && f.Text != "" {
		at = y.src.Range(from+i, from+i+len(f.Text))
	}
	d := diag.BadInterpolation(at, f.Key, f.Message, f.Meant)
	if f.Meant != "" && f.Text != "" && string(y.src.Text[at.Start:at.End]) == f.Text {
		d = d.With(diag.WriteGuess(f.Meant, []diag.Edit{replace(at, f.Meant)}))
	}
	return d
}

// taker is the constructor with regard to the configuration.
type taker struct {
	name   string
	unread bool // it is known that it takes none
}

// takesConfig returns the parameter of the constructor that the configuration goes
// into, if there is one.
func (t *typed) takesConfig() (taker, *types.Var, InputKind) {
	var good []*types.Func
	for _, name := range []string{"New", "New" + t.obj.Name()} {
		f := t.function(name)
		switch {
		case f == nil:
		case !t.makesModel(f.Signature()) && (invalid(f.Signature().Results()) || name != "New"):
			return taker{}, nil, "" // it is to be mended first
		case t.makesModel(f.Signature()):
			good = append(good, f)
		}
	}
	if len(good) != 1 {
		return taker{}, nil, "" // without one, it is not finished
	}
	for v := range good[0].Signature().Params().Variables() {
		if invalid(v.Type()) {
			return taker{}, nil, ""
		}
		in, ok := t.input(v.Type())
		switch {
		case !ok:
			return taker{}, nil, "" // what is missing may be the configuration
		case in.Kind == InputConfig || in.Kind == InputUntyped:
			return taker{name: good[0].Name()}, v, in.Kind
		}
	}
	return taker{name: good[0].Name(), unread: true}, nil, ""
}

// keysTwice reports keys of the configuration that stand twice in one mapping, and
// tells whether there are any.
func (s *scan) keysTwice(src *diag.Source) bool {
	all := duplicatesIn(src.Text)
	y := newYAMLText(src)
	for _, twice := range all {
		first := y.token(twice.first.Line, twice.first.Column, twice.first.Value)
		second := y.token(twice.second.Line, twice.second.Column, twice.second.Value)
		s.report(diag.KeyTwice(second, twice.path, first).With(keepOneKey(y, twice, first, second)...))
	}
	return len(all) > 0
}
