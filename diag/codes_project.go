package diag

// The project.
const (
	// RG401 is a project without a model.
	//
	// What this is told with says why: there is no directive, and which type comes
	// closest; or there is one, and it misses its form or its place, or lies in a
	// file or folder that is not part of the program. In the latter cases that is
	// the finding, and this its consequence.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: put a model directive on the line above the struct that is to be the
	// model. "reactor-gen init NAME" starts a project that has one.
	//
	//	+//reactor:model name=longlive
	//	 type LongLive struct{}
	RG401 Code = "RG401"

	// RG402 is a project with more than one model.
	//
	// A project has one entry point. A project is the part of a module below the
	// folder that reactor-gen is run in, so a module may hold many models, each in
	// a folder of its own.
	//
	// Example:
	//
	//	-- longlive/longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- proto/proto.go --
	//	package proto
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=proto
	//	type Prototype struct{}
	//
	//	func (m *Prototype) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: delete all model directives but one, or run reactor-gen in the folder
	// of one model: "reactor-gen -C longlive check".
	//
	//	-//reactor:model name=proto
	//	 type Prototype struct{}
	RG402 Code = "RG402"

	// RG403 is a model name that two projects of a workspace use.
	//
	// The name is what clients connect to, and what deployments, logs and weights
	// are found by. "reactor-gen check --workspace" takes each model below the
	// folder as a project of its own, over all modules, and compares their names.
	//
	// Example:
	//
	//	-- longlive/longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- proto/proto.go --
	//	package proto
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type Prototype struct{}
	//
	//	func (m *Prototype) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: give one of them another name.
	//
	//	-//reactor:model name=longlive
	//	+//reactor:model name=proto
	//	 type Prototype struct{}
	RG403 Code = "RG403"

	// RG404 is a project whose model is not the same on all platforms that were
	// asked for.
	//
	// Files for one platform alone may give a project another model there, or
	// another command. The generated main is one for all platforms, and would be
	// wrong on one of them. "reactor-gen check --platforms linux/amd64,windows/amd64"
	// looks at each; without the flag, only the platform of the build is looked at.
	//
	// Example:
	//
	//	-- longlive_linux.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive weights=vae
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- longlive_windows.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: say the same on all of them, best by declaring the model in a file of
	// every build.
	//
	//	-//reactor:model name=longlive
	//	+//reactor:model name=longlive weights=vae
	RG404 Code = "RG404"
)
