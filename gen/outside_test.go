package gen

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor/scanner"
)

// outside has files read by others: the TypeScript compiler, Prettier and
// validators, as tools/clients/check.js says. It returns what they find, by file.
func outside(t *testing.T, files map[string]string) map[string][]string {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("no node: ", err)
	}
	tools, err := filepath.Abs("../tools/clients")
	if err != nil {
		t.Fatal(err)
	}
	if err := installTools(tools); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "node", filepath.Join(tools, "check.js"), dir)
	cmd.Stderr = t.Output()
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string][]string)
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return found
}

var installing sync.Mutex

// installTools fetches what the lock file of a folder names, once.
func installTools(dir string) error {
	installing.Lock()
	defer installing.Unlock()
	if _, err := os.Stat(filepath.Join(dir, "node_modules", ".package-lock.json")); err == nil {
		return nil
	}
	cmd := exec.Command("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci in %s: %w\n%s", dir, err, out)
	}
	return nil
}

// addContracts adds what is written of a project for clients to files.
func addContracts(t *testing.T, files map[string]string, name string, p *scanner.Project) {
	t.Helper()
	schema, err := OpenAPI(p)
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := Manifest(p, "v1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	files[name+".openapi.json"], files[name+".manifest.json"] = schema, manifest
	files[name+".ts"] = TypeScript(p)
	files["manifest.schema.json"] = ManifestSchema
}

func TestContractsAreGoodForOthers(t *testing.T) {
	files := make(map[string]string)
	for name, p := range goldens {
		if name != "collisions" { // has names that the scanner refuses
			addContracts(t, files, name, p)
		}
	}
	for i, text := range hostile {
		p := withText(text)
		p.Model.Commands[0].Name, p.Model.Messages[0].Name, p.Model.Weights = "a", "b", nil
		addContracts(t, files, "hostile"+strconv.Itoa(i), p)
	}
	for name, problems := range outside(t, files) {
		for _, problem := range problems {
			if !strings.HasPrefix(name, "hostile") || !strings.HasPrefix(problem, "Prettier") {
				t.Errorf("%s: %s\n%s", name, problem, files[name])
			}
		}
	}
}

// The readers would tell if something was wrong.
func TestOthersFindMistakes(t *testing.T) {
	files := make(map[string]string)
	addContracts(t, files, "broken", plasma())
	files["broken.openapi.json"] = strings.Replace(files["broken.openapi.json"], `"title"`, `"titel"`, 1)
	files["broken.manifest.json"] = strings.Replace(files["broken.manifest.json"], `"inputs": "sha256:`, `"inputs": "md5:`, 1)
	files["broken.ts"] += "const a: string = 1\nexport { a }\n"
	found := outside(t, files)
	if len(found["broken.openapi.json"]) != 1 || len(found["broken.manifest.json"]) != 1 || len(found["broken.ts"]) != 2 {
		t.Errorf("found only %v", found)
	}
}

// A wrong parameter is a compile error, a right one is none.
func TestTypeScriptRefusesWrongParameters(t *testing.T) {
	lines := []struct {
		code string
		want string // of the error, empty for none
	}{
		{`client.setSpeed({ speed: 2 });`, ""},
		{`client.setSpeed({});`, ""},
		{`client.setSpeed();`, ""},
		{`client.setSpeed({ speed: "2" });`, "Type 'string' is not assignable to type 'number'"},
		{`client.setSpeed({ sped: 2 });`, "Did you mean to write 'speed'"},
		{`client.setSpeed({ speed: null });`, "not assignable"},
		{`client.setPalette({ palette: "ocean" });`, ""},
		{`client.setPalette({ palette: "acean" });`, `Did you mean '"ocean"'?`},
		{`client.setPalette({});`, "Property 'palette' is missing"},
		{`client.setPalette();`, "Expected 1 arguments"},
		{`client.setPalete({ palette: "ocean" });`, "Did you mean 'setPalette'?"},
		{`client.onOutcome((o) => o.type === "commandApplied" && o.data.frame.toFixed());`, ""},
		{`client.onOutcome((o) => o.data.frame);`, "does not exist"},
		{`client.onMessage("tick", (data) => data.count.toFixed());`, ""},
		{`client.onMessage("tick", (data) => data.cnt);`, "does not exist"},
		{`client.onMessage("tock", () => {});`, `is not assignable to parameter of type '"tick"'`},
		{`client.onMessage("tick", (data) => data.note.length);`, "possibly 'null'"},
	}
	p := plasma()
	p.Model.Messages = []scanner.Message{{Name: "tick", Type: typeOf("plasma", "Tick"), Data: record(typeOf("plasma", "Tick"),
		member("count", "Count", true, plain(scanner.KindInteger, "int")), member("note", "Note", true, optional(plain(scanner.KindString, "string"))))}}
	use := `import { Plasma } from "./plasma"; import { Reactor } from "@reactor-team/js-sdk"; const client = new Plasma(new Reactor({ modelName: "plasma", local: true }));`
	for _, line := range lines {
		use += "\n" + line.code
	}
	found := outside(t, map[string]string{"plasma.ts": TypeScript(p), "lines.use.ts": use})
	if len(found["plasma.ts"]) > 0 {
		t.Errorf("the client: %v", found["plasma.ts"])
	}
	errors := make(map[string]string)
	for _, problem := range found["lines.use.ts"] {
		line, text, _ := strings.Cut(problem, ": ")
		errors[line] += text
	}
	for i, line := range lines {
		got := errors[strconv.Itoa(i+2)]
		if !strings.Contains(got, line.want) || line.want == "" && got != "" {
			t.Errorf("%s\n got: %s\nwant: %s", line.code, got, line.want)
		}
	}
}

func TestContractGoldens(t *testing.T) {
	for _, name := range []string{"forms", "library"} {
		files := make(map[string]string)
		addContracts(t, files, name, goldens[name])
		for _, end := range []string{".ts", ".openapi.json", ".manifest.json"} {
			golden(t, name+end, []byte(files[name+end]))
		}
	}
}

// The published schema is the one that the command prints.
func TestManifestSchemaIsPublished(t *testing.T) {
	const path = "../docs/manifest.schema.json"
	if *update {
		if err := os.WriteFile(path, []byte(ManifestSchema), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	published, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ManifestSchema, string(published)); diff != "" {
		t.Errorf("%s (-gen/manifest.schema.json +it):\n%s", path, diff)
	}
}

// Commands, messages and types that are called as what the client, JavaScript or
// TypeScript have.
func TestTypeScriptNames(t *testing.T) {
	p := plasma()
	for _, name := range []string{
		"then", "constructor", "toString", "to_string", "delete", "on_message", "onMessage", "onOutcome", "reactor", "class", "get", "static",
		"prototype", "set.speed", "Set-Speed", "connect", strings.Repeat("long", 15),
	} {
		p.Model.Commands = append(p.Model.Commands, scanner.Command{Name: name, Method: "M", Params: []scanner.Param{
			param("default", scanner.KindString, "string"), param("größe", scanner.KindNumber, "float64"), param("_", scanner.KindAny, "any")}})
	}
	for _, name := range []string{"Promise", "Reactor", "Messages", "Outcome", "Plasma", "string", "Object", "SetSpeedParams", "FileRef"} {
		p.Model.Messages = append(p.Model.Messages, scanner.Message{Name: name, Type: typeOf("plasma", name), Data: record(typeOf("plasma", name),
			member("a b", "A", true, plain(scanner.KindString, "string")), member("it's \"x\"", "B", false, plain(scanner.KindFile, "reactor.File")),
			member("class", "C", true, record(typeOf("other", name), member("deep", "D", true, plain(scanner.KindBoolean, "bool")))))})
	}
	client := TypeScript(p)
	for _, method := range []string{"  thenCommand(", "  constructorCommand(", "  toStringCommand(", "  toStringCommand2(", "  delete(", "  onMessageCommand(", "  setSpeed2("} {
		if !strings.Contains(client, "\n"+method) {
			t.Errorf("there is no method %s", method)
		}
	}
	if found := outside(t, map[string]string{"plasma.ts": client}); len(found) > 0 {
		t.Errorf("%v\n%s", found, client)
	}
}

// The client does what its types say, with a Reactor that notes what it is told.
func TestTypeScriptRuns(t *testing.T) {
	p := plasma()
	p.Model.Messages = []scanner.Message{{Name: "tick", Type: typeOf("plasma", "Tick"), Data: record(typeOf("plasma", "Tick"))}}
	const use = `
import assert from "node:assert/strict";
import { Plasma } from "./out/plasma.js";
const sent = [], heard = [], listeners = new Set();
const client = new Plasma({
  sendCommand: async (...args) => { sent.push(args); },
  on: (event, listen) => listeners.add(event + listen) && (client[event] = listen),
  off: (event, listen) => listeners.delete(event + listen),
});
await client.setSpeed();
await client.setPalette({ palette: "ember" });
assert.deepEqual(sent, [["set_speed", {}], ["set_palette", { palette: "ember" }]]);
const off = client.onMessage("tick", (data) => heard.push(data));
for (const message of [{ type: "tick", data: { n: 1 } }, { type: "tock", data: 2 }, null, 3, "tick"]) client.message(message);
const done = client.onOutcome((outcome) => heard.push(outcome.data.command));
for (const message of [{ type: "commandApplied", data: { command: "a" } }, { type: "modelCapabilities", data: {} }]) client.runtimeMessage(message);
assert.deepEqual(heard, [{ n: 1 }, "a"]);
assert.equal(listeners.size, 2);
off(); done();
assert.equal(listeners.size, 0);
`
	found := outside(t, map[string]string{"plasma.ts": TypeScript(p), "use.mjs": use})
	if len(found) > 0 {
		t.Error(found)
	}
}
