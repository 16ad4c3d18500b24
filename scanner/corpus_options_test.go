package scanner

import "github.com/reactorgen/reactor/internal/testproject"

// options are those that a project of the corpus is scanned with.
func options(p *testproject.Project) Options {
	return Options{Dir: p.Dir, Tags: p.Tags, Env: p.Env}
}
