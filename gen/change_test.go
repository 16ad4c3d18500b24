package gen

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
)

// TestChanges changes one input each and wants it named.
func TestChanges(t *testing.T) {
	for want, change := range map[string]func(*scanner.Project){
		"": func(p *scanner.Project) {
			p.Dir, p.Model.Range.Line, p.Model.Args = "/elsewhere", 99, nil
			m := p.Model.Metadata
			m[0], m[1] = m[1], m[0]
		},
		`model renamed: "plasma" -> "tide"`: func(p *scanner.Project) { p.Model.Name = "tide" },
		`type changed: "plasma.Plasma (example.com/x/plasma)" -> "plasma.P (example.com/x/plasma)"`: func(p *scanner.Project) { p.Model.Type = "P" },
		`config changed: "configs/default.yaml" -> "a.yaml"`:                                        func(p *scanner.Project) { p.Model.Config = "a.yaml" },
		`config removed: "configs/default.yaml"`:                                                    func(p *scanner.Project) { p.Model.Config, p.ConfigText = "", "" },
		`config text changed`:                                                                       func(p *scanner.Project) { p.ConfigText += "\n" },
		`weights changed: "palette, vae-decoder" -> "palette"`:                                      func(p *scanner.Project) { p.Model.Weights = []string{"palette"} },
		`author changed: "Ada" -> "Eve"`:                                                            func(p *scanner.Project) { p.Model.Metadata[1].Value = "Eve" },
		`author removed: "Ada"; writer added: "Ada"`:                                                func(p *scanner.Project) { p.Model.Metadata[1].Key = "writer" },
		`license added: ""`: func(p *scanner.Project) {
			p.Model.Metadata = append(p.Model.Metadata, scanner.Field{Key: "license"})
		},
		`constructor removed: "New(config plasma.Config (example.com/x/plasma), weights) error"`: func(p *scanner.Project) { p.Model.Constructor = nil },
		`command set_speed changed`: func(p *scanner.Project) { p.Model.Commands[0].Params[0].Max = "5" },
		`command set_palette changed`: func(p *scanner.Project) {
			p.Model.Commands[1].Method = "Paint"
		},
		`command set_palette removed`:                    func(p *scanner.Project) { p.Model.Commands = p.Model.Commands[:1] },
		`command quick added; command set_speed removed`: func(p *scanner.Project) { p.Model.Commands[0].Name = "quick" },
		`message progress added`: func(p *scanner.Project) {
			p.Model.Messages = []scanner.Message{{Name: "progress", Type: typeOf("plasma", "Config")}}
		},
		`tracks added: "webcam video in"`: func(p *scanner.Project) {
			p.Model.Tracks = []scanner.Track{{Name: "webcam", Kind: "video", Direction: "in"}}
		},
		`tracks added: "depth video out: How far it is, microphone audio in"`: func(p *scanner.Project) {
			p.Model.Tracks = []scanner.Track{
				{Name: "depth", Kind: "video", Direction: "out", Description: "How far it is"},
				{Name: "microphone", Kind: "audio", Direction: "in"},
			}
		},
		`order of the commands changed`: func(p *scanner.Project) {
			c := p.Model.Commands
			c[0], c[1] = c[1], c[0]
		},
	} {
		t.Run(want, func(t *testing.T) {
			file, err := Generate(plasma())
			if err != nil {
				t.Fatal(err)
			}
			e := Existing{Text: file.Text}
			e.parse()
			p := plasma()
			change(p)
			if diff := cmp.Diff(want, diag.Changes(e.Changes(p))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestChangesHaveAPlace(t *testing.T) {
	file, err := Generate(plasma())
	if err != nil {
		t.Fatal(err)
	}
	e := Existing{Text: file.Text}
	e.parse()
	p := plasma()
	p.Model.Range = diag.Range{File: "plasma.go", Line: 1}
	p.Model.Args = map[string]diag.Range{"weights": {File: "plasma.go", Line: 2}, "version": {File: "plasma.go", Line: 3}}
	p.Model.Commands[0].Range = diag.Range{File: "plasma.go", Line: 4}
	p.Model.Weights = nil
	p.Model.Metadata = []scanner.Field{{Key: "version", Value: "2"}}
	p.Model.Commands = p.Model.Commands[:1]
	p.Model.Commands[0].Async = true
	got := make(map[string]int)
	for _, c := range e.Changes(p) {
		got[c.String()] = c.At.Line
	}
	want := map[string]int{
		`weights removed: "palette, vae-decoder"`: 2,
		`author removed: "Ada"`:                   1,
		`version changed: "1.0.0" -> "2"`:         3,
		`command set_palette removed`:             1,
		`command set_speed changed`:               4,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Another form of the output makes every main stale, and says so.
func TestChangeOfFormat(t *testing.T) {
	p := plasma()
	old := stampOf(p, shortSum)
	old.Format = outputFormat - 1
	e := Existing{Stamp: old, inputs: "others"}
	if got := diag.Changes(e.Changes(p)); got != "form of what reactor-gen writes changed" {
		t.Errorf("got %q", got)
	}
}
