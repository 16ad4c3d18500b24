package config_test

import (
	"fmt"

	"github.com/reactorgen/reactor/config"
)

func Example() {
	doc, err := config.Parse("configs/default.yaml", []byte("fps: 30\nsteps: few\nwdith: 640\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := doc.Override("fps", "60"); err != nil {
		fmt.Println(err)
		return
	}
	var cfg struct {
		FPS   int `yaml:"fps"`
		Steps int `yaml:"steps"`
		Width int `yaml:"width"`
	}
	err = doc.Decode(&cfg)
	fmt.Println(cfg.FPS)
	fmt.Println(err)
	// Output:
	// 60
	// configs/default.yaml:2:8: steps: want a whole number, got the text "few"
	// configs/default.yaml:3:1: wdith: no such key; did you mean width?
}

func ExampleDocument_Resolve() {
	doc, err := config.Parse("configs/default.yaml", []byte("root: /data\nframes: ${root}/frames\nsteps: ${oc.env:STEPS,8}\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := doc.Override("root", "/tmp"); err != nil {
		fmt.Println(err)
		return
	}
	steps := func(name string) (string, bool) { return "12", name == "STEPS" } // a program takes os.LookupEnv
	resolved, err := doc.Resolve(steps)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range resolved.Settings() {
		fmt.Printf("%s: %s (%s)\n", s.Key, s.Value, s.From)
	}
	// Output:
	// root: /tmp (--model.root, over configs/default.yaml:1:7)
	// frames: /tmp/frames (configs/default.yaml:2:9 as ${root}/frames)
	// steps: "12" (configs/default.yaml:3:8 as ${oc.env:STEPS,8}, environment variable STEPS)
}
