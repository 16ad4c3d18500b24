package lsp

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

// pulling is a client that asks for diagnostics, and asks again when it is told to.
var pulling = strings.Replace(capable, `"workspace": {`, `"workspace": {"diagnostics": {"refreshSupport": true},`, 1)

// pulled is any report.
type pulled struct {
	Kind     string
	URI      string
	ResultID string
	Version  *int32
	Items    []diagnostic
}

func (p pulled) found() (all []string) {
	for _, d := range p.Items {
		all = append(all, describe(d))
	}
	return all
}

// pull asks for the diagnostics of a file.
func (c *client) pull(name, previous string) (p pulled) {
	c.t.Helper()
	result := c.want("textDocument/diagnostic", fmt.Sprintf(`{"textDocument": {"uri": %q}, "previousResultId": %q}`, c.uri(name), previous))
	if err := json.Unmarshal(result, &p); err != nil {
		c.t.Error(err)
	}
	return p
}

// reports are what was answered to a workspace/diagnostic, by URI.
func (c *client) reports(id string) map[string]pulled {
	c.t.Helper()
	a := c.answer(id)
	var all struct{ Items []pulled }
	if err := json.Unmarshal(a.Result, &all); err != nil || a.Error != nil {
		c.t.Errorf("%v: %+v", err, a)
	}
	by := make(map[string]pulled)
	for _, p := range all.Items {
		by[p.URI] = p
	}
	return by
}

// askAll asks for the diagnostics of all files, of which the client has some.
func (c *client) askAll(have ...previousResultID) string {
	text, _ := json.Marshal(append([]previousResultID{}, have...))
	return c.ask("workspace/diagnostic", fmt.Sprintf(`{"previousResultIds": %s}`, text))
}

// TestPull asks for what is wrong with a document, and is told once.
func TestPull(t *testing.T) {
	c := newClient(t, pulling, map[string]string{"go.mod": goMod(t, "example.com/plasma"), "plasma.go": model("plasma"), "loose.txt": ""})
	c.open("plasma.go", model("plasma"))
	good := c.pull("plasma.go", "")
	if good.Kind != "full" || good.Items == nil || len(good.Items) > 0 || good.ResultID == "" {
		t.Errorf("a good model: %+v", good)
	}
	c.change("plasma.go", 2, model("Plasma"))
	bad := c.pull("plasma.go", good.ResultID)
	if bad.Kind != "full" || len(bad.Items) != 1 || describe(bad.Items[0]) != "6:21-22 RG111" {
		t.Errorf("a bad name: %+v", bad)
	}
	c.change("plasma.go", 3, model("Plasma")+"\n")
	if same := c.pull("plasma.go", bad.ResultID); same.Kind != "unchanged" || same.ResultID != bad.ResultID || same.Items != nil {
		t.Errorf("the same again: %+v", same)
	}
	if none := c.pull("loose.txt", ""); none.Kind != "full" || len(none.Items) > 0 {
		t.Errorf("a file of no module: %+v", none)
	}
	if n := c.files(); n > 0 {
		t.Errorf("%d files were told of unasked", n)
	}
	c.end()
}

// TestPullElsewhere has the findings of one file change by an edit of another, of a
// client that asks for open documents alone: it is told of the others, and when to
// ask again.
func TestPullElsewhere(t *testing.T) {
	text := strings.Replace(model("plasma"), "name=plasma", "name=plasma weights=vae", 1)
	use := "package plasma\n\nimport \"github.com/reactorgen/reactor\"\n\nfunc find(w reactor.Weights) { w.Path(\"vae\") }\n"
	c := newClient(t, pulling, map[string]string{"go.mod": goMod(t, "example.com/plasma"), "plasma.go": text, "use.go": use})
	c.open("plasma.go", text)
	wantSame(t, "good", c.pull("plasma.go", "").found())
	c.change("plasma.go", 2, strings.Replace(text, "vae", "unet", 1))
	c.settle("plasma.go")
	wantSame(t, "a file that is not open", c.now("use.go"), "4:38-43 RG336")

	c.open("use.go", use)
	c.settle("use.go")
	wantSame(t, "it is open now, and nothing is said twice", c.now("use.go"))
	wantSame(t, "it is asked about", c.pull("use.go", "").found(), "4:38-43 RG336")
	c.mu.Lock()
	before := len(c.asked)
	c.mu.Unlock()
	c.change("plasma.go", 3, text)
	c.until(func() bool {
		return len(c.asked) > before && strings.HasPrefix(c.asked[len(c.asked)-1], "workspace/diagnostic/refresh")
	})
	wantSame(t, "after the refresh", c.pull("use.go", "").found())

	c.change("plasma.go", 4, strings.Replace(text, "vae", "unet", 1))
	c.file("didClose", "use.go")
	c.settle("plasma.go")
	wantSame(t, "it is closed again", c.now("use.go"), "4:38-43 RG336")
	c.end()
}

// TestPullWorkspace asks for what is wrong with all files: at once, when there is
// something new, or in vain until it no longer wants to know.
func TestPullWorkspace(t *testing.T) {
	bad := model("Plasma")
	c := newClient(t, pulling, map[string]string{"go.mod": goMod(t, "example.com/two"), "a/a.go": bad, "b/b.go": model("plasma")})
	c.open("b/b.go", model("plasma"))
	c.settle("b/b.go")
	a := c.uri("a/a.go")
	c.open("a/a.go", bad)
	c.settle("a/a.go")
	c.file("didClose", "a/a.go")
	c.settle("b/b.go")

	first := c.reports(c.askAll())
	if len(first[c.uri("b/b.go")].Items) > 0 {
		t.Errorf("%+v", first)
	}
	c.open("a/a.go", bad)
	second := c.reports(c.askAll())
	if p := second[a]; p.Kind != "full" || p.Version == nil || *p.Version != 1 || len(p.Items) != 1 || describe(p.Items[0]) != "6:21-22 RG111" {
		t.Errorf("%+v", second)
	}
	c.mu.Lock()
	for uri, p := range c.published {
		if len(p.Diagnostics) > 0 {
			t.Errorf("%s is still told of: %+v", uri, p)
		}
	}
	c.mu.Unlock()

	have := previousResultID{a, second[a].ResultID}
	id := c.askAll(have)
	c.settle("a/a.go")
	c.mu.Lock()
	if _, answered := c.answers[id]; answered {
		t.Error("nothing is new")
	}
	c.mu.Unlock()
	c.change("a/a.go", 2, model("other"))
	if p := c.reports(id)[a]; p.Kind != "full" || len(p.Items) > 0 || *p.Version != 2 {
		t.Errorf("%+v", p)
	}

	c.change("a/a.go", 3, bad)
	id = c.askAll(have)
	c.settle("a/a.go")
	c.notify("$/cancelRequest", fmt.Sprintf(`{"id": %s}`, id))
	if a := c.answer(id); a.Error == nil || a.Error.Code != requestCancelled {
		t.Errorf("%+v", a)
	}
	c.askAll(have)
	c.end()
}

// TestBesideGopls says nothing that gopls says, and all the rest.
func TestBesideGopls(t *testing.T) {
	dir := newProject(t, map[string]string{"go.mod": goMod(t, "example.com/plasma"), "plasma.go": model("plasma")})
	kept := cache.Open(t.TempDir(), cache.Limits{})
	for options, want := range map[string]string{"{}": "RG502", `{"besideGopls": true}`: "", "[]": "RG502"} {
		c := connect(t, "", dir, scanner.Options{Cache: kept})
		c.want("initialize", fmt.Sprintf(`{"capabilities": %s, "initializationOptions": %s}`, full, options))
		text := model("plasma") + "\nfunc New(o Options) *Plasma { return nil }\n"
		c.open("plasma.go", text)
		if got := strings.Join(c.at("plasma.go", 1), ", "); !strings.HasSuffix(got, want) || (got == "") != (want == "") {
			t.Errorf("%s: a type that is not there: %s", options, got)
		}
		c.change("plasma.go", 2, model("Plasma"))
		wantSame(t, "a bad name", c.at("plasma.go", 2), "6:21-22 RG111")
		c.change("plasma.go", 3, model("plasma")+"func (\n")
		if got := c.at("plasma.go", 3); (len(got) == 0) != (want == "") {
			t.Errorf("%s: a syntax error: %s", options, got)
		}
		if logs := taken(c, &c.logs); (len(logs) > 0) != (options == "[]") {
			t.Errorf("%s: %q", options, logs)
		}
		c.end()
	}
}
