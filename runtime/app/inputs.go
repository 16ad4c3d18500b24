package app

import (
	"context"
	"log/slog"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/config"
)

// Inputs are what a constructor may ask for.
type Inputs struct {
	// Context is cancelled when the program is told to end.
	Context  context.Context
	Weights  reactor.Weights
	Identity reactor.Identity
	Logger   *slog.Logger

	config config.Document
	log    *slog.Logger // Logger without the model's name, for who adds it
}

// Decode stores the configuration in the author's struct that into points to,
// strictly: see [config.Document.Decode].
func (in *Inputs) Decode(into any) error { return in.config.Decode(into) }

// Untyped returns the configuration for models without a struct for it.
func (in *Inputs) Untyped() (*reactor.Config, error) {
	values, err := in.config.Values()
	if err != nil {
		return nil, err
	}
	return reactor.NewConfig(values), nil
}
