package scanner

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
)

// TestOptionalInAnotherFile edits a file without a directive, of which a scan may
// think that it need not look: its method gives the model a track, or takes it away.
func TestOptionalInAnotherFile(t *testing.T) {
	for _, model := range []struct{ pkg, name string }{{"longlive", "LongLive"}, {"main", "longLive"}} {
		t.Run(model.pkg, func(t *testing.T) {
			t.Parallel()
			frame := func(method string) string {
				return fmt.Sprintf("package %s\n\nimport \"github.com/reactorgen/reactor\"\n\nvar _ reactor.Frame\n\nfunc (m *%s) %s\n", model.pkg, model.name, method)
			}
			dir := projectOf(t, map[string]string{
				"longlive.go": fmt.Sprintf("package %s\n\nimport \"github.com/reactorgen/reactor\"\n\n//reactor:model name=longlive\ntype %s struct{ seen int }\n\n"+
					"func (m *%[2]s) StartSession(ctx reactor.Context) error { return nil }\n", model.pkg, model.name),
				"frame.go": frame("Other() {}"),
			})
			options := Options{Dir: dir, Cache: cache.Open(t.TempDir(), cache.Limits{})}
			for _, step := range []struct {
				method string
				tracks int
				code   string
			}{
				{"Other() {}", 0, ""},
				{"OnFrame(f reactor.Frame) {}", 1, ""},
				{"OnFrame(f reactor.Frame) { m.seen = f.Width }", 1, ""},
				{"OnFrame(f *reactor.Frame) {}", 0, "RG302"},
				{"onFrame(f reactor.Frame) {}", 0, "RG302"},
				{"OnFrame(reactor.Frame) {}", 1, ""},
				{"OnSound(reactor.Sound) {}", 1, ""},
				{"OnSound(*reactor.Sound) {}", 0, "RG302"},
				{"Other() {}", 0, ""},
			} {
				write(t, filepath.Join(dir, "frame.go"), frame(step.method))
				r, err := Scan(t.Context(), options)
				if err != nil {
					t.Fatal(err)
				}
				code := ""
				if all := r.Diagnostics.Sorted(); len(all) > 0 {
					code = string(all[0].Code)
				}
				if code != step.code || code == "" && (r.Project == nil || len(r.Project.Model.Tracks) != step.tracks) {
					t.Errorf("%s: found %q (%v), want %q and %d tracks", step.method, code, r.Level, step.code, step.tracks)
				}
			}
		})
	}
}
