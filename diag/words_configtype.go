package diag

import (
	"fmt"
	"strings"
)

// NotInConfig says that a model asks for a key that the configuration does not have.
// Meant is the nearest that it has, or empty.
func NotInConfig(at Range, key, file, meant string, fallback string) Diagnostic {
	d := newWarning(RG711, at, fmt.Sprintf("%s has no key %s", file, key))
	switch {
	case meant != "":
		d.Summary += fmt.Sprintf("; did you mean %s?", meant)
		d.Help = []string{"ask for " + meant}
	case fallback != "":
		d.Help = []string{fmt.Sprintf(`add "%s: %s" to it`, key, fallback)}
	default:
		d.Help = []string{"add it to the file"}
	}
	return d
}

// FieldTwice says that two fields of a config struct have the same key.
func FieldTwice(at Range, key, field string, first Range, other string) Diagnostic {
	d := newError(RG712, at, fmt.Sprintf("field %s has the key %s, which is that of %s", field, key, other))
	d.Label = "second"
	d.Related = []Related{{first, "first"}}
	d.Help = []string{"give one of them another key: `yaml:\"NAME\"`"}
	return d
}

// BadTag says that the tag of a config field cannot be read.
func BadTag(at Range, field, why string) Diagnostic {
	d := newError(RG713, at, fmt.Sprintf("the tag of %s cannot be read: %s", field, why))
	d.Notes = []string{"a tag is a row of key:\"value\" with single blanks between them"}
	d.Help = []string{"mend the tag"}
	return d
}

// NearTag says that a key of a tag is nearly one that means something.
func NearTag(at Range, key, meant string) Diagnostic {
	d := newError(RG713, at, fmt.Sprintf("tag %s means nothing here; did you mean %s?", key, meant))
	d.Help = []string{"write " + meant}
	return d
}

// YAMLOption says that an option of a yaml tag is not known.
func YAMLOption(at Range, option, meant string) Diagnostic {
	d := newError(RG713, at, fmt.Sprintf("the yaml tag has no option %s", option))
	d.Notes = []string{"the options are inline, omitempty and flow"}
	d.Help = []string{"drop it"}
	if meant != "" {
		d.Summary += fmt.Sprintf("; did you mean %s?", meant)
		d.Help = []string{"write " + meant}
	}
	return d
}

// LimitOnField says that a limit does not go with the type of its field.
func LimitOnField(at Range, limit, field, typ, what string) Diagnostic {
	d := newError(RG713, at, fmt.Sprintf("%s limits %s; %s is of the type %s", limit, what, field, typ))
	d.Help = []string{"drop " + limit}
	return d
}

// BadFieldLimit says that the value of a limit cannot be read.
func BadFieldLimit(at Range, limit, value, why string) Diagnostic {
	d := newError(RG713, at, fmt.Sprintf("%s %q is not valid: %s", limit, value, why))
	d.Help = []string{"write another " + limit}
	return d
}

// LimitsCross says that no value is within two limits.
func LimitsCross(at Range, upper, above string, lower Range, low, below string) Diagnostic {
	d := newError(RG713, at, fmt.Sprintf("no value is allowed: %s %s is below %s %s", upper, above, low, below))
	d.Related = []Related{{lower, low}}
	d.Help = []string{"swap them, or drop one"}
	return d
}

// BadFieldDefault says that a field does not take its default.
func BadFieldDefault(at Range, field, value, why, meant string) Diagnostic {
	d := newError(RG714, at, fmt.Sprintf("%s does not take its default %q: %s", field, value, why))
	d.Help = []string{"write a default that it takes"}
	if meant != "" {
		d.Help = []string{"write " + meant}
	}
	return d
}

// BadFieldType says that no configuration can hold values of a field's type.
func BadFieldType(at Range, field, typ string) Diagnostic {
	d := newError(RG715, at, fmt.Sprintf("field %s has the type %s, which a configuration cannot hold", field, typ))
	d.Help = []string{"give it another type, or the tag `yaml:\"-\"`"}
	return d
}

// BadInline says that something else than a struct is inlined.
func BadInline(at Range, field, typ string) Diagnostic {
	d := newError(RG715, at, fmt.Sprintf("field %s cannot be inlined: %s is not a struct", field, typ))
	d.Help = []string{"drop the option inline"}
	return d
}

// UnexportedField says that a field has a tag for the configuration and cannot be
// set.
func UnexportedField(at Range, field string) Diagnostic {
	d := newError(RG715, at, fmt.Sprintf("field %s is not exported, so no configuration can set it", field))
	d.Help = []string{"call it " + strings.ToUpper(field[:1]) + field[1:] + ", or drop the tag"}
	return d
}
