package reactor_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/reactorgen/reactor"
)

func values() *reactor.Config {
	return reactor.NewConfig(map[string]any{
		"fps": 30, "scale": 7.5, "steps": 8.0, "half": 0.5, "on": true, "title": "x", "none": nil, "list": []any{1},
		"camera": map[string]any{"fov": 60, "lens": map[string]any{"name": "wide"}},
		"huge":   1e300, "nan": math.NaN(),
	})
}

func TestConfigGet(t *testing.T) {
	tests := []struct {
		key   string
		want  any
		there bool
	}{
		{"fps", 30, true}, {"camera.fov", 60, true}, {"camera.lens.name", "wide", true}, {"none", nil, true},
		{"", nil, false}, {"fsp", nil, false}, {"camera.fov.x", nil, false}, {"camera.", nil, false}, {"list.0", nil, false},
	}
	for _, test := range tests {
		if got, there := values().Get(test.key); got != test.want || there != test.there {
			t.Errorf("Get(%q) = %v, %v", test.key, got, there)
		}
	}
}

func TestConfigTyped(t *testing.T) {
	c := values()
	tests := []struct {
		name string
		got  func() (any, error)
		want any
		err  string
	}{
		{"text", func() (any, error) { return c.String("title", "y") }, "x", ""},
		{"text, missing", func() (any, error) { return c.String("camera.title", "y") }, "y", ""},
		{"text, number", func() (any, error) { return c.String("fps", "y") }, "y", `config key "fps": want text, got 30`},
		{"bool", func() (any, error) { return c.Bool("on", false) }, true, ""},
		{"bool, missing", func() (any, error) { return c.Bool("off", true) }, true, ""},
		{"bool, null", func() (any, error) { return c.Bool("none", true) }, true, `config key "none": want true or false, got nothing (null)`},
		{"float", func() (any, error) { return c.Float("scale", 1) }, 7.5, ""},
		{"float, whole", func() (any, error) { return c.Float("camera.fov", 1) }, 60.0, ""},
		{"float, missing", func() (any, error) { return c.Float("camera.fow", 1) }, 1.0, ""},
		{"float, text", func() (any, error) { return c.Float("title", 1) }, 1.0, `config key "title": want a number, got "x"`},
		{"int", func() (any, error) { return c.Int("fps", 1) }, 30, ""},
		{"int, whole float", func() (any, error) { return c.Int("steps", 1) }, 8, ""},
		{"int, missing", func() (any, error) { return c.Int("fsp", 1) }, 1, ""},
		{"int, fraction", func() (any, error) { return c.Int("half", 1) }, 1, `config key "half": want a whole number, got 0.5`},
		{"int, huge", func() (any, error) { return c.Int("huge", 1) }, 1, `config key "huge": want a whole number, got 1e+300`},
		{"int, not a number", func() (any, error) { return c.Int("nan", 1) }, 1, `config key "nan": want a whole number, got NaN`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := test.got()
			if got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
			if (err != nil || test.err != "") && fmt.Sprint(err) != test.err {
				t.Errorf("got  %v\nwant %s", err, test.err)
			}
		})
	}
}

func TestConfigZero(t *testing.T) {
	var c reactor.Config
	if got, err := c.Int("fps", 30); got != 30 || err != nil {
		t.Errorf("got %v, %v", got, err)
	}
	if got := c.Keys(); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestConfigKeys(t *testing.T) {
	want := []string{"camera", "fps", "half", "huge", "list", "nan", "none", "on", "scale", "steps", "title"}
	if got := values().Keys(); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestConfigDuration(t *testing.T) {
	c := reactor.NewConfig(map[string]any{"fade": "250ms", "none": 0, "bare": 5, "word": "soon", "null": nil})
	for key, want := range map[string]string{
		"fade": "250ms <nil>", "none": "0s <nil>", "missing": "1s <nil>",
		"bare": `1s config key "bare": want a duration such as 250ms, got 5`,
		"word": `1s config key "word": want a duration such as 250ms, got "soon"`,
		"null": `1s config key "null": want a duration such as 250ms, got nothing (null)`,
	} {
		got, err := c.Duration(key, time.Second)
		if text := fmt.Sprint(got, err); text != want {
			t.Errorf("%s: got %s, want %s", key, text, want)
		}
	}
}

func TestConfigStrings(t *testing.T) {
	c := reactor.NewConfig(map[string]any{"tags": []any{"a", "b"}, "null": nil, "mixed": []any{"a", 1}, "word": "a"})
	for key, want := range map[string]string{
		"tags": "[a b] <nil>", "null": "[] <nil>", "missing": "[x] <nil>",
		"mixed": `[x] config key "mixed[1]": want text, got 1`,
		"word":  `[x] config key "word": want a list of texts, got "a"`,
	} {
		got, err := c.Strings(key, []string{"x"})
		if text := fmt.Sprint(got, err); text != want {
			t.Errorf("%s: got %s, want %s", key, text, want)
		}
	}
}
