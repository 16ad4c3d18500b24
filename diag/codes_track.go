package diag

// The tracks of a model.
const (
	// RG345 is a track name that is not one, or that is taken.
	//
	// Clients ask for tracks by their names. A name has lowercase letters, digits and
	// underscores, a letter first, at most 63. The tracks main_video, webcam and
	// microphone need no directive: every model has the first, and has the others by
	// its methods OnFrame and OnSound.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	//reactor:track Depth-Map
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: choose another name.
	//
	//	-//reactor:track Depth-Map
	//	+//reactor:track depth_map
	RG345 Code = "RG345"

	// RG346 is a second track of audio.
	//
	// A block has one Sound, so there is one track that it is heard on. The name that
	// clients look for is main_audio.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	//reactor:track main_audio kind=audio
	//	//reactor:track drums kind=audio
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: mix the sounds into one, and drop the other track.
	//
	//	-//reactor:track drums kind=audio
	RG346 Code = "RG346"

	// RG347 is a picture for a track of video that the model does not declare.
	//
	// Clients get the tracks that are declared, so EmitBlock would refuse the block,
	// each time. Only names that are constants can be seen, and only in the model's
	// package; any other is an error when the program runs.
	//
	// Example:
	//
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	//reactor:track depth
	//	type LongLive struct{ picture, depth *reactor.Block }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error {
	//		m.picture.Tracks = map[string]*reactor.Block{"dpeth": m.depth}
	//		return ctx.EmitBlock(m.picture)
	//	}
	//
	// Cure: write the name that a directive declares, or declare the name:
	// //reactor:track NAME.
	//
	//	-	m.picture.Tracks = map[string]*reactor.Block{"dpeth": m.depth}
	//	+	m.picture.Tracks = map[string]*reactor.Block{"depth": m.depth}
	RG347 Code = "RG347"
)
