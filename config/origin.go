package config

import (
	"slices"
	"strconv"
	"strings"
)

// String is the place as errors and explanations begin with it: "model.yaml:3:7"
// or "--model.fps".
func (p place) String() string {
	if p.line == 0 {
		return p.file
	}
	return p.file + ":" + strconv.Itoa(p.line) + ":" + strconv.Itoa(p.column)
}

// origin says who has set a value: the place, the interpolation that stands there
// and the environment variables behind it, and what an override has replaced.
func (n *node) origin() string {
	from := n.place.String()
	if n.via != "" {
		from += " as " + short(n.via)
	}
	switch vars := n.variables(nil); len(vars) {
	case 0:
	case 1:
		from += ", environment variable " + vars[0]
	default:
		from += ", environment variables " + strings.Join(vars, ", ")
	}
	if n.over != nil {
		from += ", over " + n.over.String()
	}
	return from
}

// variables adds the environment variables behind n, and behind all that it holds.
func (n *node) variables(all []string) []string {
	for _, name := range n.used {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	for _, e := range n.entries {
		all = e.value.variables(all)
	}
	for _, item := range n.items {
		all = item.variables(all)
	}
	return all
}
