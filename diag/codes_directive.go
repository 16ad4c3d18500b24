package diag

// The text of a directive.
const (
	// RG101 is a comment that was meant as a directive and is not in the form of
	// one: a directive is a // comment, without a space after the slashes or
	// around the colon, and with one behind its name.
	//
	// To Go such a line is prose. If it were passed over, the project would have
	// no model, and nothing would say why.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	// reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: write it in the form of a directive. Where it really is prose, put
	// other words at its beginning, or an ignore directive above it.
	//
	//	-// reactor:model name=longlive
	//	+//reactor:model name=longlive
	RG101 Code = "RG101"

	// RG102 is a directive whose name is unknown or misspelt.
	//
	// There are four: model, command, param and ignore; "reactor-gen directives"
	// lists them with all that they take. Any other would do nothing, so it is
	// reported and not passed over.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:modle name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: write the name that was meant.
	//
	//	-//reactor:modle name=longlive
	//	+//reactor:model name=longlive
	RG102 Code = "RG102"

	// RG111 is a model name that is not one: lowercase letters, digits and
	// hyphens, a letter first, at most 63.
	//
	// The name is what clients connect to. It stands in logs, deployments, URLs
	// and file names, and these letters are good in all of them. A letter of
	// another alphabet that merely looks right is named by its number.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=Long_Live
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: choose another name. Whoever knew the model by the old one has to
	// learn it.
	//
	//	-//reactor:model name=Long_Live
	//	+//reactor:model name=long-live
	RG111 Code = "RG111"

	// RG112 is a key that is nearly one that means something.
	//
	// Any other unknown key of a model is metadata and good, so a misspelt
	// "weights" would be stored as a curiosity, and the model would find no
	// weights. On a command or param directive no unknown key is good.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive weigths=vae
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: write the key that was meant. Where the other word is right, say so
	// with an ignore directive: then it is metadata.
	//
	//	-//reactor:model name=longlive weigths=vae
	//	+//reactor:model name=longlive weights=vae
	RG112 Code = "RG112"

	// RG113 is a directive that does not name what it declares: the model, the
	// command, or the parameter that it is about.
	//
	// A model's name is the value of a key, as are all things that it takes. The
	// name of a command or parameter stands alone and first.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model author=Ada
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: give it a name.
	//
	//	-//reactor:model author=Ada
	//	+//reactor:model name=longlive author=Ada
	RG113 Code = "RG113"

	// RG114 is a key that one directive has twice.
	//
	// Only one of the values could hold, and which one would be a guess. Several
	// weights are one list.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive weights=vae weights=palette
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: keep one of them.
	//
	//	-//reactor:model name=longlive weights=vae weights=palette
	//	+//reactor:model name=longlive weights=vae,palette
	RG114 Code = "RG114"

	// RG115 is a directive that cannot be read: a quote or bracket that is never
	// closed, an escape sequence that Go does not have, or an = without a key
	// before it.
	//
	// A value is bare, "quoted" as in Go, or `raw`; a list is a,b or ["a","b"].
	// What comes after a mistake in these could be read in more than one way.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive author="Ada Lovelace
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: close what is open.
	//
	//	-//reactor:model name=longlive author="Ada Lovelace
	//	+//reactor:model name=longlive author="Ada Lovelace"
	RG115 Code = "RG115"

	// RG116 is an argument that the directive does not take, or that lacks its key
	// or its value.
	//
	// Most often a value with blanks lacks its quotes, so that its second word
	// stands alone. A comment at the end of a directive begins with //, after a
	// blank.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive author=Ada Lovelace
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: quote the value, give it its key, or drop it.
	//
	//	-//reactor:model name=longlive author=Ada Lovelace
	//	+//reactor:model name=longlive author="Ada Lovelace"
	RG116 Code = "RG116"

	// RG117 is a name of weights that cannot be a folder's: empty, a path, or with
	// other characters than letters, digits, hyphens and underscores.
	//
	// Weights are named as they are called where they are kept. Where that is, a
	// deployment decides, so a path in the directive would be right on one machine
	// only.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive weights=checkpoints/vae
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: name the folder alone.
	//
	//	-//reactor:model name=longlive weights=checkpoints/vae
	//	+//reactor:model name=longlive weights=vae
	RG117 Code = "RG117"

	// RG118 is a name of weights that the list has twice.
	//
	// It does no harm, but one of the two was probably meant to be another.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive weights=vae,palette,vae
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: name each once.
	//
	//	-//reactor:model name=longlive weights=vae,palette,vae
	//	+//reactor:model name=longlive weights=vae,palette
	RG118 Code = "RG118"

	// RG121 is a value of how the model runs, such as "fps=30", in the directive
	// that says what the model is.
	//
	// What differs from one deployment to the next belongs into YAML, where it can
	// be set without another build: the configuration file, "-c FILE", or
	// "--model.KEY=VALUE". In the directive the same key would be metadata, which
	// nothing reads. Keys that are in the configuration file count as such as
	// well.
	//
	// Example:
	//
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive config=longlive.yaml fps=30
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- longlive.yaml --
	//	steps: 8
	//
	// Cure: move the value to the configuration. Where it is no setting but a fact
	// about the model, say so with an ignore directive: then it is metadata.
	//
	//	-//reactor:model name=longlive config=longlive.yaml fps=30
	//	+//reactor:model name=longlive config=longlive.yaml
	//
	//	 steps: 8
	//	+fps: 30
	RG121 Code = "RG121"
)
