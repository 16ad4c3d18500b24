package diag

import "slices"

// Code names a kind of finding. The first digit is what it is about: 1 the text
// of a directive, 2 the place it stands at, 3 the code under it, 4 the project,
// 5 loading, 6 the generated main, 7 configuration. A code is never renumbered
// and never used again.
type Code string

// The text of a directive.
const (
	// RG101 is a comment that was meant as a directive and is not in the form of
	// one, such as "// reactor:model name=a": a directive has no space after the
	// slashes or around the colon, and is a // comment.
	RG101 Code = "RG101"

	// RG102 is a directive whose name is unknown or misspelt, such as
	// "//reactor:modle name=a".
	RG102 Code = "RG102"

	// RG111 is a model name that is not one: lowercase letters, digits and
	// hyphens, a letter first, at most 63.
	RG111 Code = "RG111"

	// RG112 is a key that is nearly one that means something, such as
	// "weigths=a". Any other unknown key of a model is metadata and good.
	RG112 Code = "RG112"

	// RG113 is a directive that does not name what it declares.
	RG113 Code = "RG113"

	// RG114 is a key that one directive has twice.
	RG114 Code = "RG114"

	// RG115 is a directive that cannot be read: a quote or bracket that is never
	// closed, an escape sequence that Go does not have.
	RG115 Code = "RG115"

	// RG116 is an argument that the directive does not take.
	RG116 Code = "RG116"

	// RG117 is a name of weights that cannot be a folder's.
	RG117 Code = "RG117"

	// RG118 is a name of weights that the list has twice.
	RG118 Code = "RG118"

	// RG121 is a value of how the model runs, such as "fps=30", in the directive
	// that says what the model is. It belongs into the configuration.
	RG121 Code = "RG121"
)

// The place of a directive.
const (
	// RG201 is a directive that a blank line separates from the declaration
	// below it, so that it belongs to nothing.
	RG201 Code = "RG201"

	// RG202 is a model directive on a function.
	RG202 Code = "RG202"

	// RG203 is a model directive on a variable, a constant or an import.
	RG203 Code = "RG203"

	// RG204 is a model directive on a group of types in parentheses: it has to
	// stand on the one that it means.
	RG204 Code = "RG204"

	// RG205 is a model directive on an alias or on a type that is no struct.
	RG205 Code = "RG205"

	// RG206 is a model directive on a method.
	RG206 Code = "RG206"

	// RG207 is a directive inside of a function.
	RG207 Code = "RG207"

	// RG208 is a directive that stands on nothing: over the package clause, at
	// the end of the file, inside of a declaration.
	RG208 Code = "RG208"

	// RG209 is a directive behind code on the same line.
	RG209 Code = "RG209"

	// RG210 is a model directive on a generic type, of which there is no one
	// type to run.
	RG210 Code = "RG210"

	// RG211 is a model whose type is not exported, in a package that is imported
	// by the program around it.
	RG211 Code = "RG211"

	// RG212 is a second directive of the same kind on one declaration.
	RG212 Code = "RG212"

	// RG213 is a model in a package main that has a func main of its own, which
	// is what reactor-gen writes.
	RG213 Code = "RG213"

	// RG214 is a model in a package that the program around it cannot import, as
	// it lies in a folder "internal" of another part of the project.
	RG214 Code = "RG214"

	// RG215 is a model in the very folder that the program around it belongs
	// into.
	RG215 Code = "RG215"

	// RG221 is a command or param directive that does not stand on a method.
	RG221 Code = "RG221"

	// RG222 is a param directive on a method that is no command.
	RG222 Code = "RG222"
)

// The code under a directive.
const (
	// RG301 is a model that does not implement reactor.VideoModel, with every
	// method that is missing or has another signature.
	RG301 Code = "RG301"

	// RG311 is a model with two constructors, New and New<Type>.
	RG311 Code = "RG311"

	// RG312 is a constructor that does not return *T or (*T, error).
	RG312 Code = "RG312"

	// RG313 is a parameter of a constructor that nothing can be supplied for.
	RG313 Code = "RG313"

	// RG321 is a command on a method that is not exported.
	RG321 Code = "RG321"

	// RG322 is a command on a method of another type than the model.
	RG322 Code = "RG322"

	// RG323 is a command parameter of a type that clients cannot send.
	RG323 Code = "RG323"

	// RG324 is a command name that two methods have.
	RG324 Code = "RG324"

	// RG325 is a command method whose results are not nothing, a value, an
	// error, or a value and an error.
	RG325 Code = "RG325"

	// RG326 is a command name that is not one, or that the runtime needs itself.
	RG326 Code = "RG326"

	// RG331 is a param directive for a parameter that the method does not have.
	RG331 Code = "RG331"

	// RG332 is a limit that a parameter of this type cannot have.
	RG332 Code = "RG332"

	// RG333 is a limit that cannot be read, is outside of the parameter's type,
	// or contradicts another.
	RG333 Code = "RG333"

	// RG334 is a default that the parameter's own type and limits refuse.
	RG334 Code = "RG334"

	// RG335 is a parameter without a name that clients could use.
	RG335 Code = "RG335"
)

// The project.
const (
	// RG401 is a project without a model.
	RG401 Code = "RG401"

	// RG402 is a project with more than one model.
	RG402 Code = "RG402"
)

// Loading.
const (
	// RG501 is a file that cannot be parsed.
	RG501 Code = "RG501"

	// RG502 is a declaration that the model needs and that does not compile.
	RG502 Code = "RG502"

	// RG503 is a folder whose files do not agree on the package's name.
	RG503 Code = "RG503"

	// RG511 is an import that cannot be resolved.
	RG511 Code = "RG511"

	// RG512 is a circle of imports.
	RG512 Code = "RG512"

	// RG521 is a model in a file that a build constraint leaves out.
	RG521 Code = "RG521"

	// RG522 is a model in a test file.
	RG522 Code = "RG522"

	// RG523 is a model in a folder that is no part of the project.
	RG523 Code = "RG523"

	// RG531 is a folder that is not in a Go module.
	RG531 Code = "RG531"

	// RG532 is a module that the go command refuses to load.
	RG532 Code = "RG532"
)

// The generated main.
const (
	// RG601 is a generated main that was written for other values of the
	// directive, another configuration or other commands than there are.
	RG601 Code = "RG601"

	// RG602 is a generated main that a //go:generate line promises and that does
	// not exist.
	RG602 Code = "RG602"

	// RG603 is a generated main that was edited by hand.
	RG603 Code = "RG603"

	// RG604 is a generated main of a model that the project does not have, or
	// has under another name or at another place.
	RG604 Code = "RG604"

	// RG605 is a generated main that is right but for its line ends.
	RG605 Code = "RG605"
)

// Configuration.
const (
	// RG701 is a configuration file that does not exist, or is none.
	RG701 Code = "RG701"

	// RG702 is a configuration file that is not valid YAML.
	RG702 Code = "RG702"

	// RG703 is a configuration file outside of the project.
	RG703 Code = "RG703"
)

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
	RG301: "model does not implement reactor.VideoModel",
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
	RG401: "no model",
	RG402: "more than one model",
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
	RG601: "generated main is out of date",
	RG602: "generated main is missing",
	RG603: "generated main was edited by hand",
	RG604: "generated main is left over",
	RG605: "generated main has other line ends",
	RG701: "configuration file does not exist",
	RG702: "configuration file is not valid YAML",
	RG703: "configuration file is outside of the project",
}

// Title is the short form of what the code means, or "" for an unknown code.
func (c Code) Title() string { return titles[c] }

// Codes returns every code, sorted.
func Codes() []Code {
	all := make([]Code, 0, len(titles))
	for c := range titles {
		all = append(all, c)
	}
	slices.Sort(all)
	return all
}
