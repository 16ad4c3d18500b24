package app

import (
	"fmt"
	"os"

	"github.com/reactorgen/reactor/config"
)

// load returns the configuration: the file of -c where there is one, else the
// factory's, with the overrides laid on it in order.
func load(factory FactoryConfig, f flags) (*config.Document, error) {
	path, text := factory.Path, []byte(factory.Text)
	if f.config != "" {
		var err error
		if text, err = os.ReadFile(f.config); err != nil {
			return nil, fmt.Errorf("-c: %w", err)
		}
		path = f.config
	}
	doc, err := config.Parse(path, text)
	if err != nil {
		return nil, err
	}
	for _, o := range f.overrides {
		if err := doc.Override(o.key, o.value); err != nil {
			return nil, err
		}
	}
	return doc, nil
}

// schemaOf returns the schema of the configuration, or nil for a model without one.
func schemaOf(factory FactoryConfig) (*config.Schema, error) {
	if factory.Schema == "" {
		return nil, nil
	}
	schema, err := config.ParseSchema([]byte(factory.Schema))
	if err != nil {
		return nil, fmt.Errorf("the schema in the generated code: %w", err)
	}
	return schema, nil
}

// source names where the configuration comes from.
func source(factory FactoryConfig, f flags) string {
	switch {
	case f.config != "":
		return f.config
	case factory.Path != "":
		return factory.Path
	}
	return "flags only"
}
