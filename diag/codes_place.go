package diag

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
