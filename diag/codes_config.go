package diag

// Configuration.
const (
	// RG701 is a configuration file that does not exist, or is none.
	RG701 Code = "RG701"

	// RG702 is a configuration file that is not valid YAML.
	RG702 Code = "RG702"

	// RG703 is a configuration file outside of the project.
	RG703 Code = "RG703"
)
