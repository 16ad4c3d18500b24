package golangci

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis/analysistest"
)

// TestRegistered takes the way that golangci-lint takes: from the name in its
// configuration, with settings as YAML gives them, to findings.
func TestRegistered(t *testing.T) {
	newPlugin, err := register.GetPlugin(Name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPlugin(map[string]any{"disable": []any{"RG121"}})
	if err != nil {
		t.Fatal(err)
	}
	if mode := p.GetLoadMode(); mode != register.LoadModeTypesInfo {
		t.Errorf("load mode %q", mode)
	}
	all, err := p.BuildAnalyzers()
	if err != nil || len(all) != 1 {
		t.Fatalf("%d analyzers, error %v", len(all), err)
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	analysistest.Run(t, filepath.Join(filepath.Dir(dir), "testdata"), all[0], "disabled")
}

// TestSettings: what is not understood is told, with what was probably meant.
func TestSettings(t *testing.T) {
	for _, c := range []struct {
		conf any
		want string // "" is no error
	}{
		{nil, ""},
		{map[string]any{}, ""},
		{map[string]any{"disable": []any{"RG336", "RG121"}}, ""},
		{map[string]any{"disabled": []any{"RG336"}}, `unknown field "disabled"; the one setting is disable`},
		{map[string]any{"disable": []any{"RG111"}}, "RG111 (model name is not valid) cannot be disabled"},
		{map[string]any{"disable": []any{"rg121"}}, `there is no code "rg121"; did you mean RG121`},
		{map[string]any{"disable": []any{"plasma"}}, `there is no code "plasma"; reactor-gen explain lists the codes`},
	} {
		_, err := New(c.conf)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%v: %v", c.conf, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%v: error %v, want %q", c.conf, err, c.want)
		}
	}
}

// TestProductKnowsNoPlugins holds that the module of the product has nothing of plugins.
func TestProductKnowsNoPlugins(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "golangci") {
		t.Error("the product's go.mod names golangci")
	}
}
