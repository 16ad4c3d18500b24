package config

import "slices"

// Kind is what a value of a configuration may be.
type Kind string

// The kinds of values. The zero value is Any.
const (
	Any      Kind = ""         // anything at all: any, and types that read YAML themselves
	Bool     Kind = "bool"     // true or false
	Int      Kind = "int"      // a whole number
	Float    Kind = "float"    // a number
	String   Kind = "string"   // a text, and types that read a text themselves
	Duration Kind = "duration" // a text such as 250ms or 1m30s
	List     Kind = "list"     // values of one form
	Map      Kind = "map"      // names with values of one form
	Struct   Kind = "struct"   // the keys of a struct
)

// Schema is the form of one value of a configuration, as the author's struct
// declares it: at the top, of the whole file.
type Schema struct {
	// Kind is what the value is, and GoType its type as the author wrote it:
	// "int32", "time.Duration", "[]Layer".
	Kind   Kind
	GoType string

	// Description is the doc comment of the field, or the tag description:"...".
	Description string

	// Default is the YAML text of the tag default:"...", in quotes where a text
	// would be read as something else. HasDefault tells that there is one.
	Default    string
	HasDefault bool

	// Optional tells that null stands for "none": the type is a pointer.
	Optional bool

	// Strict tells that a number or a word without quotes is no text, as for those who
	// ask an untyped configuration. JSON does not carry it.
	Strict bool

	// Min and Max limit a number, or a duration in nanoseconds; nil is none. A
	// number is a multiple of MultipleOf. ExclusiveMin and ExclusiveMax leave out
	// the limit itself.
	Min, Max, MultipleOf       *float64
	ExclusiveMin, ExclusiveMax bool

	// MinLen and MaxLen limit the characters of a text, the values of a list or
	// the names of a map; nil is none.
	MinLen, MaxLen *int

	// Pattern is a regular expression that is to be found in a text, or empty.
	Pattern string

	// Enum are the only values that there may be, or nil.
	Enum []string

	// Elem is the form of the values of a list or a map.
	Elem *Schema

	// Fields are the keys of a struct in the order of their declaration, those of
	// inlined structs among them.
	Fields []Field
}

// Field is one key of a struct.
type Field struct {
	// Key is the key in the file, Name the path of the field in Go: "Camera.FOV".
	Key  string
	Name string

	Schema
}

// Field returns the field of a key, or nil.
func (s *Schema) Field(key string) *Field {
	i := slices.IndexFunc(s.Fields, func(f Field) bool { return f.Key == key })
	if i < 0 {
		return nil
	}
	return &s.Fields[i]
}

// Keys returns the keys of the struct's fields, in their order.
func (s *Schema) Keys() []string {
	keys := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		keys[i] = f.Key
	}
	return keys
}
