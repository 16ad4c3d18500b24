package diag

import (
	"fmt"
	"strings"
)

// UnexportedCommand says that a command's method is not exported.
func UnexportedCommand(at Range, method, exported string) Diagnostic {
	d := newError(RG321, at, fmt.Sprintf("command method %s is not exported, so the program around the model cannot call it", method))
	d.Help = []string{"call it " + exported}
	return d
}

// NotOnModel says that a command's method is not one of the model. Model is
// empty when the package has no model at all.
func NotOnModel(at Range, method, receiver, model string) Diagnostic {
	d := newError(RG322, at, fmt.Sprintf("command method %s is on %s, not on the model %s", method, receiver, model))
	if model == "" {
		d.Summary = fmt.Sprintf("command method %s is on %s, which is no model", method, receiver)
		d.Help = []string{"move the method to the project's model, or drop the directive"}
		return d
	}
	d.Help = []string{fmt.Sprintf("make it a method of %s that calls this one", model)}
	return d
}

// NoForm says that clients cannot send values of a type, and why.
func NoForm(at Range, typ, why, help string) Diagnostic {
	d := newError(RG323, at, fmt.Sprintf("clients cannot send a value of type %s: %s", typ, why))
	d.Help = []string{help}
	return d
}

// Recursive says that a struct which clients send is a part of itself.
func Recursive(at Range, typ string) Diagnostic {
	d := newError(RG337, at, fmt.Sprintf("clients cannot send a value of type %s: it is a part of itself", typ))
	d.Help = []string{"take a list of parts that refer to each other by index, or a json.RawMessage"}
	return d
}

// KeyNotString says that a map which clients send has keys that are no strings.
func KeyNotString(at Range, typ, key string) Diagnostic {
	d := newError(RG338, at, fmt.Sprintf("clients cannot send a value of type %s: its keys are of type %s, and JSON has strings", typ, key))
	d.Help = []string{"take a map[string] of the same values, or a list of structs"}
	return d
}

// SameKey says that two fields of a struct have one name in JSON.
func SameKey(at Range, key, field, rival string, before Range) Diagnostic {
	d := newError(RG339, at, fmt.Sprintf("the fields %s and %s are both called %q in JSON, so neither is read", rival, field, key))
	d.Label = "second"
	if before != at {
		d.Related = []Related{{before, "first"}}
	}
	d.Help = []string{"give one of them another name in its json tag"}
	return d
}

// ContextParam says that a param directive is about the context of a command.
func ContextParam(at Range, name, method string) Diagnostic {
	d := newError(RG340, at, fmt.Sprintf("parameter %s of method %s is the session's context, which clients do not send", name, method))
	d.Help = []string{"drop the directive"}
	return d
}

// LateContext says that a command takes a context behind its first parameter.
func LateContext(at Range, method string) Diagnostic {
	d := newError(RG323, at, fmt.Sprintf("the reactor.Context of command method %s must be its first parameter", method))
	d.Help = []string{"move it to the front"}
	return d
}

// CommandTaken says that two methods have the same command name.
func CommandTaken(at Range, name string, before Range, method string) Diagnostic {
	d := newError(RG324, at, fmt.Sprintf("command name %q is taken by method %s", name, method))
	d.Label = "second"
	d.Related = []Related{{before, "first"}}
	d.Help = []string{"give one of them another name"}
	return d
}

// WrongResults says that a command's method returns what cannot be answered.
func WrongResults(at Range, method, have string) Diagnostic {
	d := newError(RG325, at, fmt.Sprintf("command method %s cannot return %s", method, have))
	d.Notes = []string{"it may return nothing, an error, a value, or (value, error)"}
	d.Help = []string{"put what it returns into one struct"}
	return d
}

// BadCommandName says that a command name is not valid.
func BadCommandName(at Range, name string) Diagnostic {
	d := newError(RG326, at, fmt.Sprintf("command name %q is not valid", name))
	d.Notes = []string{"letters, digits, underscores, hyphens and dots; starts with a letter; at most 63"}
	d.Help = []string{"choose another name"}
	return d
}

// ReservedCommand says that a command name is the runtime's own.
func ReservedCommand(at Range, name string) Diagnostic {
	d := newError(RG326, at, fmt.Sprintf("command name %q is the runtime's own", name))
	d.Help = []string{"choose another name"}
	return d
}

// NoSuchParam says that a method does not have a parameter. Meant is the
// nearest that it has, or empty.
func NoSuchParam(at Range, name, method, meant string, has []string) Diagnostic {
	d := newError(RG331, at, fmt.Sprintf("method %s has no parameter %q", method, name))
	switch {
	case meant != "":
		d.Summary += fmt.Sprintf("; did you mean %q?", meant)
		d.Help = []string{"write //reactor:param " + meant}
	case len(has) > 0:
		d.Notes = []string{"its parameters are " + strings.Join(has, ", ")}
		d.Help = []string{"name one of them, or drop the directive"}
	default:
		d.Notes = []string{"it takes none from clients"}
		d.Help = []string{"drop the directive"}
	}
	return d
}

// LimitOnType says that a parameter or a field of this type cannot have a limit;
// fits says which types can.
func LimitOnType(at Range, key, what, typ, fits string) Diagnostic {
	d := newError(RG332, at, fmt.Sprintf("%s does not fit %s: it is for %s, not for %s", key, what, fits, typ))
	d.Help = []string{"drop it"}
	return d
}

// Why a limit or a default cannot be used.
const (
	NotWhole     = "it must be a whole number"
	NotLength    = "it must be a whole number of characters"
	NotCount     = "it must be a whole number of items"
	NotPositive  = "it must be above zero"
	NotDuration  = "it must be a duration such as 500ms or 1m30s"
	NotBool      = "it must be true or false"
	NotJSON      = "it must be JSON, such as `[1,2]` or `{\"x\":1}` between back quotes"
	NoFile       = "no file is there before a client has uploaded one"
	NoEnumValues = "it has no values"
)

// NotNumber is for a number that is none or does not fit its type.
func NotNumber(typ string) string { return "it must be a number that fits " + typ }

// OutOfType is for a whole number outside of its type.
func OutOfType(typ, low, high string) string {
	return fmt.Sprintf("%s goes from %s to %s", typ, low, high)
}

// TwiceInEnum is for a value that an enum has twice.
func TwiceInEnum(value string) string { return fmt.Sprintf("%q is in it twice", value) }

// NotInEnum is for a value that is none of the enum's.
func NotInEnum(what string, values []string) string {
	return what + " is none of " + strings.Join(values, ", ")
}

// Refused is for a value that a limit refuses: how says what, and in which way.
func Refused(how, key, limit string) string { return fmt.Sprintf("%s %s=%s", how, key, limit) }

// How one limit contradicts another.
const (
	IsBelow    = "is below"
	IsNotAbove = "is not above"
)

// BadLimit says that a limit cannot be used; why says what it should be.
func BadLimit(at Range, key, value, why string) Diagnostic {
	d := newError(RG333, at, fmt.Sprintf("%s=%s is not valid: %s", key, value, why))
	d.Help = []string{"mend it, or drop it"}
	return d
}

// Contradiction says that two limits leave no value; how says how they stand.
func Contradiction(at Range, key, value, how string, other Range, otherKey, otherValue string) Diagnostic {
	d := newError(RG333, at, fmt.Sprintf("%s=%s %s %s=%s, so no value is good", key, value, how, otherKey, otherValue))
	d.Related = []Related{{other, otherKey}}
	d.Help = []string{"swap them"}
	if how == IsNotAbove {
		d.Help = []string{"raise the one, or lower the other"}
	}
	return d
}

// BadDefault says that a default is not a value that the parameter or field
// accepts.
func BadDefault(at Range, value, what, why string) Diagnostic {
	d := newError(RG334, at, fmt.Sprintf("default %q of %s is not valid: %s", value, what, why))
	d.Help = []string{"choose another default, or drop it: then clients must give the value"}
	return d
}

// UnnamedParam says that a command's parameter has no name.
func UnnamedParam(at Range, method string) Diagnostic {
	d := newError(RG335, at, fmt.Sprintf("a parameter of command method %s has no name that clients could use", method))
	d.Help = []string{"give it a name"}
	return d
}
