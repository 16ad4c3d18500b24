package diag

// Values of the configuration.
const (
	// RG704 is a key that stands twice in one mapping.
	//
	// One of the two values would win, and which one is a matter of the reader.
	//
	// Example:
	//
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	type Config struct {
	//		FPS int `yaml:"fps"`
	//	}
	//
	//	//reactor:model name=longlive config=default.yaml
	//	type LongLive struct{}
	//
	//	func New(cfg Config) *LongLive { return &LongLive{} }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- default.yaml --
	//	fps: 30
	//	fps: 60
	//
	// Cure: keep one of the two lines.
	//
	//	-fps: 60
	RG704 Code = "RG704"

	// RG705 is a key of the configuration that no field of the struct has.
	//
	// The program is strict and would not start: a misspelt key that is passed over
	// leaves the model with another value than the file says. A field has the key of
	// its yaml tag, or its name in lower case.
	//
	// Example:
	//
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	type Config struct {
	//		FPS int `yaml:"fps"`
	//	}
	//
	//	//reactor:model name=longlive config=default.yaml
	//	type LongLive struct{}
	//
	//	func New(cfg Config) *LongLive { return &LongLive{} }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- default.yaml --
	//	fsp: 30
	//
	// Cure: write the key of the field that is meant, or add the field.
	//
	//	-fsp: 30
	//	+fps: 30
	RG705 Code = "RG705"

	// RG706 is a value of the configuration that has another type than its field.
	//
	// A field of a number takes no text and the other way round; a duration is written
	// with its unit, as 250ms or 1m30s. A field of a text takes a number or a word as it
	// is written.
	//
	// Example:
	//
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	type Config struct {
	//		FPS int `yaml:"fps"`
	//	}
	//
	//	//reactor:model name=longlive config=default.yaml
	//	type LongLive struct{}
	//
	//	func New(cfg Config) *LongLive { return &LongLive{} }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- default.yaml --
	//	fps: fast
	//
	// Cure: write a value of the field's type, or give the field another type.
	//
	//	-fps: fast
	//	+fps: 30
	RG706 Code = "RG706"

	// RG707 is a value of the configuration that the limits of its field do not allow.
	//
	// Limits are tags of the field: min, max, exclusivemin, exclusivemax and multipleof
	// of a number or a duration, minlen and maxlen of a text, a list or a map, pattern
	// of a text, enum of the only values that there may be. A named text type with
	// constants allows these. Those of a list or a map are those of its elements, but
	// for minlen and maxlen. The program holds every configuration to them.
	//
	// Example:
	//
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	type Config struct {
	//		FPS int `yaml:"fps" min:"1" max:"120"`
	//	}
	//
	//	//reactor:model name=longlive config=default.yaml
	//	type LongLive struct{}
	//
	//	func New(cfg Config) *LongLive { return &LongLive{} }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- default.yaml --
	//	fps: 240
	//
	// Cure: write a value within the limits, or change them.
	//
	//	-fps: 240
	//	+fps: 120
	RG707 Code = "RG707"

	// RG708 is a key of the configuration that belongs into the model directive.
	//
	// The name, the weights and the configuration file say what a model is. They are the
	// same in every deployment and stand in the directive, where clients, deployments
	// and tools look for them.
	//
	// Example:
	//
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	type Config struct {
	//		FPS int `yaml:"fps"`
	//	}
	//
	//	//reactor:model name=longlive config=default.yaml
	//	type LongLive struct{}
	//
	//	func New(cfg Config) *LongLive { return &LongLive{} }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- default.yaml --
	//	fps: 30
	//	weights: [vae]
	//
	// Cure: move it into the directive.
	//
	//	-//reactor:model name=longlive config=default.yaml
	//	+//reactor:model name=longlive config=default.yaml weights=vae
	//
	//	-weights: [vae]
	RG708 Code = "RG708"

	// RG709 is an interpolation in the configuration that cannot be resolved.
	//
	// "${a.b}" stands for what is at a.b from the top, "${.b}" for a neighbour, and
	// "${oc.env:NAME,DEFAULT}" for a variable of the environment. What refers to
	// nothing, to itself, or is no interpolation, stops the program when it starts. A
	// text with "${" in it is written with a backslash before that.
	//
	// Example:
	//
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	type Config struct {
	//		FPS int `yaml:"fps"`
	//		Rate int `yaml:"rate"`
	//	}
	//
	//	//reactor:model name=longlive config=default.yaml
	//	type LongLive struct{}
	//
	//	func New(cfg Config) *LongLive { return &LongLive{} }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- default.yaml --
	//	fps: 30
	//	rate: ${fsp}
	//
	// Cure: refer to a key that there is.
	//
	//	-rate: ${fsp}
	//	+rate: ${fps}
	RG709 Code = "RG709"

	// RG710 is a key or a file of the configuration that nothing reads.
	//
	// Whoever edits it in a deployment would wait for an effect. This is found where the
	// model takes a *reactor.Config and asks it for constant keys only, and where its
	// constructor takes no configuration at all.
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
	//	func New(cfg *reactor.Config) (*LongLive, error) {
	//		_, err := cfg.Int("fps", 30)
	//		return &LongLive{}, err
	//	}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- default.yaml --
	//	fps: 30
	//	quality: high
	//
	// Cure: read the key, or delete it.
	//
	//	-quality: high
	RG710 Code = "RG710"
)
