package diag

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
