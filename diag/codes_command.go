package diag

// The commands of a model.
const (
	// RG321 is a command on a method that is not exported.
	//
	// The program around the model is another package, and calls the method when a
	// client sends the command.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{ speed float64 }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	//	//reactor:command set_speed
	//	func (m *LongLive) setSpeed(speed float64) { m.speed = speed }
	//
	// Cure: begin the method's name with a capital.
	//
	//	-func (m *LongLive) setSpeed(speed float64) { m.speed = speed }
	//	+func (m *LongLive) SetSpeed(speed float64) { m.speed = speed }
	RG321 Code = "RG321"

	// RG322 is a command on a method of another type than the model.
	//
	// Commands are for the model of the session, and there is no value of the
	// other type that they could be for.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{ palette palette }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	//	type palette struct{ hue float64 }
	//
	//	//reactor:command set_hue
	//	func (p *palette) SetHue(hue float64) { p.hue = hue }
	//
	// Cure: give the model a method that calls this one, and put the directive
	// there.
	//
	//	-//reactor:command set_hue
	//	 func (p *palette) SetHue(hue float64) { p.hue = hue }
	//	+
	//	+//reactor:command set_hue
	//	+func (m *LongLive) SetHue(hue float64) { m.palette.SetHue(hue) }
	RG322 Code = "RG322"

	// RG323 is a command parameter of a type that clients cannot send, or a
	// reactor.Context that is not the first parameter.
	//
	// Clients send JSON: strings, numbers and bools of any size, lists, maps with
	// strings as keys, structs with json tags, a time.Duration in seconds, any JSON
	// as any or json.RawMessage, and uploads as a reactor.File. A pointer may be null
	// or left out. A type with constants becomes a choice. What has no JSON form, or
	// a name that generated code cannot write, is none of it.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{ colors chan string }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	//	//reactor:command set_colors
	//	func (m *LongLive) SetColors(colors chan string) { m.colors = colors }
	//
	// Cure: take the values themselves, and convert them in the method.
	//
	//	-func (m *LongLive) SetColors(colors chan string) { m.colors = colors }
	//	+func (m *LongLive) SetColors(colors []string) {}
	RG323 Code = "RG323"

	// RG324 is a command name that two methods have.
	//
	// Clients know commands by their names alone.
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
	//	//reactor:command clear
	//	func (m *LongLive) Clear() {}
	//
	//	//reactor:command clear
	//	func (m *LongLive) ClearAll() {}
	//
	// Cure: give one of them another name.
	//
	//	-//reactor:command clear
	//	+//reactor:command clear_all
	//	 func (m *LongLive) ClearAll() {}
	RG324 Code = "RG324"

	// RG325 is a command method whose results are not nothing, a value, an error,
	// or a value and an error.
	//
	// A command is answered once: it was applied, with a value if there is one, or
	// it failed. The value has to have a JSON form.
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
	//	//reactor:command size
	//	func (m *LongLive) Size() (width, height int) { return 640, 360 }
	//
	// Cure: put what the method returns into one struct.
	//
	//	-func (m *LongLive) Size() (width, height int) { return 640, 360 }
	//	+func (m *LongLive) Size() Size { return Size{640, 360} }
	//	+
	//	+type Size struct{ Width, Height int }
	RG325 Code = "RG325"

	// RG326 is a command name that is not one, or that the runtime needs itself.
	//
	// A name has letters, digits, underscores, hyphens and dots, a letter first,
	// at most 63. With "requestCapabilities" clients ask the runtime which
	// commands there are.
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
	//	//reactor:command "clear all"
	//	func (m *LongLive) ClearAll() {}
	//
	// Cure: choose another name.
	//
	//	-//reactor:command "clear all"
	//	+//reactor:command clear_all
	RG326 Code = "RG326"

	// RG331 is a param directive for a parameter that the method does not have.
	//
	// It says what a parameter accepts. Under another name, nothing would check
	// what clients send.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{ speed float64 }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	//	//reactor:command set_speed
	//	//reactor:param sped min=0 max=4
	//	func (m *LongLive) SetSpeed(speed float64) { m.speed = speed }
	//
	// Cure: write the name as it stands in the method.
	//
	//	-//reactor:param sped min=0 max=4
	//	+//reactor:param speed min=0 max=4
	RG331 Code = "RG331"

	// RG332 is a limit that a parameter or a field of this type cannot have.
	//
	// Numbers have min, max, exclusivemin, exclusivemax, multipleof and enum; strings
	// have minlen, maxlen, pattern and enum; lists and maps have minitems and
	// maxitems, by these names or by minlen and maxlen. Limits of the items are those of their type: in the tags of a struct,
	// or the constants of a named type.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{ prompt string }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	//	//reactor:command set_prompt
	//	//reactor:param prompt max=500
	//	func (m *LongLive) SetPrompt(prompt string) { m.prompt = prompt }
	//
	// Cure: write the limit that the type has, or drop it.
	//
	//	-//reactor:param prompt max=500
	//	+//reactor:param prompt maxlen=500
	RG332 Code = "RG332"

	// RG333 is a limit that cannot be read, is outside of the parameter's type, or
	// contradicts another.
	//
	// A client could send no value that is good, or any value at all.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{ level uint8 }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	//	//reactor:command set_level
	//	//reactor:param level max=1000
	//	func (m *LongLive) SetLevel(level uint8) { m.level = level }
	//
	// Cure: write a value of the parameter's type, or give the parameter another.
	//
	//	-//reactor:param level max=1000
	//	+//reactor:param level max=100
	RG333 Code = "RG333"

	// RG334 is a default that the parameter's own type and limits refuse.
	//
	// The default is what a client gets that sends no value, so it has to be good
	// itself.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{ speed float64 }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	//	//reactor:command set_speed
	//	//reactor:param speed min=0 max=4 default=5
	//	func (m *LongLive) SetSpeed(speed float64) { m.speed = speed }
	//
	// Cure: choose another default, or drop it: then clients must send a value.
	//
	//	-//reactor:param speed min=0 max=4 default=5
	//	+//reactor:param speed min=0 max=4 default=1
	RG334 Code = "RG334"

	// RG335 is a parameter without a name that clients could use.
	//
	// Clients send values by the names of the Go parameters.
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
	//	//reactor:command set_speed
	//	func (m *LongLive) SetSpeed(float64) {}
	//
	// Cure: give it a name.
	//
	//	-func (m *LongLive) SetSpeed(float64) {}
	//	+func (m *LongLive) SetSpeed(speed float64) {}
	RG335 Code = "RG335"

	// RG337 is a command parameter of a struct that is a part of itself.
	//
	// What clients send has an end, and a control or a typed client for it has one too.
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
	//	type Node struct {
	//		Name string `json:"name"`
	//		Next *Node  `json:"next"`
	//	}
	//
	//	//reactor:command set_path
	//	func (m *LongLive) SetPath(first Node) {}
	//
	// Cure: take a list of parts, or any JSON that the method reads itself.
	//
	//	 	Name string `json:"name"`
	//	-	Next *Node  `json:"next"`
	//	 }
	//
	//	-func (m *LongLive) SetPath(first Node) {}
	//	+func (m *LongLive) SetPath(nodes []Node) {}
	RG337 Code = "RG337"

	// RG338 is a command parameter with a map whose keys are no strings.
	//
	// The members of an object in JSON are found by strings, and clients know no other
	// map.
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
	//	//reactor:command set_weights
	//	func (m *LongLive) SetWeights(weights map[int]float64) {}
	//
	// Cure: use strings as keys, or a list.
	//
	//	-func (m *LongLive) SetWeights(weights map[int]float64) {}
	//	+func (m *LongLive) SetWeights(weights map[string]float64) {}
	RG338 Code = "RG338"

	// RG339 is a struct that clients send with two fields of one name.
	//
	// A field is found by its name in the json tag, or else by that of the Go field.
	// Of two with one name, encoding/json takes neither.
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
	//	type Point struct {
	//		X float64 `json:"x"`
	//		Y float64 `json:"x"`
	//	}
	//
	//	//reactor:command move
	//	func (m *LongLive) Move(to Point) {}
	//
	// Cure: give one of them another name.
	//
	//	-	Y float64 `json:"x"`
	//	+	Y float64 `json:"y"`
	RG339 Code = "RG339"

	// RG340 is a param directive for the context of a command.
	//
	// A param directive says what clients may send. The session is not theirs to send:
	// the runtime hands it to the method.
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
	//	//reactor:command clear
	//	//reactor:param ctx description="The session"
	//	func (m *LongLive) Clear(ctx reactor.Context) {}
	//
	// Cure: drop the directive.
	//
	//	-//reactor:param ctx description="The session"
	RG340 Code = "RG340"
)
