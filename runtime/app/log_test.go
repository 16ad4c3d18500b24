package app

import (
	"log/slog"
	"regexp"
	"strings"
	"testing"
)

func TestLog(t *testing.T) {
	for _, verbose := range []bool{false, true} {
		f := flags{}
		if verbose {
			f.logLevel = logLevel(slog.LevelDebug)
		}
		var b strings.Builder
		log := newLog(&b, f).With("model", "still").WithGroup("g")
		log.Debug("seen only when asked for")
		log.Error("the model panicked", "error", "oh", "stack", "goroutine 1 [running]:\nmain.f()\n\tmain.go:7\n")
		log.Info("and went on", "n", 1)
		want := "level=ERROR msg=\"the model panicked\" model=still g.error=oh\n" +
			"    goroutine 1 [running]:\n    main.f()\n    \tmain.go:7\n" +
			"level=INFO msg=\"and went on\" model=still g.n=1\n"
		if verbose {
			want = "level=DEBUG msg=\"seen only when asked for\" model=still\n" + want
		}
		if got := regexp.MustCompile(`time=\S+ `).ReplaceAllString(b.String(), ""); got != want {
			t.Errorf("verbose %t\n got %s\nwant %s", verbose, got, want)
		}
	}
}
