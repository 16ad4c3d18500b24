package diag

// The project.
const (
	// RG401 is a project without a model.
	RG401 Code = "RG401"

	// RG402 is a project with more than one model.
	RG402 Code = "RG402"
)
