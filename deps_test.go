package reactor_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/reactorgen/reactor"

// row is what one package may import: packages of ours by their folder, modules
// from outside by the beginning of their path. The standard library is free.
type row struct{ ours, outside []string }

func (r row) allows(path string) bool {
	if rest, ours := strings.CutPrefix(path, module); ours {
		return slices.Contains(r.ours, strings.TrimPrefix(rest, "/"))
	}
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") || slices.ContainsFunc(r.outside, func(prefix string) bool {
		return path == prefix || strings.HasPrefix(path, prefix+"/")
	})
}

// mayImport is the import table of the house (docs/adr/0001): which packages of
// ours, and which modules from outside, a package may import. The tool and the
// runtime share config and nothing else.
var mayImport = map[string]row{
	"":          {},
	"diag":      {outside: []string{"github.com/rivo/uniseg"}},
	"config":    {outside: []string{"gopkg.in/yaml.v3"}},
	"scanner":   {ours: []string{"config", "diag", "internal/cache", "internal/disk", "internal/goenv", "internal/load", "internal/state"}, outside: []string{"golang.org/x/mod", "golang.org/x/tools", "gopkg.in/yaml.v3"}},
	"analyzer":  {ours: []string{"diag", "scanner"}, outside: []string{"golang.org/x/tools"}},
	"gen":       {ours: []string{"diag", "scanner"}, outside: []string{"github.com/dave/jennifer"}},
	"lsp":       {ours: []string{"config", "diag", "scanner", "weights"}},
	"templates": {},
	"weights":   {outside: []string{"golang.org/x/sys"}},
	"cmd/reactor-gen": {
		ours:    []string{"cmd/reactor-gen/early", "config", "diag", "gen", "internal/cache", "lsp", "scanner", "templates", "weights"},
		outside: []string{"github.com/fsnotify/fsnotify", "github.com/rogpeppe/go-internal/diff", "github.com/spf13/cobra", "github.com/spf13/pflag"},
	},
	"cmd/reactor-gen/early": {ours: []string{"internal/cache", "internal/goenv", "internal/state"}},
	"cmd/reactor-vet":       {ours: []string{"analyzer"}, outside: []string{"golang.org/x/tools"}},
	"client":                {outside: []string{"github.com/pion"}},
	"runtime/codec":         {outside: []string{"github.com/ebitengine/purego"}},
	"runtime/record":        {ours: []string{"internal/tempfolder", "runtime/codec"}, outside: []string{"github.com/Eyevinn/mp4ff", "github.com/at-wat/ebml-go"}},
	"runtime/runner":        {ours: []string{""}},
	"runtime/webrtc": {
		ours:    []string{"runtime/codec", "runtime/record", "runtime/runner", "runtime/webrtc/wire"},
		outside: []string{"github.com/pion", "google.golang.org/protobuf"},
	},
	"runtime/webrtc/wire": {outside: []string{"google.golang.org/protobuf"}},
	"runtime/http": {
		ours:    []string{"", "internal/tempfolder", "runtime/codec", "runtime/record", "runtime/runner", "runtime/webrtc"},
		outside: []string{"github.com/prometheus/client_golang"},
	},
	"runtime/headless": {
		ours:    []string{"", "runtime/codec", "runtime/record", "runtime/runner"},
		outside: []string{"golang.org/x/term"},
	},
	"runtime/app": {
		ours:    []string{"", "config", "runtime/codec", "runtime/headless", "runtime/http", "runtime/record", "runtime/runner", "runtime/webrtc", "weights"},
		outside: []string{"github.com/spf13/pflag"},
	},
	"reactortest":          {ours: []string{"", "runtime/runner"}},
	"internal/cache":       {},
	"internal/disk":        {outside: []string{"golang.org/x/sys"}},
	"internal/load":        {ours: []string{"internal/cache", "internal/disk", "internal/goenv"}, outside: []string{"golang.org/x/mod", "golang.org/x/tools"}},
	"internal/goenv":       {outside: []string{"golang.org/x/sys"}},
	"internal/state":       {ours: []string{"internal/cache", "internal/disk", "internal/goenv"}},
	"internal/digest":      {ours: []string{"", "runtime/app", "runtime/runner"}},
	"internal/everykind":   {ours: []string{"", "runtime/app", "runtime/runner"}},
	"internal/leak":        {},
	"internal/moody":       {ours: []string{"", "runtime/app", "runtime/runner"}},
	"internal/mutate":      {},
	"internal/tempfolder":  {},
	"internal/testproject": {ours: []string{"diag"}, outside: []string{"golang.org/x/tools", "github.com/rogpeppe/go-internal", "github.com/google/go-cmp"}},
}

// listed is what `go list -json` tells of a package.
type listed struct {
	ImportPath string
	Doc        string
	Imports    []string
	Standard   bool
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Doc,Imports,Standard", "./...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestImportTable(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		if strings.HasPrefix(name, "examples/") {
			continue // an example imports what an author would
		}
		row, known := mayImport[name]
		if !known {
			t.Errorf("%s: not in the import table; a new package needs its own noun and two importers", p.ImportPath)
			continue
		}
		for _, path := range p.Imports {
			if !row.allows(path) {
				t.Errorf("%s may not import %s", p.ImportPath, path)
			}
		}
	}
}

func TestPackagesTellTheirStory(t *testing.T) {
	for _, p := range packages(t) {
		if strings.HasPrefix(p.ImportPath, module+"/examples/") && strings.Contains(p.ImportPath, "/cmd/") {
			continue
		}
		if p.Doc == "" {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}
