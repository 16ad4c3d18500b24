package diag

// The code under a directive.
const (
	// RG301 is a model that does not implement reactor.VideoModel: its one method
	// is missing or has another signature.
	//
	// StartSession is the session: it runs from the first client to the stop, and
	// what it returns ends it. All that is wrong with the type is told at once,
	// with the method that was probably meant.
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
	//	func (m *LongLive) StartSession(ctx *reactor.Context) error { return nil }
	//
	// Cure: give the method the signature that the finding shows.
	//
	//	-func (m *LongLive) StartSession(ctx *reactor.Context) error { return nil }
	//	+func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	RG301 Code = "RG301"

	// RG302 is a method of the model that looks as if it was to get the viewer's
	// video or sound, and does not.
	//
	// A model with the method OnFrame(f reactor.Frame) gets the video that the viewer
	// who controls the session sends, and one with OnSound(s reactor.Sound) the sound.
	// The methods are optional, so that the compiler does not miss them: one with
	// another signature, or nearly that name, would never be called. A method that is
	// about something else needs another name, or a reactor:ignore with the reason.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{ seen int }
	//
	//	func (m *LongLive) OnFrame(f *reactor.Frame) { m.seen++ }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: give the method the signature that the finding shows.
	//
	//	-func (m *LongLive) OnFrame(f *reactor.Frame) { m.seen++ }
	//	+func (m *LongLive) OnFrame(f reactor.Frame) { m.seen++ }
	RG302 Code = "RG302"

	// RG311 is a model with two constructors, New and New with the type's name.
	//
	// Either makes the model. Which one the program is to call would be a guess.
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
	//	func New() *LongLive { return &LongLive{} }
	//
	//	func NewLongLive() *LongLive { return &LongLive{} }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: give one of them another name.
	//
	//	-func NewLongLive() *LongLive { return &LongLive{} }
	//	+func newForTests() *LongLive { return &LongLive{} }
	RG311 Code = "RG311"

	// RG312 is a constructor that does not return *T or (*T, error), or that is
	// generic.
	//
	// The program around the model calls the function by its name, New or New with
	// the type's name, and has to get a model from it.
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
	//	func New() LongLive { return LongLive{} }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: return a pointer to the model. A function that is no constructor needs
	// another name.
	//
	//	-func New() LongLive { return LongLive{} }
	//	+func New() *LongLive { return &LongLive{} }
	RG312 Code = "RG312"

	// RG313 is a parameter of a constructor that nothing can be supplied for.
	//
	// The generated program wires a constructor by the types of its parameters, in
	// any order: context.Context, one struct of the author's own for the
	// configuration, or *reactor.Config, reactor.Weights, reactor.Identity,
	// *slog.Logger. The struct's type must be one that the program can name.
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
	//	func New(speed float64) *LongLive { return &LongLive{speed} }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: make it a field of the configuration.
	//
	//	-func New(speed float64) *LongLive { return &LongLive{speed} }
	//	+type Config struct{ Speed float64 }
	//	+
	//	+func New(cfg Config) *LongLive { return &LongLive{cfg.Speed} }
	RG313 Code = "RG313"

	// RG336 is a call of Weights.Path for weights that the model's directive
	// does not declare.
	//
	// What the directive declares is what a deployment brings along. The call
	// would fail each time. Only names that are constants can be seen, and only in
	// the model's package; any other is an error when the program runs.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive weights=vae
	//	type LongLive struct{}
	//
	//	func New(w reactor.Weights) (*LongLive, error) {
	//		if _, err := w.Path("vea"); err != nil {
	//			return nil, err
	//		}
	//		return new(LongLive), nil
	//	}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: ask for the name that the directive declares, or declare the name:
	// weights=vae,NAME.
	//
	//	-	if _, err := w.Path("vea"); err != nil {
	//	+	if _, err := w.Path("vae"); err != nil {
	RG336 Code = "RG336"
)
