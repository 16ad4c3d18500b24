package config

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"
)

// Fault is a mistake that a schema finds in a document, with what it takes to
// show and to mend it.
type Fault struct {
	*Error

	// Kind tells what is wrong.
	Kind FaultKind

	// Text is the key or the value as it is written at the place of the error: a
	// plain one is as long as that. It is empty for a list and a mapping.
	Text string

	// Schema is the form that the value does not have; of an unknown key, that of
	// the struct which has no such field.
	Schema *Schema

	// Meant is what was likely meant in the place of Text, or empty.
	Meant string
}

// FaultKind is what is wrong with a value or a key.
type FaultKind int

// The kinds of faults.
const (
	UnknownKey   FaultKind = iota // no field of the struct has the key
	WrongType                     // the value is of another type
	OutOfLimits                   // the value is of the type, but not allowed
	BadReference                  // an interpolation that cannot be resolved
)

// Check returns all that is wrong with a document, in the order of the places. A
// value that is still to be given (???), or that has an interpolation which is not
// resolved, may be anything. Every document that [Document.Decode] accepts, and
// that keeps to the limits, is accepted.
func (s *Schema) Check(d *Document) []*Error {
	var all []*Error
	for _, f := range s.Faults(d) {
		all = append(all, f.Error)
	}
	return all
}

// Faults is [Schema.Check] with more to each mistake.
func (s *Schema) Faults(d *Document) []Fault {
	c := checker{patterns: make(map[string]pattern)}
	c.value(d.top(), s, nil)
	sortFaults(c.faults)
	return c.faults
}

// sortFaults puts faults into the order of their places.
func sortFaults(faults []Fault) {
	slices.SortStableFunc(faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// checker is one Check.
type checker struct {
	faults   []Fault
	patterns map[string]pattern
}

// report adds a fault of a value.
func (c *checker) report(kind FaultKind, n *node, s *Schema, at path, message string) *Fault {
	c.faults = append(c.faults, Fault{Error: n.errorf(at.String(), message), Kind: kind, Text: n.text, Schema: s})
	return &c.faults[len(c.faults)-1]
}

// want reports a value of another type.
func (c *checker) want(n *node, s *Schema, at path, want string) {
	c.report(WrongType, n, s, at, "want "+want+", got "+n.is())
}

// refuse reports a value that the limits do not allow.
func (c *checker) refuse(n *node, s *Schema, at path, want, got string) *Fault {
	return c.report(OutOfLimits, n, s, at, "want "+want+", got "+got)
}

// value checks one value, which stands at a path.
func (c *checker) value(n *node, s *Schema, at path) {
	switch {
	case s.Kind == Any, n.open, n.missing(), n.interpolated(), n.null() && s.nullable():
	case n.loose && s.Kind != String:
		c.kind(n.looksLike(), s, at)
	default:
		c.kind(n, s, at)
	}
}

// looksLike is a text of the environment as the value that it looks like.
func (n *node) looksLike() *node {
	value, err := plain(n.text)
	if err != nil {
		return n
	}
	typed := *n
	typed.value = value
	return &typed
}

// nullable tells whether null is a value.
func (s *Schema) nullable() bool {
	return s.Optional || s.Kind == List && !s.array() || s.Kind == Map || s.Kind == Struct
}

// array tells whether a list has a fixed length.
func (s *Schema) array() bool { return s.MinLen != nil && s.MaxLen != nil && *s.MinLen == *s.MaxLen }

func (c *checker) kind(n *node, s *Schema, at path) {
	switch s.Kind {
	case Struct:
		c.structure(n, s, at)
	case Map:
		c.mapOf(n, s, at)
	case List:
		c.list(n, s, at)
	case Bool:
		if _, ok := n.value.(bool); !ok {
			c.want(n, s, at, "true or false")
		}
	case String:
		c.text(n, s, at)
	case Duration:
		c.duration(n, s, at)
	default:
		c.number(n, s, at)
	}
}

func (c *checker) structure(n *node, s *Schema, at path) {
	if n.kind != mapping {
		c.want(n, s, at, "a mapping of keys to values")
		return
	}
	for _, e := range n.entries {
		if f := s.Field(e.key); f != nil {
			c.value(e.value, &f.Schema, at.with(e.key))
			continue
		}
		names := s.Keys()
		fault := Fault{Error: unknown(e, at.String(), names), Kind: UnknownKey, Text: e.key, Schema: s}
		if fault.Hint != "" {
			fault.Meant = Nearest(e.key, names)
		}
		c.faults = append(c.faults, fault)
	}
}

func (c *checker) mapOf(n *node, s *Schema, at path) {
	if n.kind != mapping {
		c.want(n, s, at, "a mapping of names to values")
		return
	}
	c.length(n, s, at, len(n.entries), "name")
	for _, e := range n.entries {
		c.value(e.value, s.Elem, at.with(e.key))
	}
}

func (c *checker) list(n *node, s *Schema, at path) {
	if n.kind != list {
		c.want(n, s, at, "a list")
		return
	}
	c.length(n, s, at, len(n.items), "value")
	for i, item := range n.items {
		c.value(item, s.Elem, at.with("["+strconv.Itoa(i)+"]"))
	}
}

func (c *checker) text(n *node, s *Schema, at path) {
	_, isText := n.value.(string)
	if n.kind != scalar || n.null() || s.Strict && !isText {
		c.want(n, s, at, "text")
		return
	}
	c.length(n, s, at, len([]rune(n.text)), "character")
	if s.Pattern != "" && !c.matches(s.Pattern, n.text) {
		c.refuse(n, s, at, "a text that matches "+s.Pattern, n.is())
	}
	if len(s.Enum) > 0 && !slices.Contains(s.Enum, n.text) {
		c.notInEnum(n, s, at)
	}
}

func (c *checker) duration(n *node, s *Schema, at path) {
	text, _ := n.value.(string)
	span, err := time.ParseDuration(text)
	if zero, ok := n.value.(int64); ok && zero == 0 {
		span, err = 0, nil
	}
	if err != nil {
		c.want(n, s, at, "a duration such as 250ms or 1m30s")
		return
	}
	c.bounds(n, s, at, float64(span))
}

func (c *checker) number(n *node, s *Schema, at path) {
	var value float64
	whole := true
	switch v := n.value.(type) {
	case int64:
		value = float64(v)
	case uint64:
		value, whole = float64(v), s.Max != nil && *s.Max > math.MaxInt64
	case float64:
		value, whole = v, v == math.Trunc(v) && math.Abs(v) <= 1<<53
	default:
		c.want(n, s, at, s.numbers())
		return
	}
	switch {
	case s.Kind == Int && !whole:
		c.want(n, s, at, s.numbers())
	case s.GoType == "float32" && math.Abs(value) > math.MaxFloat32 && !math.IsInf(value, 0):
		c.refuse(n, s, at, "a number that fits into float32", n.is())
	default:
		c.bounds(n, s, at, value)
	}
}

// numbers says what a number may be.
func (s *Schema) numbers() string {
	if s.Kind == Int {
		return "a whole number"
	}
	return "a number"
}
