package scanner

import (
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
)

// TestOverlayIsRead scans texts that are not on the disk.
func TestOverlayIsRead(t *testing.T) {
	good := decorated("//reactor:model name=longlive\n")
	for _, test := range []struct {
		name    string
		disk    string
		overlay map[string]string
		want    string // code and place of the first finding
	}{
		{"a directive that is not saved", plain, map[string]string{"longlive.go": good}, ""},
		{"a directive that is saved", good, map[string]string{"longlive.go": plain}, "RG401 :0"},
		{"lines above", good, map[string]string{"longlive.go": strings.Replace(good, "StartSession(ctx reactor.Context)", "StartSession(\n\tctx reactor.Context,\n\tn int)", 1)}, "RG301 longlive.go:6"},
		{"another import", good, map[string]string{"longlive.go": strings.Replace(good, `"github.com/reactorgen/reactor"`, "\"context\"\n\n\t\"github.com/reactorgen/reactor\"\n", 1)}, "RG501 longlive.go:5"},
		{"an import more", "package longlive\n", map[string]string{"longlive.go": good}, ""},
		{"broken on the disk", "package longlive\n\nimport\n", map[string]string{"longlive.go": good}, ""},
		{"a build constraint", good, map[string]string{"longlive.go": "//go:build never\n\n" + good}, "RG521 longlive.go:1"},
		{"a configuration that does not exist", decorated("//reactor:model name=longlive config=new.yaml\n"), map[string]string{"new.yaml": "a: 1\n"}, ""},
		{"a configuration that is broken", decorated("//reactor:model name=longlive config=new.yaml\n"), map[string]string{"new.yaml": "a: 1\n b: 2\n"}, "RG702 new.yaml:2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := projectOf(t, map[string]string{"longlive.go": test.disk})
			overlay := make(map[string][]byte)
			for name, text := range test.overlay {
				overlay[name] = []byte(text)
			}
			result, err := Scan(t.Context(), Options{Dir: dir, Overlay: overlay})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, d := range result.Diagnostics.Sorted() {
				if d.Severity == diag.Error {
					got = string(d.Code) + " " + placeOf(d)
					break
				}
			}
			if got != test.want {
				t.Errorf("got %q, want %q: %v", got, test.want, result.Diagnostics.Sorted())
			}
		})
	}
}

func placeOf(d diag.Diagnostic) string { return d.Range.File + ":" + string(rune('0'+d.Range.Line)) }

// BenchmarkScanOverlay is a scan with an overlay of a body, which is read by our
// parser, and of an import, for which the go command and all types have to be
// loaded from source.
func BenchmarkScanOverlay(b *testing.B) {
	p := project(b, "commands")
	result, err := Scan(b.Context(), Options{Dir: p.Dir})
	if err != nil || result.Project == nil {
		b.Fatal(err)
	}
	file := result.Project.Model.Range.File
	text := string(result.Sources.Get(file).Text)
	for name, text := range map[string]string{
		"body":   text + "\nvar _ = 1\n",
		"import": strings.Replace(text, "import ", "import _ \"time\"\n\nimport ", 1),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			overlay := map[string][]byte{file: []byte(text)}
			for b.Loop() {
				result, err := Scan(b.Context(), Options{Dir: p.Dir, Overlay: overlay})
				if err != nil || result.Project == nil {
					b.Fatal(err, result.Diagnostics.Sorted())
				}
			}
		})
	}
}
