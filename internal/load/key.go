package load

import (
	"crypto/sha256"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/internal/goenv"
)

// typesKind is the kind of the store's entries in the cache.
const typesKind = "types"

// typesForm is part of every key: another digest or another form of the entries
// needs another one.
const typesForm = "types 1"

// askedKey is a hash of all that the go command is asked, and by whom.
func (l *Loader) askedKey(patterns []string) cache.Key {
	if l.environment == "" {
		l.environment = goenv.Outcome(l.options.Env)
	}
	return hashOf("asked", graphForm, runtime.Version(), l.options.Dir, strings.Join(l.options.Tags, ","),
		l.options.Build.GOOS, l.options.Build.GOARCH, fmt.Sprint(l.options.Build.CgoEnabled),
		l.environment, strings.Join(patterns, "\n"))
}

func hashOf(parts ...string) cache.Key {
	h := sha256.New()
	for _, part := range parts {
		fmt.Fprintln(h, len(part))
		io.WriteString(h, part)
	}
	return cache.Key(h.Sum(nil))
}

// setFixedKeys gives every fixed package its key: the folder of its version and
// the names of its files say what it is.
func (g *graph) setFixedKeys(arch, goVersion string) {
	for _, n := range g.nodes {
		if n.kind == fixed {
			n.key = g.keyOf(n, arch, goVersion, n.files, func(to int) cache.Key { return g.nodes[to].key })
		}
	}
}

// keyOf is a hash of what a package's types, and its errors, depend on. Sources say
// what its files are.
func (g *graph) keyOf(n *node, arch, goVersion string, sources []string, of func(to int) cache.Key) cache.Key {
	parts := []string{typesForm, runtime.Version(), arch, n.path, n.name, n.dir, g.goVersion(n), fmt.Sprint(n.kind)}
	if n.std {
		parts = append(parts, goVersion)
	}
	parts = append(parts, sources...)
	for _, e := range n.imports {
		key := of(e.to)
		parts = append(parts, e.path, g.nodes[e.to].path, string(key[:]))
	}
	return hashOf(parts...)
}

// sources says what a package's files are: their names, and hashes of their
// content. It is nil when one cannot be read.
func (l *Loader) sources(n *node) []string {
	all := slices.Clone(n.files)
	for i, name := range all {
		sum, err := l.disk.Hash(filepath.Join(n.dir, name))
		if err != nil {
			return nil
		}
		all[i] = name + "\x00" + string(sum[:])
	}
	return all
}
