package gen

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/reactorgen/reactor/scanner"
)

// TestRoundTrip holds the three forms of a contract against each other: commands
// of random signatures are scanned and generated, and random values are given to
// the generated decoder, to the schema, and to the TypeScript client.
//
//	signature ─► scanner ─┬─► main ─────► decoder ─┐
//	                      ├─► OpenAPI ──► ajv ─────┼─ the same answer
//	                      └─► client ───► tsc ─────┘
//
// They differ in what is listed, and in nothing else:
//   - the decoder takes what lax clients send, such as "5" for 5: canonical makes
//     of a value what it stands for, and that must be as the schema wants it;
//   - TypeScript has no limits of numbers and lengths, no patterns and no whole
//     numbers: shape is the schema without them;
//   - TypeScript refuses members that nobody knows, and the others ignore them.
func TestRoundTrip(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds a program")
	}
	const commands, values = 30, 40
	r := rand.New(rand.NewPCG(7, 26))
	dir := t.TempDir()
	p := scanned(t, dir, newSignatures(r).source(commands))
	sent := make(map[string][]any)
	files := map[string]string{"fuzz.ts": TypeScript(p)}
	var use strings.Builder
	use.WriteString(`import { Fuzz } from "./fuzz"; import type { Reactor } from "@reactor-team/js-sdk"; declare const client: Fuzz; export type R = Reactor;`)
	for _, c := range p.Model.Commands {
		var canon []any
		for range values {
			args := arguments(r, c)
			sent[c.Name] = append(sent[c.Name], args)
			canon = append(canon, canonicalArgs(c, args))
			fmt.Fprintf(&use, "\nclient.%s(%s);", c.Name, text(t, args))
		}
		files[c.Name+".values.json"] = text(t, map[string]any{"schema": bodySchema(t, p, c.Name), "values": canon})
		files[c.Name+".shape.values.json"] = text(t, map[string]any{"schema": bodySchema(t, shape(p), c.Name), "values": sent[c.Name]})
	}
	files["lines.use.ts"] = use.String()
	found := outside(t, files)
	for _, problem := range append(found["fuzz.ts"], found["tsc"]...) {
		if !strings.HasPrefix(problem, "Prettier") { // of types that are longer than anybody writes them
			t.Fatalf("the client does not compile: %s\n%s", problem, files["fuzz.ts"])
		}
	}
	decoded := decode(t, dir, p, sent)
	refusedTS := make(map[string]string)
	for _, problem := range found["lines.use.ts"] {
		line, why, _ := strings.Cut(problem, ": ")
		refusedTS[line] = why
	}
	counts, line := map[bool]int{}, 1
	for _, c := range p.Model.Commands {
		for i, args := range sent[c.Name] {
			line++
			at := strconv.Itoa(i)
			decoder := decoded[c.Name][i]
			schema := !slices.Contains(found[c.Name+".values.json"], at)
			shape := !slices.Contains(found[c.Name+".shape.values.json"], at)
			typescript := refusedTS[strconv.Itoa(line)] == ""
			counts[decoder == ""]++
			if (decoder == "") != schema {
				t.Errorf("%s(%s): the decoder says %q, the schema accepts it: %t", c.Name, text(t, args), decoder, schema)
			}
			if want := shape && !hasUnknown(objectOf(c), args); typescript != want {
				t.Errorf("%s(%s): TypeScript accepts it: %t (%s), want %t", c.Name, text(t, args), typescript, refusedTS[strconv.Itoa(line)], want)
			}
		}
	}
	if counts[true] < commands*values/5 || counts[false] < commands*values/5 {
		t.Errorf("the values are of one kind: %v", counts)
	}
	t.Logf("%d values accepted, %d refused, %d refused by TypeScript", counts[true], counts[false], len(refusedTS))
}

func text(t *testing.T, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// scanned writes a project into dir and scans it.
func scanned(t *testing.T, dir, source string) *scanner.Project {
	t.Helper()
	checkout, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile("../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	mod := "module example.com/fuzz\n\ngo 1.26.0\n\nrequire " + reactorPath + " v0.0.0\n\nreplace " + reactorPath + " => " + checkout + "\n"
	for name, content := range map[string]string{"go.mod": mod, "go.sum": string(sums), "fuzz.go": source} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	result, err := scanner.Scan(t.Context(), scanner.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if result.Project == nil || result.Diagnostics.HasErrors() {
		t.Fatalf("%v\n%s", result.Diagnostics.Sorted(), source)
	}
	return result.Project
}

// decode has the generated decoder read all values. It returns why it refuses each,
// empty where it does not.
func decode(t *testing.T, dir string, p *scanner.Project, sent map[string][]any) map[string][]string {
	t.Helper()
	file, err := Generate(p)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write(dir); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"decode_test.go": decodeSource, "values.json": text(t, sent)} {
		if err := os.WriteFile(filepath.Join(dir, "cmd", "fuzz", name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "go", "test", "-mod=mod", "-count=1", "./cmd/fuzz")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	answers, err := os.ReadFile(filepath.Join(dir, "cmd", "fuzz", "answers.json"))
	if err != nil {
		t.Fatal(err)
	}
	var decoded map[string][]string
	if err := json.Unmarshal(answers, &decoded); err != nil {
		t.Fatal(err)
	}
	return decoded
}

// decodeSource is a test of the generated main that answers values.json.
const decodeSource = `package main

import (
	"context"
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/runtime/runner"
)

type nowhere struct{}

func (nowhere) StartSession(string, time.Time) {}
func (nowhere) WriteFrame(runner.Frame)        {}
func (nowhere) WriteSound(runner.Sound) {}
func (nowhere) Send([]byte)                    {}
func (nowhere) EndSession(runner.End)          {}

func TestDecode(t *testing.T) {
	text, err := os.ReadFile("values.json")
	if err != nil {
		t.Fatal(err)
	}
	var sent map[string][]json.RawMessage
	if err := json.Unmarshal(text, &sent); err != nil {
		t.Fatal(err)
	}
	r, err := runner.New(runner.Options{
		Identity: program.Identity, Capabilities: program.Capabilities, Handlers: program.Handlers, Transport: nowhere{},
		New: func(context.Context) (reactor.VideoModel, error) { return program.New(nil) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Start(); err != nil {
		t.Fatal(err)
	}
	defer r.Close(context.Background())
	answers := make(map[string][]string)
	for name, all := range sent {
		for _, args := range all {
			answer := make(chan runner.Outcome, 1)
			r.Command(name, args, func(o runner.Outcome) { answer <- o })
			switch o := <-answer; {
			case o.Refusal != nil:
				answers[name] = append(answers[name], o.Refusal.Error())
			case o.Err != nil:
				t.Errorf("%s(%s): %v", name, args, o.Err)
			default:
				answers[name] = append(answers[name], "")
			}
		}
	}
	out, err := json.Marshal(answers)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("answers.json", out, 0o666); err != nil {
		t.Fatal(err)
	}
}
`

// bodySchema is the schema of what a command takes, with what it refers to.
func bodySchema(t *testing.T, p *scanner.Project, command string) map[string]any {
	t.Helper()
	doc, err := OpenAPI(p)
	if err != nil {
		t.Fatal(err)
	}
	var top struct {
		Paths map[string]struct {
			Post struct {
				RequestBody struct {
					Content map[string]struct{ Schema map[string]any }
				}
			}
		}
		Components any
	}
	if err := json.Unmarshal([]byte(doc), &top); err != nil {
		t.Fatal(err)
	}
	schema := top.Paths["/events/"+command].Post.RequestBody.Content["application/json"].Schema
	schema["components"] = top.Components
	return schema
}

// shape is a project without the limits that TypeScript has not.
func shape(p *scanner.Project) *scanner.Project {
	bare := *p
	bare.Model.Commands = slices.Clone(p.Model.Commands)
	for i := range bare.Model.Commands {
		c := &bare.Model.Commands[i]
		c.Params = slices.Clone(c.Params)
		for j := range c.Params {
			c.Params[j].Value = unlimited(c.Params[j].Value)
		}
	}
	return &bare
}

func unlimited(v scanner.Value) scanner.Value {
	v.Min, v.Max, v.ExclusiveMin, v.ExclusiveMax, v.MultipleOf, v.Pattern = "", "", "", "", "", ""
	v.MinLen, v.MaxLen = -1, -1
	if v.Kind == scanner.KindInteger {
		v.Kind, v.GoType = scanner.KindNumber, "float64"
	}
	if v.Elem != nil {
		elem := unlimited(*v.Elem)
		v.Elem = &elem
	}
	v.Fields = slices.Clone(v.Fields)
	for i := range v.Fields {
		v.Fields[i].Value = unlimited(v.Fields[i].Value)
	}
	return v
}

// objectOf is what a command takes as an object.
func objectOf(c scanner.Command) scanner.Value {
	v := scanner.Value{Kind: scanner.KindObject}
	for _, p := range c.Params {
		v.Fields = append(v.Fields, scanner.Member{Key: p.Name, Required: isRequired(p.Value), Value: p.Value})
	}
	return v
}

// hasUnknown tells whether an object in a value has a member that nobody knows.
func hasUnknown(v scanner.Value, x any) bool {
	switch x := x.(type) {
	case []any:
		return v.Kind == scanner.KindList && slices.ContainsFunc(x, func(item any) bool { return hasUnknown(*v.Elem, item) })
	case map[string]any:
		for key, member := range x {
			i := slices.IndexFunc(v.Fields, func(m scanner.Member) bool { return m.Key == key })
			switch {
			case v.Kind == scanner.KindMap:
				if hasUnknown(*v.Elem, member) {
					return true
				}
			case v.Kind == scanner.KindObject && (i < 0 || hasUnknown(v.Fields[i].Value, member)):
				return true
			}
		}
	}
	return false
}

func canonicalArgs(c scanner.Command, args any) any { return canonical(objectOf(c), args) }

// canonical is what a value stands for: the coercions that clients of the original
// rely on. A choice has none.
func canonical(v scanner.Value, x any) any {
	switch {
	case x == nil || len(v.Enum) > 0:
		return x
	case v.Kind == scanner.KindInteger || v.Kind == scanner.KindNumber || v.Kind == scanner.KindDuration:
		return canonicalNumber(v.Kind, x)
	case v.Kind == scanner.KindBoolean:
		words := map[any]bool{1.0: true, 0.0: false, "1": true, "0": false, "yes": true, "no": false, "TRUE": true}
		if _, comparable := x.([]any); comparable {
			return x
		}
		if _, comparable := x.(map[string]any); comparable {
			return x
		}
		if b, ok := words[x]; ok {
			return b
		}
	}
	switch whole := x.(type) {
	case []any:
		if v.Kind == scanner.KindList {
			items := make([]any, len(whole))
			for i, item := range whole {
				items[i] = canonical(*v.Elem, item)
			}
			return items
		}
	case map[string]any:
		members := make(map[string]any, len(whole))
		for key, member := range whole {
			members[key] = member
			if v.Kind == scanner.KindMap {
				members[key] = canonical(*v.Elem, member)
			}
			for _, m := range v.Fields {
				if m.Key == key {
					members[key] = canonical(m.Value, member)
				}
			}
		}
		return members
	}
	return x
}

// canonicalNumber is the number that a truth or a text stands for.
func canonicalNumber(kind scanner.ParamKind, x any) any {
	switch x := x.(type) {
	case bool:
		return map[bool]float64{true: 1}[x]
	case string:
		f, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(x), "_", ""), 64)
		if d, failed := time.ParseDuration(x); kind == scanner.KindDuration && err != nil && failed == nil {
			return d.Seconds()
		}
		if err == nil && (kind != scanner.KindInteger || !strings.Contains(x, "e") && f == math.Trunc(f)) {
			return f
		}
	}
	return x
}
