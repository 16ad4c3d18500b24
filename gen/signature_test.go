package gen

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/reactorgen/reactor/scanner"
)

// signatures writes a model with commands of random signatures.
type signatures struct {
	*rand.Rand
	types   strings.Builder
	structs int
}

func newSignatures(r *rand.Rand) *signatures { return &signatures{Rand: r} }

// source is the model with n commands, c0 and so on.
func (s *signatures) source(n int) string {
	var methods strings.Builder
	for i := range n {
		fmt.Fprintf(&methods, "\n//reactor:command c%d\n", i)
		var params []string
		for j := range 1 + s.IntN(3) {
			typ := s.typ(0)
			params = append(params, fmt.Sprintf("x%d %s", j, typ))
			if limits := s.limits(typ, "%s=%s"); limits != "" {
				fmt.Fprintf(&methods, "//reactor:param x%d %s\n", j, limits)
			}
		}
		fmt.Fprintf(&methods, "func (m *Fuzz) C%d(%s) {}\n", i, strings.Join(params, ", "))
	}
	return modelSource + s.types.String() + methods.String()
}

const modelSource = `package fuzz

import (
	"encoding/json"
	"time"

	"github.com/reactorgen/reactor"
)

var _ json.RawMessage

//reactor:model name=fuzz
type Fuzz struct{}

func (m *Fuzz) StartSession(ctx reactor.Context) error {
	for ctx.Wait(time.Hour) == nil {
	}
	return nil
}

type Mood string

const (
	Calm Mood = "calm"
	Wild Mood = "wild"
	Odd  Mood = "it's \"odd\""
)

type Level int

const (
	Low  Level = 1
	High Level = 10
)
`

var scalarTypes = []string{"int", "int8", "int64", "uint8", "uint16", "float32", "float64", "bool", "string", "Mood", "Level", "time.Duration"}

// typ is a random type. One below others is simpler, the deeper it is.
func (s *signatures) typ(depth int) string {
	if depth > 2 || s.IntN(3) == 0 {
		return scalarTypes[s.IntN(len(scalarTypes))]
	}
	switch s.IntN(7) {
	case 0, 1:
		return s.record(depth)
	case 2:
		return "[]" + s.item(depth)
	case 3:
		return "[" + strconv.Itoa(1+s.IntN(3)) + "]" + s.item(depth)
	case 4:
		return "map[string]" + s.typ(depth+1)
	case 5:
		if typ := s.typ(depth + 1); typ != "any" && typ != "json.RawMessage" && typ[0] != '*' {
			return "*" + typ
		}
	}
	return []string{"any", "json.RawMessage"}[s.IntN(2)]
}

// item is the type of the items of a list, which are not bytes.
func (s *signatures) item(depth int) string {
	if typ := s.typ(depth + 1); typ != "uint8" {
		return typ
	}
	return "uint16"
}

// record declares a struct.
func (s *signatures) record(depth int) string {
	var body strings.Builder
	for i := range 1 + s.IntN(4) {
		typ, key := s.typ(depth+1), fmt.Sprintf("f%d", i)
		if s.IntN(6) == 0 {
			key = "f-" + strconv.Itoa(i)
		}
		if s.IntN(3) == 0 {
			key += ",omitempty"
		}
		fmt.Fprintf(&body, "\tF%d %s `json:\"%s\" %s`\n", i, typ, key, s.limits(typ, `%s:"%s"`))
	}
	s.structs++
	name := fmt.Sprintf("S%d", s.structs)
	fmt.Fprintf(&s.types, "\ntype %s struct {\n%s}\n", name, body.String())
	return name
}

// limits are some that fit a type, in the form of a directive or of a tag.
func (s *signatures) limits(typ, form string) string {
	var choices [][]string // of keys and values
	switch strings.TrimPrefix(typ, "*") {
	case "int", "int8", "int64", "uint8", "uint16":
		choices = [][]string{{"min", "2"}, {"max", "7"}, {"min", "1", "max", "100"}, {"exclusivemin", "0"}, {"multipleof", "5"}, {"default", "5"}, {"enum", "1,5,7"}}
	case "float32", "float64":
		choices = [][]string{{"min", "0"}, {"max", "5.5"}, {"exclusivemin", "0", "exclusivemax", "6"}, {"default", "0.5"}}
	case "string":
		choices = [][]string{{"minlen", "1"}, {"maxlen", "3"}, {"pattern", "^[a-z0-9]+$"}, {"default", "x"}, {"enum", "x,yes"}}
	case "bool":
		choices = [][]string{{"default", "true"}}
	case "Mood":
		choices = [][]string{{"default", "wild"}, {"enum", "calm,new"}}
	case "time.Duration":
		choices = [][]string{{"min", "1s"}, {"max", "1m", "default", "2s"}}
	default:
		if strings.HasPrefix(typ, "[]") || strings.HasPrefix(typ, "map") {
			choices = [][]string{{"minitems", "1"}, {"maxitems", "1"}}
		}
	}
	if len(choices) == 0 || s.IntN(2) == 0 {
		return ""
	}
	choice := choices[s.IntN(len(choices))]
	var all []string
	for i := 0; i < len(choice); i += 2 {
		all = append(all, fmt.Sprintf(form, choice[i], choice[i+1]))
	}
	return strings.Join(all, " ")
}

// arguments are random ones for a command: of the right form more often than not.
func arguments(r *rand.Rand, c scanner.Command) any {
	wrong := []float64{0, 0, 0.1, 0.4}[r.IntN(4)]
	return valueOf(r, objectOf(c), wrong)
}

// oddities are values that some type takes, and others do not.
var oddities = []any{
	nil, true, false, 0.0, 1.0, 5.0, 5.5, -1.0, 300.0, 1000.0, "", "x", "wild", "5", " 7 ", "5.0", "5.5", "1_000", "1e3", "yes", "TRUE", "1m",
	[]any{}, []any{1.0}, map[string]any{}, map[string]any{"k": 1.0},
}

// valueOf is a random value, with something wrong at each place as often as wrong
// says.
func valueOf(r *rand.Rand, v scanner.Value, wrong float64) any {
	if v.Optional && r.IntN(3) == 0 {
		return nil
	}
	if len(v.Enum) > 0 {
		text := v.Enum[r.IntN(len(v.Enum))]
		if f, err := strconv.ParseFloat(text, 64); v.Kind != scanner.KindString && err == nil {
			return f
		}
		return text
	}
	switch v.Kind {
	case scanner.KindInteger:
		return []any{1.0, 2.0, 5.0, 7.0, 10.0}[r.IntN(5)]
	case scanner.KindNumber, scanner.KindDuration:
		return []any{0.5, 1.0, 2.5, 5.5}[r.IntN(4)]
	case scanner.KindString:
		return []any{"x", "abc", "7", "größe"}[r.IntN(4)]
	case scanner.KindBoolean:
		return r.IntN(2) == 0
	case scanner.KindList:
		items := []any{}
		for range map[bool]int{true: v.Length, false: r.IntN(4)}[v.Length > 0] {
			items = append(items, part(r, *v.Elem, wrong))
		}
		return items
	case scanner.KindMap, scanner.KindObject:
		return membersOf(r, v, wrong)
	}
	return oddities[r.IntN(len(oddities))]
}

// part is a value inside of another one.
func part(r *rand.Rand, v scanner.Value, wrong float64) any {
	if r.Float64() < wrong {
		return oddities[r.IntN(len(oddities))]
	}
	return valueOf(r, v, wrong)
}

// membersOf are the members of an object: some that need not be there are not, and
// where it is wrong, some that must be, or others besides.
func membersOf(r *rand.Rand, v scanner.Value, wrong float64) map[string]any {
	members := make(map[string]any)
	if v.Kind == scanner.KindMap {
		for i := range r.IntN(3) {
			members["k"+strconv.Itoa(i)] = part(r, *v.Elem, wrong)
		}
		return members
	}
	for _, m := range v.Fields {
		if r.Float64() < wrong/3 || !m.Required && r.IntN(2) == 0 {
			continue
		}
		members[m.Key] = part(r, m.Value, wrong)
	}
	if r.Float64() < wrong/3 {
		members["unknown"] = true
	}
	return members
}
