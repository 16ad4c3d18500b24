package diag

import (
	"fmt"
	"strings"
)

// The functions in the files called words_... are all that we say to people
// about their projects. Each makes one diagnostic; what a check found comes in
// as plain values.

// newError begins a diagnostic that stops generation.
func newError(code Code, at Range, summary string) Diagnostic {
	return Diagnostic{Code: code, Severity: Error, Range: at, Summary: summary}
}

// Form is how a comment misses the form of a directive.
type Form int

// The ways to miss it.
const (
	SpaceAfterSlashes Form = iota + 1 // "// reactor:model"
	NoPlainColon                      // "//reactor: model", "//reactor.model"
	NoBlankAfterVerb                  // "//reactor:model,name=x"
	BlockComment                      // "/*reactor:model*/"
	GoPrefix                          // "//go:reactor:model"
)

// NotInForm says that a comment was meant as a directive; meant is how it
// should read.
func NotInForm(at Range, found string, form Form, meant string) Diagnostic {
	rule, label := "", ""
	switch form {
	case SpaceAfterSlashes:
		rule, label = `a directive has no space after "//"`, "remove this space"
	case NoPlainColon:
		rule, label = `a plain colon joins "reactor" to the directive's name`, `write ":" here`
	case NoBlankAfterVerb:
		rule, label = "a space ends the directive's name", "write a space here"
	case BlockComment:
		rule, label = `a directive begins with "//"`, `write "//" here`
	case GoPrefix:
		rule, label = `a directive begins with "//reactor:"`, "remove this"
	}
	d := newError(RG101, at, fmt.Sprintf("%q is an ordinary comment: %s", found, rule))
	d.Label = label
	d.Help = []string{"write " + meant}
	return d
}

// UnknownDirective says that a directive's name is not one of ours. Meant is
// the nearest that is, or empty.
func UnknownDirective(at Range, found, meant string, known []string) Diagnostic {
	name := strings.TrimPrefix(found, "//")
	d := newError(RG102, at, fmt.Sprintf("unknown directive %q", name))
	if meant != "" {
		d.Summary += fmt.Sprintf("; did you mean %q?", meant)
		d.Help = []string{"write //" + meant}
		return d
	}
	d.Help = []string{"the directives are //reactor:" + strings.Join(known, ", //reactor:")}
	return d
}

// Unreadable says that a directive cannot be taken apart.
func Unreadable(at Range, why string) Diagnostic {
	d := newError(RG115, at, "this directive cannot be read: "+why)
	d.Label = why
	d.Notes = []string{"a value is bare, \"quoted\" or `raw`; a list is a,b or [\"a\",\"b\"]"}
	d.Help = []string{"mend it here"}
	return d
}

// AtEnd says of a directive that cannot be read that the file ends in it.
func (d *Diagnostic) AtEnd() {
	d.Notes = append(d.Notes, "the file ends here: was it cut off? what the directive stands on is missing, too")
}

// BadName says that a model name is not valid: offending are the places of the
// runes that may not be in it, and names what they are called. Better is a name
// that would do, or empty.
func BadName(at Range, name string, offending []Range, names []string, better string) Diagnostic {
	d := newError(RG111, at, fmt.Sprintf("model name %q is not valid", name))
	d.Label = strings.Join(names, ", ")
	for i, r := range offending {
		if i == 0 {
			d.Range.Start, d.Range.End, d.Range.Line, d.Range.Column = r.Start, r.End, r.Line, r.Column
			continue
		}
		d.Related = append(d.Related, Related{Range: r})
	}
	d.Notes = []string{"lowercase letters, digits and hyphens; starts with a letter; at most 63"}
	d.Help = []string{"write name=" + better}
	if better == "" {
		d.Help = []string{"write the name with the letters a to z of your keyboard"}
	}
	return d
}

// NameTooLong says that a model name has too many characters.
func NameTooLong(at Range, name string) Diagnostic {
	d := newError(RG111, at, fmt.Sprintf("model name %q is not valid", name))
	d.Label = fmt.Sprintf("%d characters", len(name))
	d.Help = []string{"shorten it"}
	d.Notes = []string{"lowercase letters, digits and hyphens; starts with a letter; at most 63"}
	return d
}

// NoModelName says that a model directive has no name; guess is one.
func NoModelName(at Range, guess string) Diagnostic {
	d := newError(RG113, at, "//reactor:model has no name")
	d.Notes = []string{"the name is what clients connect to; it stands in logs, deployments and URLs"}
	d.Help = []string{"write //reactor:model name=" + guess}
	return d
}

// NoCommandName says that a command directive has no name; guess is one.
func NoCommandName(at Range, guess string) Diagnostic {
	d := newError(RG113, at, "//reactor:command has no name")
	d.Help = []string{"write //reactor:command " + guess}
	return d
}

// NoParamName says that a param directive does not say which parameter it is
// about.
func NoParamName(at Range, params []string) Diagnostic {
	d := newError(RG113, at, "//reactor:param does not name a parameter")
	d.Help = []string{"write //reactor:param " + first(params, "NAME") + " ..."}
	return d
}

// NearKey says that a key is probably a misspelt one.
func NearKey(at Range, key, meant string) Diagnostic {
	d := newError(RG112, at, fmt.Sprintf("unknown key %q; did you mean %q?", key, meant))
	d.Help = []string{"write " + meant + "="}
	return d
}

// DuplicateKey says that a directive has a key twice.
func DuplicateKey(at Range, key string, before Range) Diagnostic {
	d := newError(RG114, at, fmt.Sprintf("key %q is given twice", key))
	d.Label = "second"
	d.Related = []Related{{before, "first"}}
	d.Help = []string{"keep one of them"}
	return d
}

// NoArgument says that a directive does not take an argument; takes is what it
// does take.
func NoArgument(at Range, verb, text, takes string) Diagnostic {
	d := newError(RG116, at, fmt.Sprintf("//reactor:%s does not take %q", verb, text))
	d.Notes = []string{"it takes " + takes}
	d.Help = []string{"drop it, or write // before it when it is a comment"}
	return d
}

// NeedsKey says that an argument of a model directive is not key=value. Name is
// set when it was probably meant as the model's name.
func NeedsKey(at Range, text, name string) Diagnostic {
	d := newError(RG116, at, fmt.Sprintf("%q is no key=value", text))
	d.Notes = []string{"a value with blanks needs quotes: author=\"Ada Lovelace\"; a comment starts with //"}
	d.Help = []string{"write KEY=" + text}
	if name != "" {
		d.Help = []string{"write name=" + name}
	}
	return d
}

// EmptyValue says that a key has no value.
func EmptyValue(at Range, key string) Diagnostic {
	d := newError(RG116, at, fmt.Sprintf("key %q has no value", key))
	d.Help = []string{"give it a value, or drop it"}
	return d
}

// BadWeights says that a name of weights cannot be used.
func BadWeights(at Range, name string) Diagnostic {
	d := newError(RG117, at, fmt.Sprintf("name of weights %q is not valid", name))
	if name == "" {
		d.Summary = "the list of weights has an empty name"
	}
	d.Notes = []string{"a name is one folder's: letters, digits, hyphens and underscores, no path"}
	d.Help = []string{"name the folder alone, as it is called where the weights are kept"}
	return d
}

// DuplicateWeights says that weights are named twice.
func DuplicateWeights(at Range, name string, before Range) Diagnostic {
	d := newError(RG118, at, fmt.Sprintf("weights %q are named twice", name))
	d.Label = "second"
	d.Related = []Related{{before, "first"}}
	d.Help = []string{"keep one of them"}
	return d
}

// RunTimeValue says that a key belongs into the configuration. Config is the
// path of the model's configuration file, or empty.
func RunTimeValue(at Range, key, value, config string) Diagnostic {
	d := newError(RG121, at, key+" is configuration, not identity; it does not belong in //reactor:model")
	d.Notes = []string{"identity = name, config, weights and free metadata; values that vary per deployment live in YAML"}
	where := config
	if config == "" {
		where = "a YAML file, name it with config=configs/default.yaml,"
	}
	d.Help = []string{fmt.Sprintf("add \"%s: %s\" to %s and drop it here", key, value, where)}
	return d
}

func first(list []string, fallback string) string {
	if len(list) > 0 {
		return list[0]
	}
	return fallback
}
