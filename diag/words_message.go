package diag

import "fmt"

// NoMessageName says that a message directive has no name; guess is a good one.
func NoMessageName(at Range, guess string) Diagnostic {
	d := newError(RG113, at, "//reactor:message has no name")
	d.Help = []string{"write //reactor:message " + guess}
	return d
}

// NotOnStruct says that a message directive stands on something that is no struct
// with a name.
func NotOnStruct(at Range, on string) Diagnostic {
	d := newError(RG341, at, fmt.Sprintf("//reactor:message must be on a struct type, not on %s", on))
	d.Help = []string{"move the directive to the line above the struct that is sent"}
	return d
}

// MessageElsewhere says that a message is in a package that the model does not
// import.
func MessageElsewhere(at Range, typ, model string) Diagnostic {
	d := newError(RG341, at, fmt.Sprintf("type %s is in a package that the model %s does not import, so it cannot send it", typ, model))
	d.Help = []string{"move the type to the model's package, or drop the directive"}
	return d
}

// BadMessageName says that a message's name is not valid.
func BadMessageName(at Range, name string) Diagnostic {
	d := newError(RG342, at, fmt.Sprintf("message name %q is not valid", name))
	d.Notes = []string{"letters, digits, underscores, hyphens and dots; starts with a letter; at most 63"}
	d.Help = []string{"choose another name"}
	return d
}

// MessageTaken says that two types have the same message name.
func MessageTaken(at Range, name string, before Range, typ string) Diagnostic {
	d := newError(RG342, at, fmt.Sprintf("message name %q is taken by type %s", name, typ))
	d.Label = "second"
	d.Related = []Related{{before, "first"}}
	d.Help = []string{"give one of them another name"}
	return d
}

// NoSentForm says that values of a type cannot be written as JSON, and why.
func NoSentForm(at Range, typ, why string) Diagnostic {
	d := newError(RG343, at, fmt.Sprintf("a value of type %s cannot be sent: %s", typ, why))
	d.Help = []string{"leave it out with the tag json:\"-\", or send something else"}
	return d
}

// UndeclaredMessage says that the model sends a struct that is not declared as a
// message. Near is the declared type that was probably meant, or empty; declared is
// where the struct is, or zero.
func UndeclaredMessage(at Range, typ, near string, declared Range) Diagnostic {
	d := newError(RG344, at, fmt.Sprintf("type %s is sent, and is no declared message", typ))
	d.Severity = Warning
	if near != "" {
		d.Summary += fmt.Sprintf("; did you mean %s?", near)
	}
	d.Notes = []string{"clients get it without a name, and typed clients do not know it"}
	d.Help = []string{"add //reactor:message NAME above the type"}
	if !declared.IsZero() {
		d.Related = []Related{{declared, "declared here"}}
	}
	return d
}
