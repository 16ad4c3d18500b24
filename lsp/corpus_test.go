package lsp

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/internal/testproject"
	"github.com/reactorgen/reactor/scanner"
)

// TestCorpus opens all files of each project of the corpus, but for those of modules
// inside of it, and wants to be told what a scan finds.
func TestCorpus(t *testing.T) {
	if testing.Short() {
		t.Skip("it scans all projects twice")
	}
	testproject.All(t, "*", func(t *testing.T, p *testproject.Project) {
		options := scanner.Options{Dir: p.Dir, Tags: p.Tags, Env: p.Env}
		r, err := scanner.Scan(t.Context(), options)
		if err != nil {
			t.Fatal(err)
		}
		if isSeveral(r) || len(r.Ledger()) == 0 {
			t.Skip("it is not one project of ours")
		}
		module, _ := new(server).folderOf(filepath.Join(p.Dir, "x.go"))
		options.Cache = cache.Open(t.TempDir(), cache.Limits{})
		s := &storm{random: rand.New(rand.NewPCG(0, 0)), docs: make(map[string]*document), encoding: inUTF8}
		s.client = connect(t, strings.Replace(full, "utf-16", "utf-8", 1), p.Dir, options)
		err = filepath.WalkDir(p.Dir, func(name string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() || !isOurs(name) {
				return err
			}
			if in, _ := new(server).folderOf(name); in != module {
				return nil
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(p.Dir, name)
			rel = filepath.ToSlash(rel)
			s.docs[rel] = &document{path: rel, version: 1, text: text}
			s.open(rel, string(text))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		options.Cache = nil
		s.check(options)
		s.end()
	})
}
