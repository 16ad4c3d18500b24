package scanner

import "github.com/reactorgen/reactor/diag"

// Project is a user's project as it was scanned: plain, sorted values that can
// be written as JSON. It holds no syntax and no types of the compiler.
type Project struct {
	// Dir is the project's root: the absolute path of the working directory.
	Dir string `json:"-"`

	// Module is the import path of the module that the project is a part of,
	// and ModuleDir the absolute path of that module's root.
	Module    string `json:"module"`
	ModuleDir string `json:"-"`

	// Model is the one model of the project.
	Model Model `json:"model"`

	// ConfigText is the content of the model's factory configuration, or empty.
	ConfigText string `json:"-"`

	// ConfigSchema is the form of the configuration that the constructor takes, as
	// JSON Schema, with keywords of ours by which package config reads it back. It is
	// empty for a model without a config struct.
	ConfigSchema string `json:"-"`

	// ConfigFiles are the files that the configuration and its schema are read from,
	// by their paths relative to the root.
	ConfigFiles []string `json:"-"`

	// GenerateLine is the first //go:generate line that runs reactor-gen for
	// this project; zero without one.
	GenerateLine diag.Range `json:"-"`

	// Mains are the files at places where a generated main may stand, whoever
	// wrote them: cmd/NAME/main.go, and reactor_main.go in any folder. They are
	// relative to the project's root, with forward slashes.
	Mains []string `json:"-"`

	// Others are the names of the models in files that this build leaves out.
	// Their mains belong to another build of the project.
	Others []string `json:"-"`
}

// Model is the type that carries the model directive.
type Model struct {
	// Name is the model's name in the directive, Type that of the Go struct.
	Name string `json:"name"`
	Type string `json:"type"`

	// Package is where the type is declared.
	Package Package `json:"package"`

	// Range is the directive's.
	Range diag.Range `json:"range"`

	// Args are the places of the directive's arguments by their keys.
	Args map[string]diag.Range `json:"-"`

	// Config is the path of the factory configuration relative to the project's
	// root, or empty.
	Config string `json:"config,omitempty"`

	// Weights are the declared folder names, in the directive's order.
	Weights []string `json:"weights,omitempty"`

	// Metadata are the directive's other keys, in its order.
	Metadata []Field `json:"metadata,omitempty"`

	// Constructor makes the model; nil means that its zero value is the model.
	Constructor *Constructor `json:"constructor,omitempty"`

	// Commands are what clients may call, in the order of their declaration.
	Commands []Command `json:"commands,omitempty"`

	// Messages are what it declares to send to clients, in the order of their
	// declaration.
	Messages []Message `json:"messages,omitempty"`

	// Tracks are those that it has besides main_video: those of its directives, in
	// their order, then those that lead to its optional methods.
	Tracks []Track `json:"tracks,omitempty"`
}

// Track is a lane of media between the model and its clients.
type Track struct {
	// Name is what clients call it by.
	Name string `json:"name"`

	// Kind is what it carries: "video" or "audio". Direction is where it leads, as the model
	// sees it: "in" or "out".
	Kind      string `json:"kind"`
	Direction string `json:"direction"`

	// Description is that of the directive, for the people who use it.
	Description string `json:"description,omitempty"`
}

// Package names a Go package.
type Package struct {
	// Path is the import path, Name the name in the package clause.
	Path string `json:"path"`
	Name string `json:"name"`

	// Dir is the folder relative to the project's root, "." for the root.
	Dir string `json:"dir"`
}

// Field is one key with its value.
type Field struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// Constructor is the function that makes the model.
type Constructor struct {
	// Name is New or New<Type>.
	Name string `json:"name"`

	// Inputs are what it takes, in order.
	Inputs []Input `json:"inputs,omitempty"`

	// ReturnsError tells that it returns (*T, error) and not *T alone.
	ReturnsError bool `json:"returnsError,omitempty"`
}

// InputKind says which of the things that the runtime can supply is meant.
type InputKind string

// The inputs that a constructor may take.
const (
	InputContext  InputKind = "context"  // context.Context: cancelled when the program ends
	InputConfig   InputKind = "config"   // the author's own struct, decoded from YAML
	InputUntyped  InputKind = "untyped"  // *reactor.Config
	InputWeights  InputKind = "weights"  // reactor.Weights
	InputIdentity InputKind = "identity" // reactor.Identity
	InputLogger   InputKind = "logger"   // *slog.Logger
)

// Input is one parameter of a constructor.
type Input struct {
	Kind InputKind `json:"kind"`

	// Type is the author's struct where Kind is InputConfig, and Pointer tells
	// that the parameter is a pointer to it.
	Type    TypeName `json:"typeName,omitzero"`
	Pointer bool     `json:"pointer,omitempty"`
}

// TypeName is a named Go type.
type TypeName struct {
	Package Package `json:"package"`
	Name    string  `json:"name"`
}

// Command is a method that clients may call.
type Command struct {
	// Name is what clients call it by, Method the Go method's name.
	Name   string `json:"name"`
	Method string `json:"method"`

	// Range is the command directive's.
	Range diag.Range `json:"-"`

	Description string `json:"description,omitempty"`

	// Async tells that it runs at once on a goroutine of its own, not at the
	// model's safe points.
	Async bool `json:"async,omitempty"`

	// TakesContext tells that the method's first parameter is a reactor.Context.
	TakesContext bool `json:"takesContext,omitempty"`

	Params []Param `json:"params,omitempty"`

	// ReturnsValue and ReturnsError tell which results the method has. Returns is
	// the form in which the value is sent, of ReturnsValue alone.
	ReturnsValue bool   `json:"returnsValue,omitempty"`
	ReturnsError bool   `json:"returnsError,omitempty"`
	Returns      *Value `json:"returns,omitempty"`
}

// Message is a struct that the model sends to clients under a name.
type Message struct {
	// Name is the message's type as clients see it.
	Name string `json:"name"`

	// Range is the message directive's.
	Range diag.Range `json:"-"`

	// Description is the directive's, or else the type's doc comment.
	Description string `json:"description,omitempty"`

	// Type is the Go struct, and Data the form of its values, an object.
	Type TypeName `json:"typeName"`
	Data Value    `json:"data"`
}

// ParamKind is the form of a value. The first five are types of JSON Schema, and
// so are the others but for their own meaning.
type ParamKind string

// The kinds of values.
const (
	KindString  ParamKind = "string"
	KindInteger ParamKind = "integer"
	KindNumber  ParamKind = "number"
	KindBoolean ParamKind = "boolean"

	KindList     ParamKind = "list"     // a slice or an array: see Elem and Length
	KindMap      ParamKind = "map"      // a map with strings as keys: see Elem
	KindObject   ParamKind = "object"   // a struct: see Fields
	KindAny      ParamKind = "any"      // any JSON, as an any or a json.RawMessage
	KindDuration ParamKind = "duration" // a time.Duration; clients send seconds
	KindFile     ParamKind = "file"     // a reactor.File: clients send a reference to an upload
)

// Param is one parameter of a command.
type Param struct {
	// Name is the wire name: that of the Go parameter.
	Name string `json:"name"`
	Value
}

// Member is one field of an object.
type Member struct {
	// Key is the field's name in JSON, and Name the selector of the Go field.
	// Fields of embedded structs count as the object's own.
	Key  string `json:"key"`
	Name string `json:"name"`

	// Required tells that an object without the field is refused. One that is
	// neither required nor has a default is the zero value when it is missing.
	Required bool `json:"required,omitempty"`
	Value
}

// Value is the form of a value with its limits. The zero value of each limit is
// none, but for MinLen and MaxLen.
type Value struct {
	Kind ParamKind `json:"kind"`

	// GoType is the type that the value is decoded as, without a name: the basic
	// type ("int", "uint8", "float32", "string", "bool"), "any",
	// "json.RawMessage", or the type's form ("[]", "[4]", "map", "struct"). Named is set
	// where it is a named type over one, such as a string type with constants.
	GoType string   `json:"goType"`
	Named  TypeName `json:"named,omitzero"`

	// Optional tells that it is a pointer: null is a value too, and the default of
	// a parameter or field without another.
	Optional bool `json:"optional,omitempty"`

	Description string `json:"description,omitempty"`

	// Default is the JSON text of the default, or empty: then the parameter is
	// required, unless it is optional.
	Default string `json:"default,omitempty"`

	// Min and Max are inclusive limits of a number, ExclusiveMin and ExclusiveMax
	// exclusive ones, and MultipleOf what it is a multiple of: JSON numbers. Those
	// of a duration are seconds.
	Min          string `json:"min,omitempty"`
	Max          string `json:"max,omitempty"`
	ExclusiveMin string `json:"exclusiveMin,omitempty"`
	ExclusiveMax string `json:"exclusiveMax,omitempty"`
	MultipleOf   string `json:"multipleOf,omitempty"`

	// MinLen and MaxLen limit the characters of a string, the items of a list and
	// the members of a map; negative is none.
	MinLen int `json:"minLen"`
	MaxLen int `json:"maxLen"`

	// Pattern is a regular expression in Go's syntax that a string must match.
	Pattern string `json:"pattern,omitempty"`

	// Enum are the only values that a string or a number may have, or nil: the
	// texts of strings, and JSON numbers. Constants are the names of the Go
	// constants of the same values, where these are where the values come from.
	Enum      []string `json:"enum,omitempty"`
	Constants []string `json:"constants,omitempty"`

	// Elem is the form of the items of a list or a map, and Length how many items
	// an array has; zero is a slice.
	Elem   *Value `json:"elem,omitempty"`
	Length int    `json:"length,omitempty"`

	// Fields are the fields of an object, in the order of the source.
	Fields []Member `json:"fields,omitempty"`
}
