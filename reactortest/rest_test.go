package reactortest_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/reactorgen/reactor"
	"github.com/reactorgen/reactor/reactortest"
)

// moment is what all times of TestSameOnEveryRun are multiples of, so that the
// model, the player of its blocks and the test often come to life at once.
const moment = 25 * time.Millisecond

// restless is a model whose blocks have one size and take changing times; it waits
// and shows a picture in between.
func restless(random *rand.Rand, step *byte) modelFunc {
	frames, times := 1+random.IntN(5), make([]time.Duration, 7)
	for i := range times {
		times[i] = time.Duration(random.IntN(12)) * moment
	}
	return func(ctx reactor.Context) error {
		b, level := reactor.NewBlock(frames, 2, 2), byte(0)
		for i := 0; !ctx.ShouldStop(); i++ {
			time.Sleep(times[i%len(times)])
			for j := range frames {
				level += *step
				b.Frame(j)[0] = level
			}
			if err := ctx.EmitBlock(b); err != nil {
				return err
			}
			if i%5 == 0 {
				ctx.Wait(times[i%3])
				ctx.EmitImage(nil)
			}
		}
		return nil
	}
}

// trace plays a session and writes down what there is to see of it.
func trace(t *testing.T, seed uint64) (seen []string) {
	synctest.Test(t, func(t *testing.T) {
		random, step := rand.New(rand.NewPCG(seed, 1)), byte(1)
		s := reactortest.Start(t, restless(random, &step))
		for i := range 100 {
			f := s.Play(time.Duration(random.IntN(8)) * moment)
			seen = append(seen, fmt.Sprint("frame ", f.Number, f.PTS, f.Shown, f.Hash()))
			if i%3 == 0 {
				seen = append(seen, fmt.Sprint("holds from ", s.Do(func() { step++ })))
			}
		}
	})
	return seen
}

func TestSameOnEveryRun(t *testing.T) {
	for seed := range uint64(100) {
		first := trace(t, seed)
		for range 3 {
			again := trace(t, seed)
			for i := range first {
				if first[i] != again[i] {
					t.Fatalf("seed %d: %s, and in another run %s", seed, first[i], again[i])
				}
			}
			if len(slices.Compact(again)) < 20 {
				t.Fatalf("seed %d: hardly anything happens: %v", seed, again)
			}
		}
	}
}
