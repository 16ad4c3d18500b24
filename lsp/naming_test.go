package lsp

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

// named is a project with names in many places, behind text outside of ASCII.
func named(t testing.TB) map[string]string {
	return map[string]string{
		"go.mod": goMod(t, "example.com/plasma"),
		"plasma.go": `package plasma

import "github.com/reactorgen/reactor"

const vae = "vae"

// Plasma is a plasma.
//
//reactor:model author="é😀" name=plasma config=configs/default.yaml weights=vae,unet
type Plasma struct {
	prompt string
	cfg    Config
}

// Config is how it runs.
type Config struct {
	// Speed is how fast it goes.
	Speed float64 ` + "`min:\"0\" max:\"9\" default:\"1\"`" + `
	Left  Camera  ` + "`yaml:\"left\"`" + `
	Right Camera  ` + "`yaml:\"right\"`" + `
	Names []string
}

// Camera is where it looks.
type Camera struct {
	Angle float64 ` + "`yaml:\"angle,omitempty\"`" + `
	Title string
}

func New(cfg Config, w reactor.Weights) (*Plasma, error) {
	if _, err := w.Path(vae); err != nil {
		return nil, err
	}
	_, é := w.Path("unet")
	return &Plasma{cfg: cfg}, é
}

// SetPrompt sets it.
//
//reactor:command set_prompt description="é😀"
//reactor:param prompt description="é" maxlen=500
func (p *Plasma) SetPrompt(prompt string) error {
	p.prompt = prompt
	return nil
}

func (p *Plasma) StartSession(ctx reactor.Context) error { return nil }
`,
		"plasma_test.go": `package plasma

import (
	"testing"

	"github.com/reactorgen/reactor/reactortest"
)

func TestPlasma(t *testing.T) {
	s := reactortest.Start(t, &Plasma{})
	s.Command("set_prompt", ` + "`{\"prompt\": \"é\"}`" + `)
}
`,
		"configs/default.yaml": "# é😀\nspeed: 1\nleft:\n  angle: 2\n  title: \"é ${right.title}\"\nright: {title: é😀, angle: \"${..left.angle}\"}\nnames: [\"é${left.angle}\", x]\n",
		"configs/fast.yaml":    "speed: 9\n",
		"configs/other.yaml":   "speed: 9\nother: 1\n",
		"weights.lock":         "# reactor weights lock 1: x\n" + strings.Repeat("0", 64) + " 1 vae/é\n" + strings.Repeat("0", 64) + " 1 unet/x\n",
	}
}

// openAll starts a server for some files and opens those that are Go or YAML.
func openAll(t *testing.T, kept *cache.Cache, capabilities string, files map[string]string) *client {
	t.Helper()
	c := connect(t, capabilities, newProject(t, files), scanner.Options{Cache: kept})
	for name, text := range files {
		if isOurs(name) && filepath.Base(name) != "go.mod" {
			c.open(name, text)
		}
	}
	return c
}

// positionOf is the position of a place in a text: of ¦ in a part of it.
func positionOf(t testing.TB, text, marked string, e encoding) position {
	t.Helper()
	before, after, _ := strings.Cut(marked, "¦")
	at := strings.Index(text, before+after)
	if at < 0 {
		t.Fatalf("no %q in the text", before+after)
	}
	return newLines([]byte(text), e).position(at + len(before))
}

// ofPlace are the parameters of a request about a place.
func (c *client) ofPlace(name, text, marked string, e encoding, more string) string {
	p := positionOf(c.t, text, marked, e)
	return fmt.Sprintf(`{"textDocument": {"uri": %q}, "position": {"line": %d, "character": %d}%s}`, c.uri(name), p.Line, p.Character, more)
}

// places are the texts at the locations of an answer, with their files and lines.
func (c *client) places(files map[string]string, e encoding, raw json.RawMessage) (all []string) {
	var locations []location
	if err := json.Unmarshal(raw, &locations); err != nil {
		c.t.Errorf("%v: %s", err, raw)
	}
	for _, l := range locations {
		name, _ := filepath.Rel(c.dir, pathOf(l.URI))
		name = filepath.ToSlash(name)
		lines := newLines([]byte(files[name]), e)
		text := files[name][lines.offset(l.Range.Start):lines.offset(l.Range.End)]
		all = append(all, fmt.Sprintf("%s:%d %s", name, l.Range.Start.Line+1, text))
	}
	return all
}

// TestDefinitions goes from each kind of place to what it means.
func TestDefinitions(t *testing.T) {
	kept := cache.Open(t.TempDir(), cache.Limits{})
	for _, e := range []encoding{inUTF8, inUTF16} {
		files := named(t)
		c := openAll(t, kept, strings.Replace(full, "utf-16", string(e), 1), files)
		for _, test := range []struct{ file, marked, want string }{
			{"plasma.go", "name=pl¦asma", "plasma.go:10 Plasma"},
			{"plasma.go", "config=configs/d¦efault.yaml", "configs/default.yaml:1 "},
			{"plasma.go", "weights=vae,un¦et", "plasma.go:9 unet"},
			{"plasma.go", "w.Path(\"un¦et\")", "plasma.go:9 unet"},
			{"plasma.go", "w.Path(va¦e)", "plasma.go:9 vae"},
			{"plasma.go", "const va¦e =", ""},
			{"plasma.go", "yaml:\"an¦gle", "configs/default.yaml:4 angle,configs/default.yaml:6 angle"},
			{"plasma.go", "set_¦prompt", "plasma.go:42 SetPrompt"},
			{"plasma.go", "param pro¦mpt", "plasma.go:42 prompt"},
			{"plasma.go", "Spe¦ed float64", ""},
			{"plasma_test.go", "\"set_¦prompt\"", "plasma.go:40 set_prompt"},
			{"configs/default.yaml", "sp¦eed", "plasma.go:18 Speed"},
			{"configs/default.yaml", "  an¦gle", "plasma.go:26 Angle"},
			{"configs/default.yaml", "${right.ti¦tle}", "configs/default.yaml:6 title"},
			{"configs/default.yaml", "${ri¦ght.title}", "configs/default.yaml:6 right"},
			{"configs/default.yaml", "${..left.an¦gle}", "configs/default.yaml:4 angle"},
			{"configs/fast.yaml", "sp¦eed", "plasma.go:18 Speed"},
			{"configs/other.yaml", "sp¦eed", ""},
			{"configs/default.yaml", "# ¦é", ""},
		} {
			raw := c.want("textDocument/definition", c.ofPlace(test.file, files[test.file], test.marked, e, ""))
			if got := strings.Join(c.places(files, e, raw), ","); got != test.want {
				t.Errorf("%s: %s: got %q, want %q", test.file, test.marked, got, test.want)
			}
		}
		c.end()
	}
}

// TestReferences finds all places of a name, in files that are not open as well.
func TestReferences(t *testing.T) {
	files := named(t)
	c := newClient(t, full, files)
	c.open("plasma.go", files["plasma.go"])
	for marked, want := range map[string]string{
		"yaml:\"an¦gle":  "configs/default.yaml:4 angle,configs/default.yaml:6 angle,configs/default.yaml:6 angle,configs/default.yaml:7 angle,plasma.go:26 Angle,plasma.go:26 angle",
		"Spe¦ed float64": "configs/default.yaml:2 speed,configs/fast.yaml:1 speed",
		"weights=va¦e":   "plasma.go:5 vae,plasma.go:9 vae,plasma.go:31 vae,weights.lock:2 vae",
		"set_¦prompt":    "plasma.go:40 set_prompt,plasma.go:42 SetPrompt,plasma_test.go:11 set_prompt",
		"param pro¦mpt":  "plasma.go:41 prompt,plasma.go:42 prompt,plasma.go:43 prompt,plasma_test.go:11 prompt",
		"name=plas¦ma":   "plasma.go:9 plasma,plasma.go:10 Plasma",
	} {
		raw := c.want("textDocument/references", c.ofPlace("plasma.go", files["plasma.go"], marked, inUTF16, `, "context": {"includeDeclaration": true}`))
		if got := strings.Join(c.places(files, inUTF16, raw), ","); got != want {
			t.Errorf("%s:\ngot  %q\nwant %q", marked, got, want)
		}
	}
	raw := c.want("textDocument/references", c.ofPlace("plasma.go", files["plasma.go"], "weights=va¦e", inUTF16, `, "context": {"includeDeclaration": false}`))
	if got := strings.Join(c.places(files, inUTF16, raw), ","); got != "plasma.go:5 vae,plasma.go:31 vae,weights.lock:2 vae" {
		t.Errorf("without its declaration: %s", got)
	}
	c.end()
}
