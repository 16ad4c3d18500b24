package leak

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// fake is a test whose clean-ups run when they are told to.
type fake struct {
	testing.TB
	cleanups []func()
	failed   string
}

func (f *fake) Helper()                      {}
func (f *fake) Cleanup(do func())            { f.cleanups = append(f.cleanups, do) }
func (f *fake) Fatalf(text string, _ ...any) { f.failed = text; panic(f) }

// end ends the test.
func (f *fake) end() {
	defer func() {
		if v := recover(); v != nil && v != any(f) {
			panic(v)
		}
	}()
	for _, do := range f.cleanups {
		do()
	}
}

func TestCheck(t *testing.T) {
	for _, test := range []struct {
		runs time.Duration // of a goroutine that the test leaves behind
		want string
	}{
		{0, ""},
		{patience / 2, ""},
		{2 * patience, "goroutines are left"},
	} {
		synctest.Test(t, func(t *testing.T) {
			f := &fake{}
			Check(f)
			go time.Sleep(test.runs)
			f.end()
			if (f.failed == "") != (test.want == "") || !strings.Contains(f.failed, test.want) {
				t.Errorf("a goroutine of %v: %q", test.runs, f.failed)
			}
			time.Sleep(3 * patience)
		})
	}
}
