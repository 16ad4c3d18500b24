// Command everykind is a model with commands of every kind. Each returns what it
// was given, so that a test can hold what the generated code reads against the
// schema that clients are shown.
//
//	JSON ─► generated reader ─► command ─► the same JSON, or a refusal
//	  └──► schema of the capabilities ──► accepted by just the same
//
// It shows nothing and is no example.
package main

import (
	"encoding/json"
	"time"

	"github.com/reactorgen/reactor"
)

//go:generate go tool reactor-gen generate

// EveryKind answers commands.
//
//reactor:model name=every-kind
type EveryKind struct{}

// StartSession waits for commands.
func (m *EveryKind) StartSession(ctx reactor.Context) error {
	for ctx.Wait(time.Hour) == nil {
	}
	return nil
}

// Mood is a choice of words, Level one of numbers.
type (
	Mood  string
	Level int
)

// The moods and the levels.
const (
	Calm  Mood  = "calm"
	Wild  Mood  = "wild `\"*/\u202e"
	Low   Level = 1
	Half  Level = 5
	Whole Level = 10
)

// Base is embedded by others.
type Base struct {
	X float64 `json:"x" min:"-1" max:"1"`
}

// Place has fields of every form.
type Place struct {
	Base
	Name  string         `json:"name" minlen:"1" maxlen:"5" pattern:"^[a-zé]+$"`
	Mood  Mood           `json:"mood" default:"calm"`
	Size  *uint8         `json:"size" min:"3"`
	Tags  []string       `json:"tags,omitempty" maxitems:"2"`
	Sides map[string]int `json:"sides,omitempty" minitems:"1"`
	Near  *Base          `json:"near"`
	Note  any            `json:"note,omitempty"`
}

//reactor:command int
//reactor:param x min=-9007199254740993 exclusivemax=100
func (m *EveryKind) Int(x int) int { return x }

//reactor:command small
//reactor:param x multipleof=3
func (m *EveryKind) Small(x int8) int8 { return x }

//reactor:command unsigned
func (m *EveryKind) Unsigned(x uint64) uint64 { return x }

//reactor:command float
//reactor:param x exclusivemin=0 max=4
func (m *EveryKind) Float(x float64) float64 { return x }

//reactor:command half
//reactor:param x default=0.5
func (m *EveryKind) Half(x float32) float32 { return x }

//reactor:command bool
func (m *EveryKind) Bool(x bool) bool { return x }

//reactor:command text
//reactor:param x minlen=2 maxlen=4
func (m *EveryKind) Text(x string) string { return x }

//reactor:command mood
func (m *EveryKind) Mood(x Mood) Mood { return x }

//reactor:command level
//reactor:param x default=5
func (m *EveryKind) Level(x Level) Level { return x }

//reactor:command list
//reactor:param x minitems=1 maxitems=3
func (m *EveryKind) List(x []int16) []int16 { return x }

//reactor:command grid
func (m *EveryKind) Grid(x [][]float64) [][]float64 { return x }

//reactor:command pair
func (m *EveryKind) Pair(x [2]Level) [2]Level { return x }

//reactor:command map
//reactor:param x maxitems=2
func (m *EveryKind) Map(x map[string]bool) map[string]bool { return x }

//reactor:command optional
//reactor:param x max=9
func (m *EveryKind) Optional(x *int) *int { return x }

//reactor:command place
func (m *EveryKind) Place(x Place) Place { return x }

//reactor:command places
func (m *EveryKind) Places(x []*Place) []*Place { return x }

//reactor:command any
func (m *EveryKind) Any(x any) any { return x }

//reactor:command raw
func (m *EveryKind) Raw(x json.RawMessage) json.RawMessage { return x }

//reactor:command duration
//reactor:param x min=100ms max=1m
func (m *EveryKind) Duration(x time.Duration) float64 { return x.Seconds() }

//reactor:command file
func (m *EveryKind) File(x reactor.File) string { return x.Name }
