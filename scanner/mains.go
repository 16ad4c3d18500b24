package scanner

import (
	"bytes"
	"path"
	"path/filepath"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// mains lists the files at places where a generated main may stand.
func (t *tree) mains() (paths []string) {
	for _, f := range t.files {
		if isMainPlace(f.path) {
			paths = append(paths, f.path)
		}
	}
	return paths
}

// isMainPlace tells whether a generated main may stand at a path.
func isMainPlace(name string) bool {
	inCmd, _ := path.Match("cmd/*/main.go", name)
	return inCmd || path.Base(name) == "reactor_main.go"
}

// askMains asks for what is where the model's main may stand: whoever looks at the
// mains later reads them past the disk. The walk does not know of a place behind a
// link.
func (s *scan) askMains(m *Model) {
	if m == nil {
		return
	}
	for _, main := range m.mains() {
		name := filepath.Join(s.root, filepath.FromSlash(main))
		_, _ = s.disk.ReadDir(filepath.Dir(name)) // that there is none is an answer, and so is a link
		_, _ = s.disk.Hash(name)
	}
}

// mains are the paths where the model's generated main may stand.
func (m *Model) mains() []string {
	return []string{path.Join("cmd", m.Name, "main.go"), path.Join(m.Package.Dir, "reactor_main.go")}
}

// others lists the names of the models in files that the build leaves out.
func (t *tree) others() (names []string) {
	for _, f := range t.files {
		if !f.left || f.test {
			continue
		}
		for _, d := range f.directives {
			if d.Verb == "model" {
				names = append(names, d.Value("name"))
			}
		}
	}
	return names
}

// goGenerate is how a line for "go generate" begins.
const goGenerate = "//go:generate "

// keepGenerateLine keeps the first line of the project that lets "go generate"
// write its main.
func (s *scan) keepGenerateLine(f *file, text []byte) {
	if !s.generateLine.IsZero() || !bytes.Contains(text, []byte(goGenerate)) {
		return
	}
	src := diag.NewSource(f.path, text)
	for n := 1; n <= src.Lines(); n++ {
		line := src.Line(n)
		if command, ok := strings.CutPrefix(line, goGenerate); ok && generates(command, f.dir()) {
			start := src.Offset(n, 1)
			s.generateLine = s.result.Sources.Add(f.path, text).Range(start, start+len(line))
			return
		}
	}
}

// generates tells whether a command that is run in the folder dir generates the
// main of the project at the root.
func generates(command, dir string) bool {
	ours, verb := false, false
	words := strings.Fields(command)
	for i, word := range words {
		name, _, _ := strings.Cut(path.Base(word), "@")
		ours = ours || strings.TrimSuffix(name, ".exe") == "reactor-gen"
		verb = verb || ours && word == "generate"
		switch {
		case (word == "-C" || word == "--chdir") && i+1 < len(words):
			dir = path.Join(dir, words[i+1])
		case strings.HasPrefix(word, "--chdir="):
			dir = path.Join(dir, strings.TrimPrefix(word, "--chdir="))
		}
	}
	return ours && verb && path.Clean(dir) == "."
}
