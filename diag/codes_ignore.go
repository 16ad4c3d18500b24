package diag

// The directive that ignores findings.
const (
	// RG131 is an ignore directive that does not say what to ignore, or why.
	//
	// Who comes later has to know whether the reason still holds. With its code,
	// the directive does its work nevertheless: the missing reason is the one
	// finding.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:ignore RG121
	//	//reactor:model name=longlive fps=30
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: write the code and behind it the reason, in as many words as it needs.
	// It goes to the end of the line and is not quoted.
	//
	//	-//reactor:ignore RG121
	//	+//reactor:ignore RG121 the rate that it was trained at
	RG131 Code = "RG131"

	// RG132 is an ignore directive with a code that there is not.
	//
	// It would ignore nothing. "reactor-gen explain" lists the codes.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:ignore RG120 no setting
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: write the code as it stands at the end of the finding, or drop the
	// directive.
	//
	//	-//reactor:ignore RG120 no setting
	//	 //reactor:model name=longlive
	RG132 Code = "RG132"

	// RG133 is an ignore directive that silences nothing: there is no finding of
	// that code on its own line, in the rest of its comment, or on the line below
	// the comment.
	//
	// It is a warning. What was ignored once has been cured, and the directive
	// would hide the next mistake of the same kind. It is only looked for when
	// there is no error, as an error may keep a finding from being seen.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:ignore RG121 the rate that it was trained at
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: drop the directive, or move it to the comment that holds the finding.
	//
	//	-//reactor:ignore RG121 the rate that it was trained at
	//	 //reactor:model name=longlive
	RG133 Code = "RG133"

	// RG134 is an ignore directive for a code that cannot be ignored.
	//
	// Ignored can be what leaves one good model and a program around it: comments
	// that merely look like directives, directives that decorate nothing, metadata
	// with a strange key, a second model that only tests have. Of these, a finding
	// is told all the same while it is the reason that there is no model.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:ignore RG401 the model comes later
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: drop the directive, and cure what it is about.
	//
	//	-//reactor:ignore RG401 the model comes later
	//	 //reactor:model name=longlive
	RG134 Code = "RG134"
)
