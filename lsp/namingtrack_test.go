package lsp

import (
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

// tracked is a project with a track, named in each form in which a block has tracks.
func tracked(t testing.TB) map[string]string {
	return map[string]string{
		"go.mod": goMod(t, "example.com/plasma"),
		"plasma.go": strings.Replace(strings.Replace(model("plasma"), "type Plasma struct{}", `//reactor:track depth description="é😀"
type Plasma struct{ b reactor.Block }

const depth = "depth"`, 1), "{ return nil }", `{
	p.b.Tracks = map[string]*reactor.Block{"depth": reactor.NewBlock(1, 2, 2)}
	p.b = reactor.Block{Tracks: map[string]*reactor.Block{depth: nil}}
	_ = p.b.Tracks["depth"]
	ctx.Logger().Info("depth")
	return nil
}`, 1),
	}
}

// TestTracks finds and renames the names of tracks, and tells of a text that may be one.
func TestTracks(t *testing.T) {
	kept := cache.Open(t.TempDir(), cache.Limits{})
	files := tracked(t)
	c := openAll(t, kept, full, files)
	raw := c.want("textDocument/references", c.ofPlace("plasma.go", files["plasma.go"], "track de¦pth", inUTF16, `, "context": {"includeDeclaration": true}`))
	wantSame(t, "references", c.places(files, inUTF16, raw), "plasma.go:8 depth", "plasma.go:11 depth", "plasma.go:14 depth", "plasma.go:15 depth", "plasma.go:16 depth")
	if value, _, _ := c.shows("plasma.go", files["plasma.go"], "track de¦pth", inUTF16); !strings.Contains(value, "from the model to clients") || !strings.Contains(value, "é😀") {
		t.Errorf("%q", value)
	}
	at := c.ofPlace("plasma.go", files["plasma.go"], "Tracks[\"de¦pth", inUTF16, `, "newName": "far_away"`)
	c.apply(files, inUTF16, c.want("textDocument/rename", at))
	if n := strings.Count(files["plasma.go"], `"far_away"`); n != 3 || strings.Count(files["plasma.go"], "//reactor:track far_away") != 1 {
		t.Errorf("%d times: %s", n, files["plasma.go"])
	}
	checkClean(t, scanner.NewEngine(scanner.Options{Dir: newProject(t, files), Cache: kept}), files)
	asked := taken(c, &c.asked)
	if last := asked[len(asked)-1]; !strings.HasPrefix(last, "window/showMessage") || !strings.Contains(last, "plasma.go:17") {
		t.Errorf("%q", asked)
	}
	c.end()
}
