package scanner

import (
	"fmt"
	"go/build"
	"go/build/constraint"
	"path"
	"runtime"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// knownOS and knownArch are the words that the go command takes for a platform
// at the end of a file's name.
const (
	knownOS = " aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris" +
		" wasip1 windows zos "
	knownArch = " 386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x sparc64 wasm "
)

func isPlatform(known, word string) bool { return strings.Contains(known, " "+word+" ") }

// unixes are the systems for which the tag "unix" is set.
const unixes = " aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris "

// tagSet tells whether a build tag is set.
func tagSet(b *build.Context, tag string) bool {
	switch {
	case slices.Contains(b.BuildTags, tag), slices.Contains(b.ToolTags, tag), slices.Contains(b.ReleaseTags, tag):
		return true
	case tag == "cgo":
		return b.CgoEnabled
	case tag == "unix":
		return isPlatform(unixes, b.GOOS)
	case tag == "linux":
		return b.GOOS == "linux" || b.GOOS == "android"
	case tag == "solaris":
		return b.GOOS == "solaris" || b.GOOS == "illumos"
	case tag == "darwin":
		return b.GOOS == "darwin" || b.GOOS == "ios"
	}
	return tag == b.GOOS || tag == b.GOARCH || tag == runtime.Compiler
}

// exclusion is why a build constraint leaves a file out.
type exclusion struct {
	at     diag.Range // the guilty part, or the file's first line
	label  string
	reason string
	help   string
}

// exclusion evaluates a file's name and its //go:build line. The file has been
// read.
func (s *scan) exclusion(f *file) exclusion {
	e := exclusion{at: f.src.Range(0, 0)}
	base := path.Base(f.path)
	if base[0] == '_' || base[0] == '.' {
		e.reason = fmt.Sprintf("the go command ignores files whose name begins with %q", base[:1])
		e.help = "rename " + f.path
		return e
	}
	if word, want := s.nameConstraint(base); word != "" {
		e.reason = fmt.Sprintf("file name suffix _%s requires %s=%s; building for %s/%s", word, want, word, s.build.GOOS, s.build.GOARCH)
		e.help = fmt.Sprintf("build for %s, or rename %s", word, f.path)
		return e
	}
	for line := 1; line <= f.src.Lines(); line++ {
		text := f.src.Line(line)
		if !constraint.IsGoBuild(text) {
			continue
		}
		if expr, err := constraint.Parse(text); err == nil {
			return s.explain(f, line, text, expr)
		}
	}
	e.reason = "the go command does not build it"
	return e
}

// nameConstraint returns the end of a file's name that asks for another
// platform, and what it asks for.
func (s *scan) nameConstraint(base string) (word, want string) {
	parts := strings.Split(strings.TrimSuffix(base, ".go"), "_")[1:]
	for i := max(len(parts)-2, 0); i < len(parts); i++ {
		switch word := parts[i]; {
		case isPlatform(knownOS, word) && !tagSet(&s.build, word):
			return word, "GOOS"
		case isPlatform(knownArch, word) && word != s.build.GOARCH && i == len(parts)-1:
			return word, "GOARCH"
		}
	}
	return "", ""
}

// explain says which tags of a //go:build line make it false.
func (s *scan) explain(f *file, line int, text string, expr constraint.Expr) exclusion {
	guilty := s.blame(expr, true)
	var missing, reasons, others []string
	platform := false
	for _, tag := range guilty {
		if tagSet(&s.build, tag) {
			reasons = append(reasons, fmt.Sprintf("tag %q is set", tag))
			platform = true
			continue
		}
		reasons = append(reasons, fmt.Sprintf("tag %q is not set", tag))
		missing = append(missing, tag)
		platform = platform || isPlatform(knownOS, tag) || isPlatform(knownArch, tag) || tag == "cgo" || strings.HasPrefix(tag, "go1.")
	}
	for _, tag := range tagsOf(expr) {
		if !slices.Contains(guilty, tag) {
			others = append(others, fmt.Sprintf("%s: %t", tag, tagSet(&s.build, tag)))
		}
	}
	column := max(strings.Index(text, guilty[0]), 0)
	start := f.src.Offset(line, column+1)
	e := exclusion{at: f.src.Range(start, start+len(guilty[0])), reason: strings.Join(reasons, ", ")}
	e.label = e.reason
	if len(others) > 0 {
		e.label += " (" + strings.Join(others, ", ") + ")"
	}
	if platform {
		e.help = fmt.Sprintf("building for %s/%s; change the constraint, or build for what it asks for", s.build.GOOS, s.build.GOARCH)
	} else {
		tags := strings.Join(append(slices.Clone(s.options.Tags), missing...), ",")
		e.help = fmt.Sprintf("reactor-gen -tags=%s (and go build -tags=%s)", tags, tags)
	}
	return e
}

// blame returns the tags that keep an expression from being as wanted.
func (s *scan) blame(expr constraint.Expr, want bool) []string {
	value := expr.Eval(func(tag string) bool { return tagSet(&s.build, tag) })
	if value == want {
		return nil
	}
	switch x := expr.(type) {
	case *constraint.NotExpr:
		return s.blame(x.X, !want)
	case *constraint.AndExpr:
		return append(s.blame(x.X, want), s.blame(x.Y, want)...)
	case *constraint.OrExpr:
		return append(s.blame(x.X, want), s.blame(x.Y, want)...)
	case *constraint.TagExpr:
		return []string{x.Tag}
	}
	return nil
}

// tagsOf returns the tags of an expression in order, each once.
func tagsOf(expr constraint.Expr) (tags []string) {
	switch x := expr.(type) {
	case *constraint.NotExpr:
		return tagsOf(x.X)
	case *constraint.AndExpr:
		tags = append(tagsOf(x.X), tagsOf(x.Y)...)
	case *constraint.OrExpr:
		tags = append(tagsOf(x.X), tagsOf(x.Y)...)
	case *constraint.TagExpr:
		return []string{x.Tag}
	}
	var once []string
	for _, tag := range tags {
		if !slices.Contains(once, tag) {
			once = append(once, tag)
		}
	}
	return once
}
