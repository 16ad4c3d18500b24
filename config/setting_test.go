package config

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSettings(t *testing.T) {
	d := parsed(t, `
# How it runs.
fps: 30   # frames a second
camera:
  lens: wide
  sizes: [1, {a: b}] # pixels
title: "yes"
odd: 'a: b # c'
text: "1\n2"
none:
empty: {}
map: &m {x: 0x10}
again: *m
`)
	if err := d.Override("fps", "60"); err != nil {
		t.Fatal(err)
	}
	want := []Setting{
		{"fps", "60", "", "--model.fps, over model.yaml:3:6"}, {"camera.lens", "wide", "", "model.yaml:5:9"},
		{"camera.sizes", "[1, {a: b}]", "pixels", "model.yaml:6:10"}, {"title", `"yes"`, "", "model.yaml:7:8"},
		{"odd", `"a: b # c"`, "", "model.yaml:8:6"}, {"text", `"1\n2"`, "", "model.yaml:9:7"}, {"none", "null", "", "model.yaml:10:6"},
		{"empty", "{}", "", "model.yaml:11:8"}, {"map.x", "0x10", "", "model.yaml:12:13"}, {"again.x", "0x10", "", "model.yaml:12:13"},
	}
	if diff := cmp.Diff(want, d.Settings()); diff != "" {
		t.Error(diff)
	}
}

// TestSettingsReadBack holds that each value means the same after --model.KEY=.
func TestSettingsReadBack(t *testing.T) {
	d := parsed(t, "a: [1e3, 'x, y', \"1\", null, ~, 1:30, '[', '', ' ', \"\\t\", ü, '#', '%', '@', '- a', \"\\0\"]\nc: ${x}\n")
	var again Document
	for _, s := range d.Settings() {
		if err := again.Override(s.Key, s.Value); err != nil {
			t.Errorf("%+v: %v", s, err)
		}
	}
	want, err := d.Values()
	if err != nil {
		t.Fatal(err)
	}
	got, err := again.Values()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
