package load_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/internal/testproject"
)

var corpus = flag.String("corpus", "model*", "the projects of the corpus to compare with the reference")

// TestCorpusAgreesWithReference loads whole projects of the shared corpus, with all
// that is wrong with them.
func TestCorpusAgreesWithReference(t *testing.T) {
	testproject.All(t, *corpus, func(t *testing.T, whole *testproject.Project) {
		dir, err := filepath.EvalSymlinks(whole.Dir)
		if err != nil {
			t.Fatal(err)
		}
		p := &project{t: t, dir: dir, cache: cache.Open(t.TempDir(), cache.Limits{}), env: slices.Concat(os.Environ(), whole.Env, []string{"GOPROXY=off"})}
		p.tags = append([]string{"reactorgen"}, whole.Tags...)
		want := p.reference()
		first := p.load()
		agree(t, "first load", want, first)
		second := p.load()
		agree(t, "second load", want, second)
		if first.Why == "nothing is known yet" && second.Counts.Children > 0 {
			t.Errorf("second load: %v because %q, %+v", second.Level, second.Why, second.Counts)
		}
		t.Logf("%v because %q, then %v because %q, fleeting %v", first.Level, first.Why, second.Level, second.Why, second.Fleeting)
	})
}
