package diag

// The place of a directive.
const (
	// RG201 is a directive that a blank line separates from the declaration below
	// it, so that it belongs to nothing.
	//
	// Go takes a comment as a declaration's own only when it touches it. With the
	// blank line, the directive is on its own in the file, and so is the type.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: delete the blank line, or put // into it.
	//
	//	 //reactor:model name=longlive
	//	-
	RG201 Code = "RG201"

	// RG202 is a model directive on a function.
	//
	// A model is a struct type. Its constructor, New or New and the type's name,
	// is found without a directive.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	type LongLive struct{}
	//
	//	//reactor:model name=longlive
	//	func New() *LongLive { return &LongLive{} }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: move the directive to the line above the type that the function makes.
	//
	//	+//reactor:model name=longlive
	//	 type LongLive struct{}
	//
	//	-//reactor:model name=longlive
	//	 func New() *LongLive { return &LongLive{} }
	RG202 Code = "RG202"

	// RG203 is a model directive on a variable, a constant or an import.
	//
	// A model is a struct type, of which the program around it makes the one value
	// that it needs.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	type LongLive struct{}
	//
	//	//reactor:model name=longlive
	//	var model LongLive
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: move the directive to the line above the type.
	//
	//	+//reactor:model name=longlive
	//	 type LongLive struct{}
	//
	//	-//reactor:model name=longlive
	//	 var model LongLive
	RG203 Code = "RG203"

	// RG204 is a model directive on a group of types in parentheses: it has to
	// stand on the one that it means.
	//
	// Even where the group has a single type, its comment belongs to the group.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type (
	//		LongLive struct{}
	//		options  struct{}
	//	)
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: move the directive into the group, to the line above its type.
	//
	//	-//reactor:model name=longlive
	//	 type (
	//	+	//reactor:model name=longlive
	//	 	LongLive struct{}
	RG204 Code = "RG204"

	// RG205 is a model directive on an alias or on a type that is no struct.
	//
	// The model is a struct because it holds what a session needs and what
	// outlives it. An alias is another name for a type whose directive would have
	// to stand where the type is declared.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive int
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: make it a struct.
	//
	//	-type LongLive int
	//	+type LongLive struct{ speed int }
	RG205 Code = "RG205"

	// RG206 is a model directive on a method.
	//
	// A model is a struct type. A method that clients may call has a command
	// directive.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	type LongLive struct{}
	//
	//	//reactor:model name=longlive
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: move the directive to the line above the method's type.
	//
	//	+//reactor:model name=longlive
	//	 type LongLive struct{}
	//
	//	-//reactor:model name=longlive
	//	 func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	RG206 Code = "RG206"

	// RG207 is a directive inside of a function.
	//
	// What is declared there is out of the reach of the program around the model,
	// and a comment there belongs to no declaration.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	type LongLive struct{}
	//
	//	func run() {
	//		//reactor:model name=longlive
	//		_ = new(LongLive)
	//	}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: move the directive to the line above a declaration of the package.
	//
	//	+//reactor:model name=longlive
	//	 type LongLive struct{}
	//
	//	-	//reactor:model name=longlive
	//	 	_ = new(LongLive)
	RG207 Code = "RG207"

	// RG208 is a directive that stands on nothing: over the package clause, at the
	// end of the file, inside of a declaration.
	//
	// It would do nothing, and the type that it means would be none that anybody
	// knows of.
	//
	// Example:
	//
	//	//reactor:model name=longlive
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: move it to the line above its declaration.
	//
	//	-//reactor:model name=longlive
	//	 package longlive
	//
	//	+//reactor:model name=longlive
	//	 type LongLive struct{}
	RG208 Code = "RG208"

	// RG209 is a directive behind code on the same line.
	//
	// Go takes such a comment as a remark about the line, and not as the
	// declaration's own.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	type LongLive struct{} //reactor:model name=longlive
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: move it to a line of its own, above the declaration.
	//
	//	-type LongLive struct{} //reactor:model name=longlive
	//	+//reactor:model name=longlive
	//	+type LongLive struct{}
	RG209 Code = "RG209"

	// RG210 is a model directive on a generic type, of which there is no one type
	// to run.
	//
	// The program around a model makes one value of it, and nobody could tell it
	// with which type arguments.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive[T any] struct{ last T }
	//
	//	func (m *LongLive[T]) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: declare a struct around the type with the arguments that it is to
	// have, and move the directive there: it has the methods of what it embeds.
	//
	//	-//reactor:model name=longlive
	//	 type LongLive[T any] struct{ last T }
	//
	//	 func (m *LongLive[T]) StartSession(ctx reactor.Context) error { return nil }
	//	+//reactor:model name=longlive
	//	+type Model struct{ LongLive[int] }
	RG210 Code = "RG210"

	// RG211 is a model whose type is not exported, in a package that is imported
	// by the program around it.
	//
	// Only a program in the same package could make a value of it. For a model in
	// a library package, the program is one of its own, in the folder cmd.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type longLive struct{}
	//
	//	func (m *longLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: begin the type's name with a capital, or move the model to a package
	// main.
	//
	//	-type longLive struct{}
	//	+type LongLive struct{}
	//
	//	-func (m *longLive) StartSession(ctx reactor.Context) error { return nil }
	//	+func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	RG211 Code = "RG211"

	// RG212 is a second directive of the same kind on one declaration, or for one
	// parameter.
	//
	// Which of them holds would be a guess.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	//reactor:model name=live
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: keep one of them.
	//
	//	-//reactor:model name=live
	//	 type LongLive struct{}
	RG212 Code = "RG212"

	// RG213 is a model in a package main that has a func main of its own, which is
	// what reactor-gen writes.
	//
	// For a model in a package main, the program around it is the file
	// reactor_main.go in the same folder, so the two would be in each other's way.
	//
	// Example:
	//
	//	package main
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	//	func main() {}
	//
	// Cure: take the func main away, or move the model to a package of its own,
	// which the program then imports.
	//
	//	 func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-
	//	-func main() {}
	RG213 Code = "RG213"

	// RG214 is a model in a package that the program around it cannot import, as
	// it lies in a folder "internal" of another part of the project.
	//
	// Only packages below the parent of a folder "internal" may import what is in
	// there, and the program is in the folder cmd of the project's root. A folder
	// "internal" in the root itself is in reach.
	//
	// Example:
	//
	//	-- engine/internal/longlive/longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: move the package to where the program may import it.
	//
	//	--- engine/internal/longlive/longlive.go --
	//	+-- internal/longlive/longlive.go --
	RG214 Code = "RG214"

	// RG215 is a model in the very folder that the program around it belongs into.
	//
	// That program is a package main in the folder cmd/NAME, and the files of one
	// folder are one package.
	//
	// Example:
	//
	//	-- cmd/longlive/longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: move the package to another folder, make it a package main, or give
	// the model another name.
	//
	//	--- cmd/longlive/longlive.go --
	//	+-- longlive/longlive.go --
	RG215 Code = "RG215"

	// RG221 is a command or param directive that does not stand on a method.
	//
	// Clients call commands while a session goes on, and a method has the model at
	// hand that the session is of. A function would have none.
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
	//	//reactor:command stop
	//	func stop() {}
	//
	// Cure: make it a method of the model, and exported, so that the program
	// around the model can call it.
	//
	//	-func stop() {}
	//	+func (m *LongLive) Stop() {}
	RG221 Code = "RG221"

	// RG222 is a param directive on a method that is no command.
	//
	// What the directive says would be about nothing that clients can see.
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
	//	//reactor:param speed min=0 max=4
	//	func (m *LongLive) SetSpeed(speed float64) {}
	//
	// Cure: add the command directive that is missing, or drop this one.
	//
	//	+//reactor:command set_speed
	//	 //reactor:param speed min=0 max=4
	RG222 Code = "RG222"

	// RG223 is a track directive on something that is not the model.
	//
	// Tracks are a part of what the model is, and so is the directive a part of the
	// model's comment.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{ depth Depth }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	//	//reactor:track depth
	//	type Depth struct{ far float64 }
	//
	// Cure: move the directive to the model's type.
	//
	//	 //reactor:model name=longlive
	//	+//reactor:track depth
	//	 type LongLive struct{ depth Depth }
	//
	//	-//reactor:track depth
	//	 type Depth struct{ far float64 }
	RG223 Code = "RG223"
)
