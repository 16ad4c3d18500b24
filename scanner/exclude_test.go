package scanner

import (
	"go/build"
	"testing"
)

// TestTagSetAgreesWithTheGoCommand asks Go's own matcher about every tag.
func TestTagSetAgreesWithTheGoCommand(t *testing.T) {
	for _, platform := range [][2]string{{"linux", "amd64"}, {"android", "arm64"}, {"darwin", "arm64"}, {"ios", "arm64"}, {"windows", "amd64"}, {"illumos", "amd64"}} {
		ctx := build.Default
		ctx.GOOS, ctx.GOARCH, ctx.CgoEnabled, ctx.BuildTags = platform[0], platform[1], false, []string{"cuda"}
		for _, tag := range []string{"linux", "android", "darwin", "ios", "windows", "solaris", "illumos", "unix", "amd64", "arm64", "cgo", "gc", "gccgo", "cuda", "other", "go1.1", "go1.999"} {
			dir := t.TempDir()
			write(t, dir+"/a.go", "//go:build "+tag+"\n\npackage a\n")
			want, err := ctx.MatchFile(dir, "a.go")
			if err != nil {
				t.Fatal(err)
			}
			if got := tagSet(&ctx, tag); got != want {
				t.Errorf("%v: tag %s is set: %t, want %t", platform, tag, got, want)
			}
		}
	}
}
