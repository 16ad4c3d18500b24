package diag

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
