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
