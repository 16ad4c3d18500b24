package diag

import (
	"slices"
	"strconv"
	"strings"
)

// Code names a kind of finding. The first digit is what it is about: 1 the text
// of a directive, 2 the place it stands at, 3 the code under it, 4 the project,
// 5 loading, 6 the generated main, 7 configuration. A code is never renumbered
// and never used again.
type Code string

// titles has the short form of what each code means.
var titles = map[Code]string{
	RG101: "comment is not in the form of a directive",
	RG102: "unknown directive",
	RG111: "model name is not valid",
	RG112: "key is nearly a known one",
	RG113: "name is missing",
	RG114: "key is given twice",
	RG115: "directive cannot be read",
	RG116: "argument is not one of the directive's",
	RG117: "name of weights is not valid",
	RG118: "weights are named twice",
	RG121: "run-time value in a directive",
	RG131: "ignore directive without a code or reason",
	RG132: "ignore directive with an unknown code",
	RG133: "ignore directive that nothing needs",
	RG134: "finding cannot be ignored",
	RG201: "directive is detached by a blank line",
	RG202: "model directive on a function",
	RG203: "model directive on a variable, constant or import",
	RG204: "model directive on a group of types",
	RG205: "model directive on a type that is no struct",
	RG206: "model directive on a method",
	RG207: "directive inside of a function",
	RG208: "directive stands on nothing",
	RG209: "directive behind code",
	RG210: "model is a generic type",
	RG211: "model is not exported",
	RG212: "second directive on one declaration",
	RG213: "package main has a func main",
	RG214: "model is out of the program's reach",
	RG215: "model is in its program's folder",
	RG221: "command directive is not on a method",
	RG222: "param directive without a command",
	RG223: "track directive is not on the model",
	RG301: "model does not implement reactor.VideoModel",
	RG302: "method OnFrame or OnSound that gets nothing",
	RG311: "two constructors",
	RG312: "constructor has the wrong result",
	RG313: "constructor parameter cannot be supplied",
	RG321: "command method is not exported",
	RG322: "command is not on the model",
	RG323: "command parameter cannot be served",
	RG324: "command name is taken",
	RG325: "command method has the wrong results",
	RG326: "command name is not valid",
	RG331: "parameter does not exist",
	RG332: "limit does not fit the type",
	RG333: "limit is not valid",
	RG334: "default is not valid",
	RG335: "parameter has no name",
	RG336: "weights are not declared",
	RG337: "parameter that is a part of itself",
	RG338: "map whose keys are no strings",
	RG339: "two fields with one JSON name",
	RG340: "param directive for the context",
	RG341: "message directive on no struct of the model",
	RG342: "message name is not valid or taken",
	RG343: "message that has no JSON form",
	RG344: "message that is not declared",
	RG345: "track name is not valid or taken",
	RG346: "second track of audio",
	RG347: "track that is not declared",
	RG401: "no model",
	RG402: "more than one model",
	RG403: "model name is used by two projects",
	RG404: "model differs between platforms",
	RG501: "syntax error",
	RG502: "declaration does not compile",
	RG503: "two package names in one folder",
	RG511: "import cannot be resolved",
	RG512: "import cycle",
	RG521: "model is left out by a build constraint",
	RG522: "model in a test file",
	RG523: "model in a folder that is no part of the project",
	RG531: "no Go module",
	RG532: "module cannot be loaded",
	RG533: "workspace keeps the module from being loaded",
	RG534: "module is for a newer Go",
	RG535: "vendored dependencies are out of step",
	RG601: "generated main is out of date",
	RG602: "generated main is missing",
	RG603: "generated main was edited by hand",
	RG604: "generated main is left over",
	RG605: "generated main has other line ends",
	RG701: "configuration file does not exist",
	RG702: "configuration file is not valid YAML",
	RG703: "configuration file is outside of the project",
	RG704: "configuration key stands twice",
	RG705: "configuration key is unknown",
	RG706: "configuration value has the wrong type",
	RG707: "configuration value is out of its limits",
	RG708: "configuration key belongs into the directive",
	RG709: "interpolation cannot be resolved",
	RG710: "configuration that nothing reads",
	RG711: "configuration lacks a key that is asked for",
	RG712: "two config fields with one key",
	RG713: "tag of a config field cannot be understood",
	RG714: "default does not fit its field",
	RG715: "config field cannot be set",
}

// Title is the short form of what the code means, or "" for an unknown code.
func (c Code) Title() string { return titles[c] }

// Ignorable tells whether an ignore directive may silence findings of the code:
// those without which there is still one model, as its author means it, and a
// program that can be written around it. What others follow from is told all the
// same.
func (c Code) Ignorable() bool {
	switch c {
	case RG101, RG102, RG112, RG121, // comments that only look wrong, metadata that only looks strange
		RG302, RG336, RG344, RG347, // methods, weights, messages and tracks that do not come from a directive
		RG201, RG202, RG203, RG204, RG205, RG206, RG207, RG208, RG209, RG221, RG222, RG223, RG322, // what decorates nothing
		RG522: // a model that only tests have
		return true
	}
	return false
}

// NearCode returns the code that a text was probably meant as, or "": its digits
// are the code's, or in the same ten.
func NearCode(text string) Code {
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r == 'O' || r == 'o':
			return '0'
		}
		return -1
	}, text)
	number, err := strconv.Atoi(digits)
	if err != nil || len(digits) != 3 {
		return ""
	}
	for away := range 10 {
		for _, n := range []int{number - away, number + away} {
			code := Code("RG" + strconv.Itoa(n))
			if n/10 == number/10 && code.Title() != "" {
				return code
			}
		}
	}
	return ""
}

// URL is the address of what there is to read about the code.
func (c Code) URL() string { return manualURL(c) }

// Codes returns every code, sorted.
func Codes() []Code {
	all := make([]Code, 0, len(titles))
	for c := range titles {
		all = append(all, c)
	}
	slices.Sort(all)
	return all
}
