package lsp

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

// snippets is a client that can do what full can, and take snippets.
var snippets = strings.Replace(full, `"textDocument": {`, `"textDocument": {"completion": {"completionItem": {"snippetSupport": true}},`, 1)

// fancy is a model with everything that there is to complete.
const fancy = `package plasma

import "github.com/reactorgen/reactor"

type Mode string

const (
	Soft Mode = "soft"
	Loud Mode = "loud"
)

type Layer struct {
	Name string
	On   bool
}

type Options struct {
	// How many frames a second.
	FPS    int    ` + "`default:\"30\"`" + `
	Mode   Mode   ` + "`default:\"soft\"`" + `
	Camera struct{ FOV float64 }
	Layers []Layer
}

// Plasma is a plasma.
//
//reactor:model name=plasma config=conf/plasma.yaml weights=vae,unet
type Plasma struct{ weights reactor.Weights }

func New(o Options, w reactor.Weights) *Plasma { return &Plasma{w} }

//reactor:command set_speed
//reactor:param speed min=0
func (p *Plasma) SetSpeed(ctx reactor.Context, speed float64, mode string) {}

func (p *Plasma) StartSession(ctx reactor.Context) error {
	_, err := p.weights.Path("vae")
	return err
}
`

func fancyFiles(t testing.TB) map[string]string {
	return map[string]string{
		"go.mod": goMod(t, "example.com/plasma"), "plasma.go": fancy,
		"conf/plasma.yaml": "fps: 24\ncamera:\n  fov: 2\nlayers:\n  - name: a\n", "other.yml": "", "conf/.hidden.yaml": "",
		"weights/vae/x": "", "weights/text-encoder/x": "", "weights/no name/x": "", "nested/go.mod": "module x\n", "nested/x.yaml": "",
	}
}

// complete asks for what could stand at ¦ in a text.
func (c *client) complete(name string, version int, marked string) []completionItem {
	c.t.Helper()
	before, after, _ := strings.Cut(marked, "¦")
	c.change(name, version, before+after)
	at := newLines([]byte(before), inUTF16).position(len(before))
	result := c.want("textDocument/completion", fmt.Sprintf(`{"textDocument": {"uri": %q}, "position": {"line": %d, "character": %d}}`, c.uri(name), at.Line, at.Character))
	var list completionList
	if err := json.Unmarshal(result, &list); err != nil || list.IsIncomplete {
		c.t.Errorf("%v: %s", err, result)
	}
	for _, item := range list.Items {
		r := item.TextEdit.Range
		if r.Start.Line != at.Line || r.End.Line != at.Line || at.before(r.Start) || r.End.before(at) {
			c.t.Errorf("%s: the place %v is not in %v", marked, at, r)
		}
	}
	return list.Items
}

// line is the one with the mark, after an item was taken.
func accepted(marked string, item completionItem) string {
	before, after, _ := strings.Cut(marked, "¦")
	d := (&document{text: []byte(before + after)}).edited([]contentChange{{&item.TextEdit.Range, item.TextEdit.NewText}}, inUTF16)
	return strings.Split(string(d.text), "\n")[item.TextEdit.Range.Start.Line]
}

// TestCompleteDirective types in directives, in a file that does not parse, behind
// characters outside of ASCII.
func TestCompleteDirective(t *testing.T) {
	c := newClient(t, full, fancyFiles(t))
	c.open("plasma.go", fancy)
	wantSame(t, "a good model", c.at("plasma.go", 1))
	speed := "\nfunc (p *Plasma) SetSpeed(ctx reactor.Context, speed float64, mode Mode) {}\n"
	plasma := "\ntype Plasma struct{}\n"
	version := 1
	for _, test := range []struct{ line, below, labels, first string }{
		{"//¦", plasma, "//reactor:model //reactor:message //reactor:track", "//reactor:model "},
		{"//reac¦", speed, "//reactor:command //reactor:param //reactor:model", "//reactor:command "},
		{"//reactor:¦", plasma, "//reactor:model //reactor:message //reactor:track", "//reactor:model "},
		{"//reactor:mo¦ name=é", plasma, "//reactor:model //reactor:message", "//reactor:model name=é"},
		{"//reactor:model ¦", plasma, "name config weights", "//reactor:model name="},
		{"//reactor:model x=\"é😀\" na¦", plasma, "name config weights", "//reactor:model x=\"é😀\" name="},
		{"//reactor:model x=\"é😀\" c¦=a.yaml name=b", plasma, "config weights", "//reactor:model x=\"é😀\" config=a.yaml name=b"},
		{"//reactor:model name=¦", plasma, "plasma", "//reactor:model name=plasma"},
		{"//reactor:model author=é config=co¦nf weights=x", plasma, "other.yml conf/plasma.yaml", "//reactor:model author=é config=other.yml weights=x"},
		{"//reactor:model author=é😀 weights=vae,t¦,x", plasma, "text-encoder", "//reactor:model author=é😀 weights=vae,text-encoder,x"},
		{"//reactor:model weights=¦", plasma, "text-encoder vae", "//reactor:model weights=text-encoder"},
		{"//reactor:model weights=[\"vae\", \"¦\"]", plasma, "text-encoder", "//reactor:model weights=[\"vae\", \"text-encoder\"]"},
		{"//reactor:model name=a // é ¦", plasma, "", ""},
		{"//reactor:command ¦", speed, "set_speed", "//reactor:command set_speed"},
		{"//reactor:command x ¦", speed, "description async", "//reactor:command x description="},
		{"//reactor:command x description=\"a ¦", speed, "", ""},
		{"//reactor:command x as¦", speed, "description async", "//reactor:command x description="},
		{"//reactor:param mode\n//reactor:param ¦", speed, "speed", "//reactor:param speed"},
		{"//reactor:param speed min=0 ¦", speed, "description default max exclusivemin exclusivemax multipleof minlen maxlen minitems maxitems pattern enum", "//reactor:param speed min=0 description="},
		{"//reactor:track depth kind=¦", plasma, "video audio", "//reactor:track depth kind=video"},
		{"//reactor:ignore RG12¦", plasma, "RG117 RG118 RG121", ""},
		{"//reactor:ignore RG121 ¦", plasma, "", ""},
		{"//reactor:nonsense ¦", plasma, "", ""},
		{"// a comment ¦", plasma, "", ""},
		{"x := \"😀\"; p.weights.Path(\"u¦\")", "\n", "vae unet", "x := \"😀\"; p.weights.Path(\"vae\")"},
		{"x := p.other.Path(\"u¦\")", "", "", ""},
	} {
		version++
		marked := "package plasma\n\nvar s = \"é😀\n\ntype P struct{ weights reactor.Weights }\n\n" + test.line + test.below + "func ("
		items := c.complete("plasma.go", version, marked)
		var labels []string
		for _, item := range items {
			labels = append(labels, item.Label)
		}
		got := strings.Join(labels, " ")
		isCodes := strings.HasPrefix(test.labels, "RG")
		if len(labels) != len(strings.Fields(test.labels)) && test.first != "" && !strings.HasPrefix(test.labels, "//") || !isCodes && !strings.HasPrefix(got, test.labels) || isCodes && !slices.Contains(labels, "RG121") || test.labels == "" && got != "" {
			t.Errorf("%s: %s; want %s", test.line, got, test.labels)
			continue
		}
		if test.first != "" {
			if got := accepted(marked, items[0]); got != test.first {
				t.Errorf("%s: becomes %q; want %q", test.line, got, test.first)
			}
		}
	}
	c.end()
}

// TestCompleteConfig types in the configuration, while it is no YAML.
func TestCompleteConfig(t *testing.T) {
	c := newClient(t, full, fancyFiles(t))
	c.open("conf/plasma.yaml", "")
	c.open("other.yml", "")
	version := 1
	for _, test := range []struct{ text, labels, first string }{
		{"¦", "fps mode camera layers", "fps: "},
		{"# é😀\nmode: soft\nf¦", "fps camera layers", "fps: "},
		{"f¦: 3\nlayers: []\n", "fps mode camera", "fps: 3"},
		{"mode: ¦", "soft loud", "mode: soft"},
		{"mode: \"😀\n\nmode: \"lo¦\"", "soft loud", "mode: \"soft\""},
		{"fps: ¦ # é", "30", "fps: 30 # é"},
		{"camera:\n  ¦\nfps: [", "fov", "  fov: "},
		{"camera:\n  fov: 1\n  ¦", "", ""},
		{"layers:\n- name: é\n  ¦", "on", "  on: "},
		{"layers:\n  - ¦\n  - name: b\n", "name on", "  - name: "},
		{"layers:\n  - name: a\n    # é\n    on: t¦", "true false", "    on: true"},
		{"fps: 1\n  ¦", "", ""},
		{"fps: ${¦", "oc.env camera camera.fov fps layers mode", "fps: ${oc.env:"},
		{"fps: 1\nx: é\nmode: a${fp¦}", "oc.env camera camera.fov fps layers mode x", "mode: a${oc.env:}"},
		{"{f¦", "", ""},
	} {
		version++
		items := c.complete("conf/plasma.yaml", version, test.text)
		var labels []string
		for _, item := range items {
			labels = append(labels, item.Label)
		}
		if got := strings.Join(labels, " "); got != test.labels {
			t.Errorf("%s: %s; want %s", test.text, got, test.labels)
			continue
		}
		if test.first != "" {
			if got := accepted(test.text, items[0]); got != test.first {
				t.Errorf("%s: becomes %q; want %q", test.text, got, test.first)
			}
		}
	}
	version++
	if item := c.complete("conf/plasma.yaml", version, "¦")[0]; item.Detail != "int" || item.Documentation != "How many frames a second.\n\nDefault: 30" {
		t.Errorf("%+v", item)
	}
	if items := c.complete("other.yml", 2, "¦"); len(items) > 0 {
		t.Errorf("in a file that configures nothing: %v", items)
	}
	c.end()
}

// TestCompleteNeverGood has a project that is not good from the beginning.
func TestCompleteNeverGood(t *testing.T) {
	files := fancyFiles(t)
	files["conf/plasma.yaml"] = "speed: 1\n"
	c := newClient(t, full, files)
	c.open("conf/plasma.yaml", files["conf/plasma.yaml"])
	wantSame(t, "a key that there is not", c.at("conf/plasma.yaml", 1), "0:0-5 RG705")
	if items := c.complete("conf/plasma.yaml", 2, "speed: 1\nf¦"); len(items) != 4 || items[0].Label != "fps" {
		t.Errorf("%+v", items)
	}
	c.open("plasma.go", fancy)
	c.settle("plasma.go")
	wantSame(t, "no lens", titles(c.lenses("plasma.go")))
	c.end()
}

// TestCompleteUTF8 counts in bytes, for a client that does.
func TestCompleteUTF8(t *testing.T) {
	c := newClient(t, strings.Replace(full, "utf-16", "utf-8", 1), fancyFiles(t))
	line := "//reactor:model author=\"é😀\" na"
	c.open("plasma.go", line)
	result := c.want("textDocument/completion", fmt.Sprintf(`{"textDocument": {"uri": %q}, "position": {"line": 0, "character": %d}}`, c.uri("plasma.go"), len(line)))
	var list completionList
	if err := json.Unmarshal(result, &list); err != nil || len(list.Items) == 0 {
		t.Fatalf("%v: %s", err, result)
	}
	if got, want := list.Items[0].TextEdit.Range, (textRange{position{0, len(line) - 2}, position{0, len(line)}}); got != want {
		t.Errorf("%v; want %v", got, want)
	}
	c.end()
}

// TestCompleteSnippet has stops only for a client that can have them.
func TestCompleteSnippet(t *testing.T) {
	c := newClient(t, snippets, fancyFiles(t))
	c.open("plasma.go", "")
	for line, want := range map[string]string{
		"//¦\ntype LongLive struct{}":                "//reactor:model name=${1:long-live}",
		"//¦\nfunc (p *Plasma) SetSpeed(a int) {}":   "//reactor:command ${1:set_speed}",
		"//reactor:¦\nfunc (p *Plasma) X(a int) {}":  "//reactor:command ${1:x}",
		"//reactor:¦ x\nfunc (p *Plasma) X(a int) {": "//reactor:command",
	} {
		item := c.complete("plasma.go", 2, line)[0]
		if item.TextEdit.NewText != want || (item.InsertTextFormat == snippetFor) != strings.Contains(want, "$") {
			t.Errorf("%s: %+v", line, item)
		}
	}
	c.end()
}

// TestCompleteProjects has each file get what is its own project's, of two in one
// module, and of another module of the workspace.
func TestCompleteProjects(t *testing.T) {
	named := func(name string) string {
		return strings.Replace(model(name), "name="+name, "name="+name+" weights=of-"+name, 1)
	}
	c := newClient(t, full, map[string]string{
		"go.work": "go 1.26.0\n\nuse (\n\t./one\n\t./two\n)\n", "one/go.mod": goMod(t, "example.com/one"), "two/go.mod": goMod(t, "example.com/two"),
		"one/a/a.go": named("a"), "one/b/b.go": named("b"), "two/c.go": named("c"),
		"one/a/use.go": "package plasma\n", "one/b/use.go": "package plasma\n", "two/use.go": "package plasma\n", "one/x.go": "package x\n",
	})
	for name, want := range map[string]string{"one/a/use.go": "of-a", "one/b/use.go": "of-b", "two/use.go": "of-c", "one/x.go": ""} {
		c.open(name, "package plasma\n")
		c.settle(name)
		items := c.complete(name, 2, "package plasma\n\nfunc find(w reactor.Weights) { w.Path(\"¦\") }\n")
		if len(items) > 1 || len(items) == 1 != (want != "") || want != "" && items[0].Label != want {
			t.Errorf("%s: %+v", name, items)
		}
	}
	c.end()
}

// TestNowhere asks all that there is to ask about documents that are in no module,
// and about none.
func TestNowhere(t *testing.T) {
	dir := newProject(t, map[string]string{"loose.go": fancy, "loose.yaml": "a: b\n", "other/go.mod": "module example.com/other\n", "other/x.go": "package x\n"})
	c := connect(t, capable, dir, scanner.Options{Cache: cache.Open(t.TempDir(), cache.Limits{})})
	c.open("loose.go", fancy)
	c.open("loose.yaml", "a: b\n")
	c.open("other/x.go", "package x\n")
	c.openURI("untitled:x", fancy)
	for _, method := range stormRequests {
		for _, uri := range []string{c.uri("loose.go"), c.uri("loose.yaml"), c.uri("other/x.go"), "untitled:x", "file:///nowhere.go", ""} {
			c.answer(c.ask(method, fmt.Sprintf(`{"textDocument": {"uri": %q}, "position": {"line": 29, "character": 20},
				"range": {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}, "context": {}, "newName": "x", "previousResultIds": []}`, uri)))
		}
	}
	if logs := taken(c, &c.logs); len(logs) > 0 {
		t.Errorf("%q", logs)
	}
	c.end()
}
