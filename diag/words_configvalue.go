package diag

import (
	"fmt"
	"strings"
)

// declared adds the place of the field, or the struct, that a finding in the
// configuration is about.
func (d Diagnostic) declared(at Range, label string) Diagnostic {
	if !at.IsZero() {
		d.Related = append(d.Related, Related{at, label})
	}
	return d
}

// newWarning is newError for what does not stop generation.
func newWarning(code Code, at Range, summary string) Diagnostic {
	d := newError(code, at, summary)
	d.Severity = Warning
	return d
}

// KeyTwice says that a key stands twice in a mapping of the configuration.
func KeyTwice(at Range, key string, first Range) Diagnostic {
	d := newError(RG704, at, fmt.Sprintf("key %s stands here and in line %d", key, first.Line))
	d.Label = "second"
	d.Related = []Related{{first, "first"}}
	d.Help = []string{"keep one of them"}
	return d
}

// UnknownConfigKey says that no field has a key of the configuration. Meant is the
// key that was likely meant, or empty, and field the place of its field, or else of
// the struct.
func UnknownConfigKey(at Range, key, meant string, keys []string, field Range) Diagnostic {
	d := newError(RG705, at, fmt.Sprintf("unknown key %s; the config struct has no such field", key))
	if meant != "" {
		d.Summary = fmt.Sprintf("unknown key %s; did you mean %s?", key, meant)
		d.Help = []string{"write " + meant}
		return d.declared(field, meant+" is set here")
	}
	if 0 < len(keys) && len(keys) <= mostNames {
		d.Notes = []string{"the keys here are " + strings.Join(keys, ", ")}
	}
	d.Help = []string{"delete it, or add a field for it"}
	return d.declared(field, "the struct that it would be in")
}

// mostNames is how many names a note lists.
const mostNames = 12

// EmbeddedKey says that a key is one of an embedded struct, whose fields have keys of
// their own only below its name.
func EmbeddedKey(at Range, key, embedded string, field Range) Diagnostic {
	d := newError(RG705, at, fmt.Sprintf("unknown key %s; it is a key of the embedded %s, which is not inlined", key, embedded))
	d.Help = []string{fmt.Sprintf("give %s the tag `yaml:\",inline\"`, or write %s: and the key below it", embedded, strings.ToLower(embedded))}
	return d.declared(field, "embedded here")
}

// WrongValue says that a value of the configuration has another type than its field.
// Message is "want a whole number, got ...".
func WrongValue(at Range, key, message, typ string, field Range) Diagnostic {
	d := newError(RG706, at, key+": "+message)
	d.Help = []string{"write a value of the type " + typ}
	return d.declared(field, "has the type "+typ)
}

// ForbiddenValue says that the limits of a field do not allow a value. Meant is the
// value that was likely meant, or empty.
func ForbiddenValue(at Range, key, message, meant string, field Range) Diagnostic {
	d := newError(RG707, at, key+": "+message)
	d.Help = []string{"write a value within the limits"}
	if meant != "" {
		d.Help = []string{"write " + meant}
	}
	return d.declared(field, "limited here")
}

// IdentityInConfig says that a key of the configuration belongs into the directive.
func IdentityInConfig(at Range, key string, directive Range) Diagnostic {
	d := newError(RG708, at, fmt.Sprintf("%s is identity, not configuration; it belongs into //reactor:model", key))
	d.Notes = []string{"identity = name, config, weights and free metadata; it is the same in every deployment"}
	d.Help = []string{fmt.Sprintf("write %s= in the directive, and delete it here", key)}
	return d.declared(directive, "the directive")
}

// BadInterpolation says that an interpolation cannot be resolved. Meant is the one
// that was likely meant, or empty.
func BadInterpolation(at Range, key, message, meant string) Diagnostic {
	d := newError(RG709, at, key+": "+message)
	d.Help = []string{`refer to a key that there is, or write \${ where it is text`}
	if meant != "" {
		d.Help = []string{"write " + meant}
	}
	return d
}

// UnreadKey says that a model with an untyped configuration never asks for a key.
// Meant is the key that it asks for and was likely meant, or empty; asked is where it
// does.
func UnreadKey(at Range, key, meant string, asked Range) Diagnostic {
	d := newWarning(RG710, at, fmt.Sprintf("nothing reads the key %s", key))
	d.Help = []string{"read it, or delete it"}
	if meant != "" {
		d.Severity = Error
		d.Summary += fmt.Sprintf("; did you mean %s?", meant)
		d.Help = []string{"write " + meant}
		return d.declared(asked, meant+" is read here")
	}
	return d.declared(asked, "the configuration is taken here")
}

// UnreadConfig says that a model takes no configuration although its directive names
// one.
func UnreadConfig(at Range, file, constructor string) Diagnostic {
	d := newWarning(RG710, at, fmt.Sprintf("nothing reads %s: %s takes no configuration", file, constructor))
	d.Help = []string{fmt.Sprintf("let %s take a config struct or a *reactor.Config, or drop config=", constructor)}
	return d
}
