package diag

// The struct of the configuration.
const (
	// RG711 is a key that the model asks its configuration for and the file does not have.
	//
	// The model runs with the fallback. That may be what is wanted; but the factory
	// configuration is where people look for what they can set.
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
	//		_, err := cfg.Int("steps", 8)
	//		return &LongLive{}, err
	//	}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- default.yaml --
	//	# fps: 30
	//
	// Cure: add the key to the file, with the fallback or with another value.
	//
	//	-# fps: 30
	//	+steps: 8
	RG711 Code = "RG711"

	// RG712 is two fields of a config struct that have the same key.
	//
	// A file can set one of them only. The fields of an inlined struct are among those of
	// the struct around it.
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
	//		Rate int `yaml:"fps"`
	//	}
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func New(cfg Config) *LongLive { return &LongLive{} }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: give one of them another key.
	//
	//	-	Rate int `yaml:"fps"`
	//	+	Rate int `yaml:"rate"`
	RG712 Code = "RG712"

	// RG713 is a tag of a config field that cannot be understood.
	//
	// A tag is a row of key:"value" with single blanks between them. Of these, yaml,
	// default, description and the limits mean something here: min, max, exclusivemin,
	// exclusivemax, multipleof, minlen, maxlen, pattern and enum. A limit has to fit the
	// type of its field, and must not contradict another.
	//
	// Example:
	//
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	type Config struct {
	//		FPS int `yaml:"fps" min:"one"`
	//	}
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func New(cfg Config) *LongLive { return &LongLive{} }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: write the tag as it is meant.
	//
	//	-	FPS int `yaml:"fps" min:"one"`
	//	+	FPS int `yaml:"fps" min:"1"`
	RG713 Code = "RG713"

	// RG714 is a default that its own field does not take.
	//
	// The program sets it wherever a configuration says nothing, and holds it to the type
	// and the limits of the field like any other value. It is written as in YAML; for a
	// field of a text it is the text.
	//
	// Example:
	//
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	type Config struct {
	//		FPS int `yaml:"fps" default:"240" max:"120"`
	//	}
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func New(cfg Config) *LongLive { return &LongLive{} }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: write a default within the limits.
	//
	//	-	FPS int `yaml:"fps" default:"240" max:"120"`
	//	+	FPS int `yaml:"fps" default:"120" max:"120"`
	RG714 Code = "RG714"

	// RG715 is a field of a config struct that no configuration can set.
	//
	// A configuration holds truth values, numbers, texts, durations, lists, maps with
	// texts as keys, structs, pointers to these, anything at all as any, and types that
	// read a text themselves (UnmarshalText). A field that is not exported is out of reach
	// of every decoder. One that is no part of the configuration says so with yaml:"-".
	//
	// Example:
	//
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	type Config struct {
	//		FPS chan int `yaml:"fps"`
	//	}
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func New(cfg Config) *LongLive { return &LongLive{} }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: give the field another type, or take it out.
	//
	//	-	FPS chan int `yaml:"fps"`
	//	+	FPS int `yaml:"fps"`
	RG715 Code = "RG715"
)
