package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/internal/leak"
)

// schemaJSON is what the generated code of a model with settings carries.
func schemaJSON(t *testing.T) string {
	t.Helper()
	least, most := 1.0, 120.0
	schema := config.Schema{Kind: config.Struct, GoType: "settings", Fields: []config.Field{
		{Key: "fps", Name: "FPS", Schema: config.Schema{Kind: config.Int, GoType: "int", Description: "Frames a second.", Min: &least, Max: &most}},
		{Key: "camera", Name: "Camera", Schema: config.Schema{Kind: config.Struct, GoType: "struct", Fields: []config.Field{
			{Key: "fov", Name: "FOV", Schema: config.Schema{Kind: config.Float, GoType: "float64", Default: "60", HasDefault: true}},
		}}},
		{Key: "title", Name: "Title", Schema: config.Schema{Kind: config.String, GoType: "string"}},
		{Key: "pause", Name: "Pause", Schema: config.Schema{Kind: config.Duration, GoType: "time.Duration", Default: "1s", HasDefault: true}},
		{Key: "layers", Name: "Layers", Schema: config.Schema{Kind: config.List, GoType: "[]layer", Elem: &config.Schema{
			Kind: config.Struct, GoType: "layer", Fields: []config.Field{
				{Key: "size", Name: "Size", Schema: config.Schema{Kind: config.Int, GoType: "int", Description: "Pixels of one side."}},
			}}}},
	}}
	text, err := json.Marshal(&schema)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// configured runs a program with a configuration and a schema, which must end by
// itself and not come as far as its model.
func configured(t *testing.T, text string, env map[string]string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	leak.Check(t)
	p := program(new(still))
	p.Config = FactoryConfig{Path: "configs/default.yaml", Text: text, Schema: schemaJSON(t)}
	p.New = func(*Inputs) (reactor.VideoModel, error) {
		t.Error("the model is constructed")
		return nil, errors.New("no model")
	}
	var out, errs bytes.Buffer
	lookup := func(name string) (string, bool) { value, ok := env[name]; return value, ok }
	code = run(t.Context(), p, append([]string{"--port=0", "--encoder=vp8"}, args...), lookup, nil, &out, &errs)
	return code, out.String(), errs.String()
}

// TestConfigMistakes holds that a wrong configuration is told before anything is
// opened, with all of its mistakes.
func TestConfigMistakes(t *testing.T) {
	tests := []struct {
		name, text string
		env        map[string]string
		args       []string
		want       string
	}{
		{"unknown key", "fsp: 1\n", nil, nil, "still: configs/default.yaml:1:1: fsp: no such key; did you mean fps?\n"},
		{"limit", "fps: 500\n", nil, nil, "still: configs/default.yaml:1:6: fps: want at most 120, got 500\n"},
		{"flag", "", nil, []string{"--model.fps", "fast"}, "still: --model.fps: want a whole number, got the text \"fast\"\n"},
		{"flag, unknown key", "", nil, []string{"--model.camera.fow=1"}, "still: --model.camera.fow: no such key; did you mean --model.camera.fov?\n"},
		{"reference", "fps: ${camera.fow}\ncamera: {fov: 60}\n", nil, nil,
			"still: configs/default.yaml:1:6: fps: ${camera.fow}: no such key camera.fow; did you mean ${camera.fov}?\n"},
		{"reference in a flag", "fps: 1\n", nil, []string{"--model.camera.fov=${fpz}"}, "still: --model.camera.fov: ${fpz}: no such key fpz; did you mean ${fps}?\n"},
		{"variable", "title: x/${oc.env:TITLE}\n", nil, nil,
			"still: configs/default.yaml:1:10: title: ${oc.env:TITLE}: the environment variable TITLE is not set; set it, or give a default: ${oc.env:TITLE,DEFAULT}\n"},
		{"variable of another type", "fps: ${oc.env:FPS}\n", map[string]string{"FPS": "fast"}, nil,
			"still: configs/default.yaml:1:6: fps: want a whole number, got the text \"fast\" from ${oc.env:FPS}\n"},
		{"circle", "fps: ${title}\ntitle: ${fps}\n", nil, nil, "still: configs/default.yaml:1:6: fps: refers to itself: fps → title → fps\n"},
		{"to be given", "fps: ???\n", nil, nil, "still: configs/default.yaml:1:6: fps: the value must be given: --model.fps=VALUE\n"},
		{"all of them", "fps: x\nfsp: 1\ntitle: ${t}\n", nil, []string{"--model.pause=1"},
			"still: --model.pause: want a duration such as 250ms or 1m30s, got 1\n" +
				"still: configs/default.yaml:1:6: fps: want a whole number, got the text \"x\"\n" +
				"still: configs/default.yaml:2:1: fsp: no such key; did you mean fps?\n" +
				"still: configs/default.yaml:3:8: title: ${t}: no such key t\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			code, stdout, stderr := configured(t, test.text, test.env, test.args...)
			if code != exitUsage || stdout != "" {
				t.Errorf("exit %d, %q", code, stdout)
			}
			if diff := cmp.Diff(test.want, stderr); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestExplainConfig(t *testing.T) {
	text := "fps: 30\ntitle: ${oc.env:WHO}/x\nlayers: [{size: '${oc.decode:${oc.env:SIZE}}'}, {size: '${fps}'}]\n"
	code, stdout, stderr := configured(t, text, map[string]string{"WHO": "me", "SIZE": "64"}, "--explain-config", "--model.fps=60", "--model.camera", "{fov: 90}")
	want := `fps         60                        --model.fps, over configs/default.yaml:1:6
title       me/x                      configs/default.yaml:2:8 as ${oc.env:WHO}/x, environment variable WHO
layers      [{size: 64}, {size: 60}]  configs/default.yaml:3:9, environment variable SIZE
camera.fov  90                        --model.camera, over default
pause       1s                        default
`
	if code != exitClean || stderr != "" {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	if diff := cmp.Diff(want, stdout); diff != "" {
		t.Error(diff)
	}
}

// TestExplainConfigMistakes holds that what is right is explained beside what is
// wrong.
func TestExplainConfigMistakes(t *testing.T) {
	code, stdout, stderr := configured(t, "fps: 30\ntitle: ${t}\n", nil, "--explain-config", "--model.pause=2s")
	want := `fps         30      configs/default.yaml:1:6
title       "${t}"  configs/default.yaml:2:8
camera.fov  60      default
pause       2s      --model.pause, over default
`
	if code != exitUsage || stderr != "still: configs/default.yaml:2:8: title: ${t}: no such key t\n" {
		t.Errorf("exit %d\n%s", code, stderr)
	}
	if diff := cmp.Diff(want, stdout); diff != "" {
		t.Error(diff)
	}
}

func TestConfigHelp(t *testing.T) {
	code, stdout, _ := configured(t, "fps: 30\n", nil, "--config-help", "--model.title=a b")
	want := `The configuration of still; VALUE is YAML, and these are the values without further flags:

  --model.fps=30
        int, at least 1, at most 120
        Frames a second.
  --model.camera.fov=60
        float64, default 60
  --model.title='a b'
        string
  --model.pause=1s
        time.Duration, default 1s
  --model.layers=VALUE
        []layer
  layers[].size
        int
        Pixels of one side.
`
	if code != exitClean {
		t.Errorf("exit %d", code)
	}
	if diff := cmp.Diff(want, stdout); diff != "" {
		t.Error(diff)
	}
}

func TestConfigHelpWithoutSchema(t *testing.T) {
	code, stdout, _ := once(t, program(new(still)), "--config-help")
	want := `still does not say which keys it reads: its generated code has no schema of the configuration.

The keys of the file:
  --model.fps=30         frames a second
  --model.camera.fov=60
`
	if code != exitClean {
		t.Errorf("exit %d", code)
	}
	if diff := cmp.Diff(want, stdout); diff != "" {
		t.Error(diff)
	}
}

// TestConfigFromEnvironment holds that the model gets what the environment, the
// file of -c and the flags make together.
func TestConfigFromEnvironment(t *testing.T) {
	file := filepath.Join(t.TempDir(), "night.yaml")
	if err := os.WriteFile(file, []byte("fps: ${oc.env:FPS}\ncamera: {fov: '${oc.env:FOV,75.5}'}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := program(new(still))
	p.Config = FactoryConfig{Path: "configs/default.yaml", Text: "fps: 1\n", Schema: schemaJSON(t)}
	var got struct {
		settings `yaml:",inline"`
		Title    string        `yaml:"title"`
		Pause    time.Duration `yaml:"pause"`
		Layers   []any         `yaml:"layers"`
	}
	p.New = func(in *Inputs) (reactor.VideoModel, error) {
		return nil, errors.Join(in.Decode(&got), errors.New("enough"))
	}
	env := func(name string) (string, bool) { return "24", name == "FPS" }
	var out, errs bytes.Buffer
	if code := run(t.Context(), p, []string{"--port=0", "--encoder=vp8", "-c", file, "--model.title=${camera.fov} mm"}, env, nil, &out, &errs); code != exitFailed {
		t.Errorf("exit %d\n%s", code, errs.String())
	}
	if got.FPS != 24 || got.Camera.FOV != 75.5 || got.Title != "75.5 mm" || got.Pause != time.Second {
		t.Errorf("got %+v\n%s", got, errs.String())
	}
}

func TestSchemaOfGeneratedCode(t *testing.T) {
	p := program(new(still))
	p.Config.Schema = "{"
	if code, _, stderr := once(t, p); code != exitFailed || stderr == "" {
		t.Errorf("exit %d, %q", code, stderr)
	}
}

// TestConfigPage holds that docs/config.md shows what the program prints for the
// file on that page.
func TestConfigPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/config.md")
	if err != nil {
		t.Fatal(err)
	}
	between := func(from, to string) string {
		_, rest, there := strings.Cut(string(page), from)
		text, _, ends := strings.Cut(rest, to)
		if !there || !ends {
			t.Fatalf("the page has no %q", from)
		}
		return text
	}
	p := program(new(still))
	p.Config = FactoryConfig{Path: "configs/default.yaml", Text: between("```yaml\n", "```")}
	var out, errs bytes.Buffer
	env := func(name string) (string, bool) { return "abc", name == "API_KEY" }
	if code := run(t.Context(), p, []string{"--explain-config", "--model.fps=60"}, env, nil, &out, &errs); code != exitClean {
		t.Fatal(errs.String())
	}
	if diff := cmp.Diff(between("--explain-config --model.fps=60\n", "```"), out.String()); diff != "" {
		t.Error(diff)
	}
}
