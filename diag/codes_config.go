package diag

// Configuration.
const (
	// RG701 is a configuration file that does not exist, or is a folder.
	//
	// The file holds the factory configuration. It is built into the program, so
	// it has to be there when the main is generated. Its path begins at the
	// project's root, wherever the model is.
	//
	// Example:
	//
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive config=configs/defualt.yaml
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- configs/default.yaml --
	//	fps: 30
	//
	// Cure: write the path as it is, or create the file.
	//
	//	-//reactor:model name=longlive config=configs/defualt.yaml
	//	+//reactor:model name=longlive config=configs/default.yaml
	RG701 Code = "RG701"

	// RG702 is a configuration file that is not valid YAML.
	//
	// A model that starts must not depend on how a broken file is understood, so
	// this is found out before it is built. Keys of one mapping are indented
	// alike.
	//
	// Example:
	//
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive config=default.yaml
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- default.yaml --
	//	steps: 8
	//	  fps: 30
	//
	// Cure: mend the line that is named.
	//
	//	-  fps: 30
	//	+fps: 30
	RG702 Code = "RG702"

	// RG703 is a configuration file outside of the project.
	//
	// The factory configuration belongs to the model and travels with it. A path
	// that leaves the project is right on one machine only. Another configuration
	// for one deployment is given to the program itself, with "-c FILE".
	//
	// Example:
	//
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive config=../default.yaml
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- default.yaml --
	//	fps: 30
	//
	// Cure: move the file below the project's root, and write its path from there.
	//
	//	-//reactor:model name=longlive config=../default.yaml
	//	+//reactor:model name=longlive config=default.yaml
	RG703 Code = "RG703"
)
