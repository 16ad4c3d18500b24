package diag

import (
	"fmt"
	"strings"
)

// NoConfigFile says that the model's configuration file does not exist. Near is
// a file that was probably meant, or empty.
func NoConfigFile(at Range, path, near string) Diagnostic {
	d := newError(RG701, at, fmt.Sprintf("config file %s does not exist", path))
	if near != "" {
		d.Help = []string{fmt.Sprintf("did you mean %s?", near)}
	} else {
		d.Help = []string{"create " + path + ", or drop config="}
	}
	d.Notes = []string{"paths are relative to the project's root"}
	return d
}

// NotAFile says that what the directive names as configuration is a folder.
func NotAFile(at Range, path string) Diagnostic {
	d := newError(RG701, at, fmt.Sprintf("config file %s is a directory", path))
	d.Help = []string{"name a file in it, such as " + path + "/default.yaml"}
	return d
}

// ConfigOutside says that a configuration file is not below the project's root.
func ConfigOutside(at Range, path string) Diagnostic {
	d := newError(RG703, at, fmt.Sprintf("config file %s is outside of the project", path))
	d.Notes = []string{"the factory configuration travels with the model; its path is relative, with forward slashes"}
	d.Help = []string{"move it below the project's root, such as to configs/default.yaml"}
	return d
}

// BadYAML says that the configuration file cannot be read.
func BadYAML(at Range, message string, directive Range) Diagnostic {
	d := newError(RG702, at, "invalid YAML: "+strings.TrimPrefix(message, "not YAML: "))
	d.Help = []string{fmt.Sprintf("mend line %d of %s", at.Line, at.File)}
	d.Notes = []string{fmt.Sprintf("named by //reactor:model at %s:%d:%d", directive.File, directive.Line, directive.Column)}
	return d
}
