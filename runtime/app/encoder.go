package app

import (
	"fmt"
	"strings"

	"github.com/reactorgen/reactor/runtime/codec"
)

// encoders returns the backends that --encoder asks for, best first.
func encoders(name string) ([]codec.Backend, error) {
	usable, missing := codec.Probe()
	if name == "auto" {
		return usable, nil
	}
	names := []string{"auto"}
	for _, b := range usable {
		if b.Name == name {
			return []codec.Backend{b}, nil
		}
		names = append(names, b.Name)
	}
	for _, m := range missing {
		if m.Name == name {
			return nil, fmt.Errorf("--encoder %s cannot be used on this machine: %w; there are %s", name, m.Reason, strings.Join(names, ", "))
		}
	}
	return nil, fmt.Errorf("--encoder %s: there is no such encoder; there are %s", name, strings.Join(names, ", "))
}
