package diag

// Loading.
const (
	// RG501 is a file that cannot be parsed.
	//
	// The directives of such a file are read all the same, but what stands around
	// them is not, so the model's methods cannot be checked. Only the first
	// mistake of a file is told: the rest mostly follows from it. Marks of a merge
	// that was not finished are told as such.
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
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil
	//
	// Cure: mend what is named. "gofmt -e FILE" lists all that is wrong with the
	// file.
	//
	//	-func (m *LongLive) StartSession(ctx reactor.Context) error { return nil
	//	+func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	RG501 Code = "RG501"

	// RG502 is a declaration that the model needs and that does not compile: the
	// model's type, its constructor, or a command's method.
	//
	// Only declarations are needed. The bodies of functions, test files and other
	// packages may be broken, and a main is written nevertheless.
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
	//	func New(o Options) *LongLive { return &LongLive{} }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: declare what is missing. "go vet ./..." lists all that does not
	// compile.
	//
	//	-func New(o Options) *LongLive { return &LongLive{} }
	//	+type Options struct{ Speed float64 }
	//	+
	//	+func New(o Options) *LongLive { return &LongLive{} }
	RG502 Code = "RG502"

	// RG503 is a folder whose files do not agree on the package's name.
	//
	// The files of one folder are one package, but for those of tests.
	//
	// Example:
	//
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- noise.go --
	//	package noise
	//
	//	func value() float64 { return 0 }
	//
	// Cure: move one of the files to a folder of its own, or give both the same
	// package name.
	//
	//	-package noise
	//	+package longlive
	RG503 Code = "RG503"

	// RG511 is an import that cannot be resolved.
	//
	// What it is about decides what helps: no module in go.mod provides it, go.sum
	// does not list its module, it is a folder of this module that is not there or
	// not yet generated, it is internal to another module, or its path is
	// misspelt. All errors that follow from it are left out.
	//
	// Example:
	//
	//	package longlive
	//
	//	import (
	//		"strngs"
	//
	//		"github.com/reactorgen/reactor"
	//	)
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{ log strngs.Builder }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: do what the finding says: mend the path, "go get" the module, "go mod
	// tidy", or generate what is missing.
	//
	//	-	"strngs"
	//	+	"strings"
	//
	//	-type LongLive struct{ log strngs.Builder }
	//	+type LongLive struct{ log strings.Builder }
	RG511 Code = "RG511"

	// RG512 is a circle of imports.
	//
	// Go compiles a package after those that it imports, so no package may import
	// itself, not even by way of others. The circle is told import by import.
	//
	// Example:
	//
	//	-- longlive.go --
	//	package longlive
	//
	//	import (
	//		"github.com/reactorgen/reactor"
	//
	//		"example.com/longlive/noise"
	//	)
	//
	//	const Size = 64
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{ noise noise.Noise }
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//	-- noise/noise.go --
	//	package noise
	//
	//	import "example.com/longlive"
	//
	//	type Noise struct{ values [longlive.Size]float64 }
	//
	// Cure: move what both need into a package of its own, or to the one that is
	// imported.
	//
	//	-const Size = 64
	//
	//	-import "example.com/longlive"
	//	-
	//	-type Noise struct{ values [longlive.Size]float64 }
	//	+const Size = 64
	//	+
	//	+type Noise struct{ values [Size]float64 }
	RG512 Code = "RG512"

	// RG521 is a model in a file that a build constraint leaves out.
	//
	// The constraint is a //go:build line, or the end of the file's name. Which of
	// its terms are to blame is told, with their values, and which tags would let
	// the file in.
	//
	// Example:
	//
	//	//go:build cuda
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
	// Cure: give reactor-gen and go the tag, "reactor-gen check -tags=cuda", or
	// change the constraint.
	//
	//	-//go:build cuda
	//	-
	//	 package longlive
	RG521 Code = "RG521"

	// RG522 is a model in a test file.
	//
	// Test files are compiled for tests alone, so no program could have the model.
	// Beside a good model it is a warning.
	//
	// Example:
	//
	//	-- longlive_test.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: move the model to a file whose name does not end in _test.go.
	//
	//	--- longlive_test.go --
	//	+-- longlive.go --
	RG522 Code = "RG522"

	// RG523 is a model in a folder that is no part of the project.
	//
	// The go command leaves out folders called testdata or vendor, those whose
	// names begin with a dot or an underscore, and those with a go.mod of their
	// own, which are other modules.
	//
	// Example:
	//
	//	-- testdata/longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: run reactor-gen in that folder if it is a module of its own, or move
	// the model.
	//
	//	--- testdata/longlive.go --
	//	+-- longlive.go --
	RG523 Code = "RG523"

	// RG531 is a folder that is not in a Go module.
	//
	// Without a go.mod there are no import paths, and nothing says which version
	// of reactor is meant. In the example, "none" stands for a go.mod that is not
	// there.
	//
	// Example:
	//
	//	-- go.mod --
	//	none
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: make the folder a module, "go mod init example.com/longlive", and then
	// "go get github.com/reactorgen/reactor".
	RG531 Code = "RG531"

	// RG532 is a module that the go command refuses to load.
	//
	// Most often a line of go.mod or go.work is wrong, and nothing below it can be
	// known before that is mended. What the go command says is told, with its
	// place.
	//
	// Example:
	//
	//	-- go.mod --
	//	module example.com/longlive
	//
	//	go 1.26.0
	//
	//	requires github.com/reactorgen/reactor v0.0.0
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: mend that line. When "go list ./..." works, so does reactor-gen.
	//
	//	-requires github.com/reactorgen/reactor v0.0.0
	//	+require github.com/reactorgen/reactor v0.0.0
	RG532 Code = "RG532"

	// RG533 is a workspace, a go.work above the project or the one that GOWORK
	// names, that does not list the project's module, lists a folder without one,
	// or cannot be read.
	//
	// In a workspace, the go command loads only the modules that go.work lists, and
	// it loads none while one of them is missing.
	//
	// Example:
	//
	//	-- go.work --
	//	go 1.26.0
	//
	//	use ./gone
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: list the module, and no folder that is none.
	//
	//	-use ./gone
	//	+use .
	RG533 Code = "RG533"

	// RG534 is a module whose go line asks for a newer Go than there is.
	//
	// The go command refuses to load a module that is newer than itself, and
	// reactor-gen cannot read code of a Go that it does not know.
	//
	// Example:
	//
	//	-- go.mod --
	//	module example.com/longlive
	//
	//	go 1.999
	//
	//	require github.com/reactorgen/reactor v0.0.0
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: install that Go and, with it, reactor-gen; or ask for less.
	//
	//	-go 1.999
	//	+go 1.26.0
	RG534 Code = "RG534"

	// RG535 is a folder vendor that does not hold what go.mod requires.
	//
	// Where there is one, the go command builds with the dependencies in it, and
	// it loads nothing while they differ from those in go.mod.
	//
	// Example:
	//
	//	-- vendor/modules.txt --
	//	# example.com/old v1.0.0
	//	## explicit
	//	example.com/old
	//	-- longlive.go --
	//	package longlive
	//
	//	import "github.com/reactorgen/reactor"
	//
	//	//reactor:model name=longlive
	//	type LongLive struct{}
	//
	//	func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }
	//
	// Cure: copy them again with go mod vendor, or delete the folder.
	RG535 Code = "RG535"
)
