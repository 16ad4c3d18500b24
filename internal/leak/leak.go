// Package leak holds tests to leaving no goroutine behind. For what runs on a
// virtual clock, testing/synctest sees to that; this is for what uses a network.
package leak

import (
	"runtime"
	"testing"
	"time"
)

// patience is how long goroutines have to come to their end after a test: some
// belong to libraries that nobody can wait for.
const patience = 10 * time.Second

// Check fails a test at whose end more goroutines run than do now. It is called
// first, so that it looks when all other clean-ups have been done.
func Check(t testing.TB) {
	t.Helper()
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		for end := time.Now().Add(patience); runtime.NumGoroutine() > before; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				stacks := make([]byte, 1<<20)
				t.Fatalf("%d goroutines are left of %d:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
			}
		}
	})
}
