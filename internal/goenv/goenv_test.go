package goenv_test

import (
	"slices"
	"testing"

	"github.com/reactorgen/reactor/internal/goenv"
)

func TestTags(t *testing.T) {
	for _, test := range []struct {
		flags string
		asked []string
		want  []string
	}{
		{"", nil, nil},
		{"-mod=mod -tags=a,b", nil, []string{"a", "b"}},
		{"--tags=a -v -tags=b", nil, []string{"b"}},
		{`"-tags=a b" -v`, nil, []string{"a", "b"}},
		{`-v '-tags=a b'`, nil, []string{"a", "b"}},
		{`'-tags=a b`, nil, []string{"a", "b"}},
		{"\t-tags=a\n", nil, []string{"a"}},
		{"-tags=a", []string{"b", "c d"}, []string{"b", "c", "d"}},
	} {
		e := goenv.New([]string{"GOENV=off", "GOFLAGS=" + test.flags})
		if got := e.Tags(test.asked); !slices.Equal(got, test.want) {
			t.Errorf("%q and %q: got %q, want %q", test.flags, test.asked, got, test.want)
		}
	}
}

func TestOutcome(t *testing.T) {
	base := []string{"PATH=/nowhere", "HOME=/home/a", "GOPROXY=a", "GOCACHE=/c"}
	same := func(more ...string) bool {
		return goenv.Outcome(base) == goenv.Outcome(slices.Concat(base, more))
	}
	for _, harmless := range []string{"GOPROXY=b", "GOCACHE=/d", "EDITOR=vi", "GOMAXPROCS=1", "GOTRACEBACK=all"} {
		if !same(harmless) {
			t.Errorf("%s matters", harmless)
		}
	}
	for _, matters := range []string{
		"GOFLAGS=-mod=vendor", "GOOS=plan9", "GOARCH=arm", "GOARM=6", "GOEXPERIMENT=x", "CGO_ENABLED=0", "CC=clang", "CGO_CFLAGS=-g",
		"GOWORK=off", "GOPATH=/p", "GOMODCACHE=/m", "GOROOT=/r", "GOTOOLCHAIN=local", "GOENV=off", "GO111MODULE=off",
		"GOPACKAGESDRIVER=x", "HOME=/home/b", "XDG_CONFIG_HOME=/x", "GODEBUG=x=1", "GOFIPS140=latest",
	} {
		if same(matters) {
			t.Errorf("%s does not matter", matters)
		}
	}
}
