package config

import (
	"math"
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

type camera struct {
	FOV  float64 `yaml:"fov"`
	Lens *string `yaml:"lens"`
}

type base struct {
	Seed uint64 `yaml:"seed"`
}

type name string

type full struct {
	base     `yaml:",inline"`
	Title    name
	FPS      int                   `yaml:"fps,omitempty"`
	Small    int8                  `yaml:"small"`
	Ratio    float32               `yaml:"ratio"`
	On       bool                  `yaml:"on"`
	Pause    time.Duration         `yaml:"pause"`
	Camera   camera                `yaml:"camera"`
	Backup   *camera               `yaml:"backup"`
	Sizes    []int                 `yaml:"sizes"`
	Pair     [2]int                `yaml:"pair"`
	Cameras  []camera              `yaml:"cameras"`
	ByName   map[name][]float64    `yaml:"by_name"`
	Anything any                   `yaml:"anything"`
	Address  netip.Addr            `yaml:"address"`
	Places   map[string]netip.Addr `yaml:"places"`
	Hidden   int                   `yaml:"-"`
}

func TestDecode(t *testing.T) {
	lens := "wide"
	tests := []struct {
		name, text string
		want       full
	}{
		{"nothing", "", full{FPS: 1}},
		{"untagged name", "title: x", full{FPS: 1, Title: "x"}},
		{"inlined", "seed: 0xFFFFFFFFFFFFFFFF", full{FPS: 1, base: base{Seed: math.MaxUint64}}},
		{"numbers", "fps: 1e3\nsmall: -128\nratio: 2\n", full{FPS: 1000, Small: -128, Ratio: 2}},
		{"infinity", "ratio: .inf", full{FPS: 1, Ratio: float32(math.Inf(1))}},
		{"truth", "on: yes", full{FPS: 1, On: true}},
		{"quoted key", "\"on\": no", full{FPS: 1}},
		{"duration", "pause: 1m30s", full{FPS: 1, Pause: 90 * time.Second}},
		{"duration zero", "pause: 0", full{FPS: 1}},
		{"text as written", "title: 1.10", full{FPS: 1, Title: "1.10"}},
		{"word as written", "title: no", full{FPS: 1, Title: "no"}},
		{"nested", "camera: {fov: 60, lens: wide}", full{FPS: 1, Camera: camera{60, &lens}}},
		{"pointer", "backup: {fov: 1}", full{FPS: 1, Backup: &camera{FOV: 1}}},
		{"empty section", "camera:\n  # fov: 3\n", full{FPS: 1}},
		{"null", "backup: ~\nsizes:\nby_name:\nanything:\n", full{FPS: 1}},
		{"lists", "sizes: [1, 2]\npair: [3, 4]\ncameras: [{fov: 1}, {lens: wide}]", full{
			FPS: 1, Sizes: []int{1, 2}, Pair: [2]int{3, 4}, Cameras: []camera{{FOV: 1}, {Lens: &lens}},
		}},
		{"maps", "by_name: {a: [1], 2: [2.5]}", full{FPS: 1, ByName: map[name][]float64{"a": {1}, "2": {2.5}}}},
		{"anything", "anything: {a: [1, ~]}", full{FPS: 1, Anything: map[string]any{"a": []any{1, nil}}}},
		{"text unmarshaler", "address: 127.0.0.1\nplaces: {a: 127.0.0.2}", full{
			FPS: 1, Address: netip.MustParseAddr("127.0.0.1"), Places: map[string]netip.Addr{"a": netip.MustParseAddr("127.0.0.2")},
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := full{FPS: 1}
			if err := parsed(t, test.text).Decode(&got); err != nil {
				t.Fatal(err)
			}
			opts := cmp.Options{cmp.AllowUnexported(full{}), cmp.Comparer(func(a, b netip.Addr) bool { return a == b })}
			if diff := cmp.Diff(test.want, got, opts); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDecodeMistakes(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"unknown key", "fsp: 1", "model.yaml:1:1: fsp: no such key; did you mean fps?"},
		{"unknown key below", "camera:\n  fow: 1", "model.yaml:2:3: camera.fow: no such key; did you mean camera.fov?"},
		{"nothing near", "camera: {brightness: 1}", "model.yaml:1:10: camera.brightness: no such key; there are fov, lens"},
		{"hidden", "backup: {hidden: 1}", "model.yaml:1:10: backup.hidden: no such key; there are fov, lens"},
		{"case", "FPS: 1", "model.yaml:1:1: FPS: no such key; did you mean fps?"},
		{"text for a number", "fps: fast", `model.yaml:1:6: fps: want a whole number, got the text "fast"`},
		{"fraction", "fps: 1.5", "model.yaml:1:6: fps: want a whole number, got 1.5"},
		{"not a number", "fps: .nan", "model.yaml:1:6: fps: want a whole number, got .nan"},
		{"truth for a number", "ratio: yes", "model.yaml:1:8: ratio: want a number, got yes"},
		{"number for truth", "on: 1", "model.yaml:1:5: on: want true or false, got 1"},
		{"null for a number", "fps:", "model.yaml:1:5: fps: want a whole number, got nothing (null)"},
		{"null for text", "title: ~", "model.yaml:1:8: title: want text, got nothing (null)"},
		{"list for text", "title: [a]", "model.yaml:1:8: title: want text, got a list"},
		{"too large", "small: 128", "model.yaml:1:8: small: want a whole number that fits into int8, got 128"},
		{"too large for float32", "ratio: 1e300", "model.yaml:1:8: ratio: want a number that fits into float32, got 1e300"},
		{"negative", "seed: -1", "model.yaml:1:7: seed: want a whole number that fits into uint64, got -1"},
		{"duration", "pause: 30", "model.yaml:1:8: pause: want a duration such as 250ms or 1m30s, got 30"},
		{"section", "camera: 3", "model.yaml:1:9: camera: want a mapping of keys to values, got 3"},
		{"map", "by_name: [1]", "model.yaml:1:10: by_name: want a mapping of names to values, got a list"},
		{"list", "sizes: 1", "model.yaml:1:8: sizes: want a list, got 1"},
		{"element", "cameras:\n- fov: 1\n- {fov: x}\n", `model.yaml:3:9: cameras[1].fov: want a number, got the text "x"`},
		{"array", "pair: [1, 2, 3]", "model.yaml:1:7: pair: want a list of 2, got a list of 3"},
		{"anything", "anything: 0xFFFFFFFFFFFFFFFF", "model.yaml:1:11: anything: 0xFFFFFFFFFFFFFFFF is too large"},
		{"text unmarshaler", "address: home", `model.yaml:1:10: address: ParseAddr("home"): unable to parse IP`},
		{"still to be given", "fps: ???", "model.yaml:1:6: fps: the value must be given: --model.fps=VALUE"},
		{"all of them", "small: 999\nfsp: 1\non: 3\n", "model.yaml:1:8: small: want a whole number that fits into int8, got 999\n" +
			"model.yaml:2:1: fsp: no such key; did you mean fps?\nmodel.yaml:3:5: on: want true or false, got 3"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := parsed(t, test.text).Decode(new(full))
			if got := text(err); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestDecodeOverrideMistakes(t *testing.T) {
	tests := []struct{ key, value, want string }{
		{"fps", "fast", `--model.fps: want a whole number, got the text "fast"`},
		{"camera", "{fov: x}", `--model.camera: camera.fov: want a number, got the text "x"`},
		{"fsp", "1", "--model.fsp: no such key; did you mean --model.fps?"},
		{"camera.fow", "1", "--model.camera.fow: no such key; did you mean --model.camera.fov?"},
	}
	for _, test := range tests {
		d := parsed(t, "fps: 30\ncamera: {fov: 60}\n")
		if err := d.Override(test.key, test.value); err != nil {
			t.Fatal(err)
		}
		if got := text(d.Decode(new(full))); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}

// TestDecodeKeepsTheRest holds that one mistake does not hide the good values.
func TestDecodeKeepsTheRest(t *testing.T) {
	var got struct{ A, B int }
	err := parsed(t, "a: x\nb: 2\n").Decode(&got)
	if err == nil || got.B != 2 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestDecodeInto(t *testing.T) {
	type endless struct{ Next *endless }
	var nobody *full
	tests := []struct {
		into any
		want string
	}{
		{nil, "config: cannot decode into <nil>: want a pointer to a struct"},
		{full{}, "config: cannot decode into config.full: want a pointer to a struct"},
		{nobody, "config: cannot decode into *config.full: want a pointer to a struct"},
		{new(int), "config: cannot decode into *int: want a pointer to a struct"},
		{&struct{ A chan int }{}, "config: struct { A chan int }.A has the type chan int, which a configuration cannot hold"},
		{&struct{ A map[int]string }{}, "config: struct { A map[int]string }.A has the type map[int]string, which a configuration cannot hold"},
		{&struct {
			A *int `yaml:",inline"`
		}{}, "config: struct { A *int \"yaml:\\\",inline\\\"\" }.A: only a struct can be inlined"},
		{&endless{}, ""},
		{&struct{ a chan int }{}, ""},
	}
	for _, test := range tests {
		if got := text(new(Document).Decode(test.into)); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}
