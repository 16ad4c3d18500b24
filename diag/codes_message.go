package diag

// The messages of a model.
const (
	// RG341 is a message directive on something that is no struct of the model.
	//
	// A message is a struct that the model sends to clients under a name. Its type has
	// to be in the model's package, or in one that this imports.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	//	//reactor:message level
	//	type Level int
	//
	// Cure: put what is sent into a struct.
	//
	//	-type Level int
	//	+type Level struct{ Value int }
	RG341 Code = "RG341"

	// RG342 is a message name that is not one, or that two types have.
	//
	// Clients know messages by their names. A name has letters, digits, underscores,
	// hyphens and dots, a letter first, at most 63.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	//	//reactor:message "step done"
	//	type Step struct{ Number int }
	//
	// Cure: choose another name.
	//
	//	-//reactor:message "step done"
	//	+//reactor:message step_done
	RG342 Code = "RG342"

	// RG343 is a message with a field that cannot be written as JSON.
	//
	// Sending it would fail, each time.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	//	//reactor:message step
	//	type Step struct {
	//		Number int
	//		Done   chan bool
	//	}
	//
	// Cure: leave the field out, or send what it stands for.
	//
	//	-	Done   chan bool
	//	+	Done   bool
	RG343 Code = "RG343"

	// RG344 is a struct that the model sends and does not declare as a message.
	//
	// Once a model declares messages, clients tell them apart by name. One without is
	// sent as it is, and a typed client has no type for it.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	//	//reactor:message step
	//	type Step struct{ Number int }
	//
	//	type Done struct{ Steps int }
	//
	//	//reactor:command finish
	//	func (m *LongLive) Finish(ctx reactor.Context) error {
	//		return ctx.Send(Done{Steps: 9})
	//	}
	//
	// Cure: declare it.
	//
	//	+//reactor:message done
	//	 type Done struct{ Steps int }
	RG344 Code = "RG344"
)
