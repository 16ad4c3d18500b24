package codec_test

import (
	"fmt"
	"time"

	"github.com/reactorgen/reactor/runtime/codec"
)

// One buffer serves for all frames, because Write keeps nothing of it. A model that
// draws faster than the encoder would see some frames dropped; here it waits.
func ExampleStage() {
	backends := codec.Backends()
	sent := make(chan struct{})
	stage := codec.NewStage(codec.StageOptions{
		Backend: backends[len(backends)-1],
		Output: func(p codec.Packet) {
			fmt.Printf("%v key=%t\n", p.PTS, p.Key)
			sent <- struct{}{}
		},
	})
	rgb := make([]byte, 320*180*3)
	for n := range 3 {
		for i := range rgb {
			rgb[i] = byte(i + n)
		}
		stage.Write(320, 180, rgb, time.Duration(n)*40*time.Millisecond)
		<-sent
	}
	if err := stage.Close(); err != nil {
		fmt.Println(err)
	}
	fmt.Println(stage.Stats().Encoded, "encoded,", stage.Stats().Dropped, "dropped")
	// Output:
	// 0s key=true
	// 40ms key=false
	// 80ms key=false
	// 3 encoded, 0 dropped
}
