package lsp

import (
	"path/filepath"
	"testing"
)

// FuzzNames makes the names of texts that are not good: each is a part of its text, and
// can be renamed or says why not.
func FuzzNames(f *testing.F) {
	files := named(f)
	f.Add(files["plasma.go"], files["configs/default.yaml"], files["weights.lock"])
	f.Add(tracked(f)["plasma.go"], "a: &a {speed: *a, <<: *a}\n\"speed\": '${speed}'\n", "")
	f.Add(untyped(f)["plasma.go"], "\ufeffspeed: |\n  ${speed}\nleft: [${..speed}, {angle: \"\\u00e9${left.angle}\"}]\n", "")
	f.Add("package p\n//reactor:model name=x config=configs/default.yaml weights=[\"a\",\"\\x41\"]\ntype T struct{ *T }\nfunc New(c T, d *T) *T { c.New(\"a\"+\n", "x: 1", "")
	f.Fuzz(func(t *testing.T, code, yaml, lock string) {
		dir := filepath.Join(t.TempDir(), "nowhere")
		all := newTexts(inUTF16)
		for name, text := range map[string]string{"go.mod": "module p\n", "p.go": code, "configs/default.yaml": yaml, "weights.lock": lock} {
			path := filepath.Join(dir, filepath.FromSlash(name))
			all.open[path] = &document{uri: uriOf(path), path: path, text: []byte(text)}
		}
		n := nameAll(t.Context(), all, true, dir, filepath.Join(dir, "go.mod"), dir)
		for _, e := range n.entities {
			for _, m := range e.mentions {
				if text := all.get(m.file); m.start < 0 || m.start > m.end || m.end > len(text) {
					t.Fatalf("%s %q at %d to %d of %d bytes of %s", e.kind, e.name, m.start, m.end, len(text), m.file)
				}
				all.rangeOf(m.file, m.span)
				m.definitions()
			}
			if e.kind != configPath && n.mayBe(e, "other", nil) == nil {
				n.overlaid(n.renamed(e, "other"))
			}
			_ = e.leftToDo("other")
		}
	})
}
