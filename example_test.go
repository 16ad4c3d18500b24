package reactor_test

import (
	"fmt"
	"image"
	"image/color"

	"github.com/reactorgen/reactor"
)

// Pulse shows a gray picture whose brightness the viewer sets.
//
//reactor:model name=pulse
type Pulse struct {
	block *reactor.Block
	level byte
}

// SetLevel sets the brightness. It runs inside EmitBlock and ShouldStop, on the
// goroutine of StartSession.
//
//reactor:command set_level
//reactor:param level min=0 max=255
func (p *Pulse) SetLevel(level int) { p.level = byte(level) }

// StartSession implements [reactor.VideoModel].
func (p *Pulse) StartSession(ctx reactor.Context) error {
	p.level, p.block = 128, reactor.NewBlock(1, 360, 640)
	for !ctx.ShouldStop() {
		for i := range p.block.Pix {
			p.block.Pix[i] = p.level
		}
		if err := ctx.EmitBlock(p.block); err != nil {
			return err
		}
	}
	return nil
}

func Example() {
	var model reactor.VideoModel = &Pulse{}
	fmt.Printf("%T is a model\n", model)
	// Output: *reactor_test.Pulse is a model
}

func ExampleBlockOf() {
	img := image.NewRGBA(image.Rect(0, 0, 2, 1))
	img.Set(1, 0, color.RGBA{R: 255, G: 128, A: 255})
	fmt.Println(reactor.BlockOf(img).Pix)
	// Output: [0 0 0 255 128 0]
}

func ExampleBlock_Row() {
	b := reactor.NewBlock(2, 2, 1)
	copy(b.Row(1, 0), []byte{1, 2, 3})
	fmt.Println(b.Pix)
	// Output: [0 0 0 0 0 0 1 2 3 0 0 0]
}

func ExampleConfig() {
	cfg := reactor.NewConfig(map[string]any{"camera": map[string]any{"fov": 60}})
	fov, err := cfg.Float("camera.fov", 90)
	fmt.Println(fov, err)
	far, err := cfg.Float("camera.far", 100)
	fmt.Println(far, err)
	// Output:
	// 60 <nil>
	// 100 <nil>
}
