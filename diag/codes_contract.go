package diag

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
