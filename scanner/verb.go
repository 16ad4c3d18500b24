package scanner

import (
	"slices"
	"strings"
	"sync"
)

// Verb is a kind of directive, named by the word after "//reactor:".
type Verb struct {
	Name string `json:"name"`

	// On is what the directive stands on, Meaning what it says.
	On      string `json:"on"`
	Meaning string `json:"meaning"`

	// Params are what the directive takes, in the order of its manual.
	Params []VerbParam `json:"params"`
}

// VerbParam is something that a directive takes.
type VerbParam struct {
	// Name is a key, a word, or what stands for the value: see Form.
	Name string `json:"name"`

	// Form tells how it is written.
	Form VerbForm `json:"form"`

	// Type is what its value has to be; a word has none.
	Type string `json:"type,omitempty"`

	// Required tells that the directive is nothing without it.
	Required bool `json:"required"`

	Meaning string `json:"meaning"`
}

// VerbForm is how something that a directive takes is written.
type VerbForm string

// The forms.
const (
	FormKey   VerbForm = "key"   // name=value
	FormValue VerbForm = "value" // the value alone, in this place
	FormWord  VerbForm = "word"  // the name alone
)

// Verbs returns all kinds of directives. It is the table that the scanner reads
// them by.
func Verbs() []Verb {
	return []Verb{{
		Name: "model", On: "a struct type", Meaning: "the model of the project; it has exactly one",
		Params: []VerbParam{
			{Name: "name", Form: FormKey, Type: "name", Required: true, Meaning: "what clients connect to: lowercase letters, digits, hyphens; starts with a letter; at most 63"},
			{Name: "config", Form: FormKey, Type: "path", Meaning: "the YAML file of the factory configuration, relative to the project's root"},
			{Name: "weights", Form: FormKey, Type: "names", Meaning: "the folders of weights that the model loads"},
			{Name: "KEY", Form: FormKey, Type: "text", Meaning: "metadata: stored and shown, without effect at run time"},
		},
	}, {
		Name: "command", On: "a method of the model", Meaning: "a method that clients may call",
		Params: []VerbParam{
			{Name: "NAME", Form: FormValue, Type: "name", Required: true, Meaning: "what clients call it by: letters, digits, underscores, hyphens, dots; starts with a letter; at most 63"},
			{Name: "description", Form: FormKey, Type: "text", Meaning: "what it does, for the people who use it"},
			{Name: "async", Form: FormWord, Meaning: "run at once, on a goroutine of its own, not at the model's safe points"},
		},
	}, {
		Name: "message", On: "a struct type", Meaning: "a struct that the model sends to clients under a name",
		Params: []VerbParam{
			{Name: "NAME", Form: FormValue, Type: "name", Required: true, Meaning: "the type that clients see: letters, digits, underscores, hyphens, dots; starts with a letter; at most 63"},
			{Name: "description", Form: FormKey, Type: "text", Meaning: "what it says, for the people who use it; else the doc comment"},
		},
	}, {
		Name: "track", On: "the model's type", Meaning: "a track that the model emits on besides main_video",
		Params: []VerbParam{
			{Name: "NAME", Form: FormValue, Type: "name", Required: true, Meaning: "what clients call it by: lowercase letters, digits, underscores; starts with a letter; at most 63"},
			{Name: "kind", Form: FormKey, Type: "kind", Meaning: "what it carries: video, which it is without this, or audio; a model has one of audio at most"},
			{Name: "description", Form: FormKey, Type: "text", Meaning: "what it shows, for the people who use it"},
		},
	}, {
		Name: "param", On: "a method with a command directive", Meaning: "what a parameter of the command accepts",
		Params: []VerbParam{
			{Name: "NAME", Form: FormValue, Type: "name", Required: true, Meaning: "the parameter's name in the Go method"},
			{Name: "description", Form: FormKey, Type: "text", Meaning: "what it is, for the people who use it"},
			{Name: "default", Form: FormKey, Type: "value", Meaning: "the value when a client gives none; without it, clients must"},
			{Name: "min", Form: FormKey, Type: "number", Meaning: "the least value of a number, or of a duration such as 500ms"},
			{Name: "max", Form: FormKey, Type: "number", Meaning: "the greatest value"},
			{Name: "exclusivemin", Form: FormKey, Type: "number", Meaning: "what a number is above"},
			{Name: "exclusivemax", Form: FormKey, Type: "number", Meaning: "what a number is below"},
			{Name: "multipleof", Form: FormKey, Type: "number", Meaning: "what a number is a multiple of"},
			{Name: "minlen", Form: FormKey, Type: "whole number", Meaning: "the fewest characters of a string, or as minitems"},
			{Name: "maxlen", Form: FormKey, Type: "whole number", Meaning: "the most characters of a string, or as maxitems"},
			{Name: "minitems", Form: FormKey, Type: "whole number", Meaning: "the fewest items of a list or members of a map"},
			{Name: "maxitems", Form: FormKey, Type: "whole number", Meaning: "the most items of a list or members of a map"},
			{Name: "pattern", Form: FormKey, Type: "regexp", Meaning: "what a string has to match, in Go's syntax; it is not anchored"},
			{Name: "enum", Form: FormKey, Type: "values", Meaning: "the only values of a string or a number; without it, the constants of its type"},
		},
	}, {
		Name: "ignore", On: "the line above a finding, or the comment that holds it", Meaning: "a finding that is meant to be",
		Params: []VerbParam{
			{Name: "CODE", Form: FormValue, Type: "code", Required: true, Meaning: "the finding's code, such as RG121"},
			{Name: "REASON", Form: FormValue, Type: "text", Required: true, Meaning: "why it is meant to be, up to the end of the line"},
		},
	}}
}

// verb returns the kind of directive of a name; the zero Verb when there is
// none.
func verb(name string) Verb {
	for _, v := range verbs() {
		if v.Name == name {
			return v
		}
	}
	return Verb{}
}

// verbs are the Verbs, made once: a scan asks for them at every comment. They must
// not be modified.
var verbs = sync.OnceValue(Verbs)

// knownVerbs are the words that may follow the prefix.
var knownVerbs = sync.OnceValue(func() (names []string) {
	for _, v := range verbs() {
		names = append(names, v.Name)
	}
	return names
})

// onType tells whether directives of a verb stand on types, and not on methods.
func onType(verb string) bool { return slices.Contains([]string{"model", "message", "track"}, verb) }

func isVerb(word string) bool { return slices.Contains(knownVerbs(), word) }

// words are the keys and words that the directive knows; those in capitals stand
// for others.
func (v Verb) words() (words []string) {
	for _, p := range v.Params {
		if p.Form != FormValue && p.Name != strings.ToUpper(p.Name) {
			words = append(words, p.Name)
		}
	}
	return words
}

// takes says in a line what the directive takes.
func (v Verb) takes() string {
	var parts []string
	for _, p := range v.Params {
		switch p.Form {
		case FormKey:
			parts = append(parts, p.Name+"=")
		case FormValue:
			parts = append(parts, "a "+strings.ToLower(p.Name))
		case FormWord:
			parts = append(parts, p.Name)
		}
	}
	return strings.Join(parts, ", ")
}
