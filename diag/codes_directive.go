package diag

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

	// RG131 is an ignore directive that does not say what to ignore, or why.
	RG131 Code = "RG131"

	// RG132 is an ignore directive with a code that there is not.
	RG132 Code = "RG132"

	// RG133 is an ignore directive that silences nothing.
	RG133 Code = "RG133"

	// RG134 is an ignore directive for a code that cannot be ignored.
	RG134 Code = "RG134"
)
