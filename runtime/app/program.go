// Package app is what a generated main calls: it reads flags and the
// configuration, constructs the model, and runs the chosen runtime until it is
// told to stop.
//
//	generated main ──Program──► Main: flags → config → New → runner → http
//
// Together with cmd/reactor-gen it is the only place that prints, exits, or
// reads flags and the environment.
package app

import (
	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

// GeneratedV1 exists as long as this runtime runs programs that were generated
// in format 1. Generated code refers to it, so that a main that is too old or
// too new for the runtime does not compile.
const GeneratedV1 = 1

// Program is what reactor-gen knows about a project, as the generated main
// hands it to [Main].
type Program struct {
	Identity reactor.Identity

	// Config is the factory configuration. It travels in the binary.
	Config FactoryConfig

	// Capabilities describes the commands as JSON, in the form that clients ask
	// for: {"commands": {NAME: {"description": ..., "schema": {PARAM: {...}}}}}.
	// It is also where the limits of the parameters are taken from.
	Capabilities string

	// Handlers call the commands, one each.
	Handlers []runner.Handler

	// Messages are the types that the model sends under a name.
	Messages []runner.Message

	// Tracks are those that the model has besides the one that it emits frames on.
	Tracks []runner.Track

	// Manifest is what the project is, as JSON: what reactor-gen manifest prints,
	// with the OpenAPI document in it. It is empty in a program whose main is older.
	Manifest string

	// New constructs the model.
	New func(*Inputs) (reactor.VideoModel, error)
}

// FactoryConfig is the YAML file that the directive names.
type FactoryConfig struct {
	// Path is relative to the project's root, as in the directive; Text is the
	// file's content at the time of generation. Both are empty without one.
	Path, Text string

	// Schema is the author's struct for the configuration as JSON Schema, in the
	// form of config.Schema: what the configuration is checked against before
	// anything is opened. It is empty for a model without such a struct.
	Schema string
}
