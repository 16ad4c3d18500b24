package scanner

import (
	"slices"
	"testing"
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
		e := newEnvironment([]string{"GOENV=off", "GOFLAGS=" + test.flags})
		if got := e.tags(test.asked); !slices.Equal(got, test.want) {
			t.Errorf("%q and %q: got %q, want %q", test.flags, test.asked, got, test.want)
		}
	}
}
