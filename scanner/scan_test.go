package scanner

import (
	"encoding/json"
	"runtime"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/testproject"
)

// TestProjects scans the whole corpus: each finding at its line, its text with
// frames, and the Project of those that are well.
func TestProjects(t *testing.T) {
	testproject.All(t, "*", func(t *testing.T, p *testproject.Project) {
		result, err := Scan(t.Context(), Options{Dir: p.Dir})
		if err != nil {
			t.Fatal(err)
		}
		found := result.Diagnostics.Sorted()
		p.Check(t, found)
		for _, d := range found {
			if len(d.Help) == 0 || d.Code.Title() == "" {
				t.Errorf("%s: %q has no help or no title", d.Code, d.Summary)
			}
		}
		if (result.Project == nil) != result.Diagnostics.HasErrors() {
			t.Errorf("project %v with errors %t", result.Project, result.Diagnostics.HasErrors())
		}
		if len(found) > 0 {
			var text strings.Builder
			if err := (diag.Text{Sources: result.Sources, Frames: true}).Write(&text, found); err != nil {
				t.Fatal(err)
			}
			platform := runtime.GOOS + "/" + runtime.GOARCH
			p.Golden(t, "check.txt", strings.NewReplacer(p.Dir, "DIR", platform, "OS/ARCH").Replace(text.String()))
		}
		if result.Project != nil {
			out, err := json.MarshalIndent(result.Project, "", "\t")
			if err != nil {
				t.Fatal(err)
			}
			p.Golden(t, "project.json", string(out)+"\n")
		}
	})
}
