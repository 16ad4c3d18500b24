package scanner

import (
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

// exclusion says why a file, which has been read, is left out: by its name, its
// build constraint, or its need for cgo.
func (s *scan) exclusion(f *file) diag.Exclusion {
	top := f.src.Range(0, 0)
	base := path.Base(f.path)
	if base[0] == '_' || base[0] == '.' {
		return diag.HiddenFile(top)
	}
	if word, variable := s.nameConstraint(base); word != "" {
		return diag.NameConstraint(top, word, variable, s.platform())
	}
	for _, line := range constraintLines(f.src) {
		text := f.src.Line(line)
		if expr, err := constraint.Parse(text); err == nil {
			if guilty := s.blame(expr, true); len(guilty) > 0 {
				start := f.src.Offset(line, columnOfTag(text, guilty[0]))
				return s.explain(f, f.src.Range(start, start+len(guilty[0])), guilty, expr)
			}
		}
	}
	if places := importsOf(f.src.Text, "C"); len(places) > 0 && !s.build.CgoEnabled {
		return diag.NeedsCgo(f.src.Range(places[0][0], places[0][1]), s.env.Lookup("CGO_ENABLED"))
	}
	return diag.NotBuilt(top)
}

// constraintLines are the lines of a file that constrain its builds: the
// //go:build line above the package clause or, without one, the older +build
// lines.
func constraintLines(src *diag.Source) (lines []int) {
	for line := 1; line <= src.Lines(); line++ {
		text := src.Line(line)
		switch {
		case constraint.IsGoBuild(text):
			return []int{line}
		case constraint.IsPlusBuild(text):
			lines = append(lines, line)
		case strings.HasPrefix(text, "package "):
			return lines
		}
	}
	return lines
}

// columnOfTag is where a tag stands in a constraint, from 1.
func columnOfTag(text, tag string) int {
	from := strings.Index(text, "build") + len("build")
	for at := from; at < len(text); {
		i := strings.Index(text[at:], tag)
		if i < 0 {
			break
		}
		at += i
		end := at + len(tag)
		if !isTagByte(text[at-1]) && (end == len(text) || !isTagByte(text[end])) {
			return at + 1
		}
		at = end
	}
	return from + 1
}

func isTagByte(c byte) bool {
	return c == '_' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func (s *scan) platform() string { return s.build.GOOS + "/" + s.build.GOARCH }

// nameConstraint returns the end of a file's name that asks for another
// platform, and the variable that it is about.
func (s *scan) nameConstraint(base string) (word, variable string) {
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

// explain tells of the tags that make a build constraint false, and which ones
// would let the file in if that is for the user to say.
func (s *scan) explain(f *file, at diag.Range, guilty []string, expr constraint.Expr) diag.Exclusion {
	var to, others []diag.Tag
	var enable []string
	for _, tag := range tagsOf(expr) {
		is := diag.Tag{Name: tag, Set: tagSet(&s.build, tag)}
		if !slices.Contains(guilty, tag) {
			others = append(others, is)
			continue
		}
		to = append(to, is)
		if !is.Set && !ofPlatform(tag) {
			enable = append(enable, tag)
		}
	}
	return diag.TagConstraint(at, to, others, s.tagsFor(f, enable), s.platform())
}

// tagsFor returns the tags with which a build would take a file: those that are
// set and as few as possible of some others. It returns nil when none do.
func (s *scan) tagsFor(f *file, others []string) []string {
	includes := func(more []string) bool {
		build := s.build
		build.BuildTags = slices.Concat(s.build.BuildTags, more)
		return !leaves(build, f.name, f.src.Text)
	}
	if len(others) == 0 || !includes(others) {
		return nil
	}
	for i := 0; i < len(others); {
		if fewer := slices.Concat(others[:i], others[i+1:]); includes(fewer) {
			others = fewer
		} else {
			i++
		}
	}
	return slices.Concat(s.tags, others)
}

// ofPlatform tells whether a tag is the go command's to set, or, by custom, never
// set.
func ofPlatform(tag string) bool {
	return isPlatform(knownOS, tag) || isPlatform(knownArch, tag) || tag == "unix" || tag == "cgo" ||
		tag == "gc" || tag == "gccgo" || tag == "ignore" || strings.HasPrefix(tag, "go1.")
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
