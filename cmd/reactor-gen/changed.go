package main

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// changes are the lines of files that differ from another revision, by the name
// relative to the working directory. A file without spans is new as a whole.
type changes map[string][]span

// span are the lines from first to last. Where lines were only taken away, they
// are the two around that place.
type span struct{ first, last int }

// changedSince asks git which lines differ from a revision: those of the work
// tree with its new files, or those of the index.
func changedSince(ctx context.Context, g git, rev string, index bool) (changes, error) {
	if err := g.commit(ctx, rev); err != nil {
		return nil, err
	}
	args := []string{"-c", "core.quotePath=false", "diff", "--unified=0", "--relative", "--find-renames", "--text",
		"--ignore-cr-at-eol", "--no-color", "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/"}
	if index {
		args = append(args, "--cached")
	}
	out, err := g.run(ctx, append(args, rev, "--")...)
	if err != nil {
		return nil, err
	}
	c, err := readDiff(out)
	if err != nil || index {
		return c, err
	}
	untracked, err := g.names(ctx, "ls-files", "--others", "--exclude-standard", "-z")
	for _, name := range untracked {
		c[name] = nil
	}
	return c, err
}

// stagedFiles asks git which files differ in the index from the last commit.
func stagedFiles(ctx context.Context, g git) (changes, error) {
	names, err := g.names(ctx, "diff", "--cached", "--name-only", "--relative", "--no-renames", "--no-ext-diff", "-z", "--")
	c := make(changes)
	for _, name := range names {
		c[name] = nil
	}
	return c, err
}

// ofProject tells whether a file, by its name, is of those that a project is made of.
func ofProject(name string) bool {
	return slices.Contains([]string{".go", ".yaml", ".yml"}, path.Ext(name)) ||
		slices.Contains([]string{"go.mod", "go.sum", "go.work"}, path.Base(name))
}

// stagesOthers tells whether files are staged, anywhere in the repository, of which
// no project is made: the commit can change nothing that a check finds.
func stagesOthers(ctx context.Context, g git) (bool, error) {
	if _, err := g.run(ctx, "rev-parse", "--git-dir"); err != nil {
		return false, err
	}
	names, err := g.names(ctx, "diff", "--cached", "--name-only", "--no-renames", "--no-ext-diff", "-z", "--")
	return len(names) > 0 && !slices.ContainsFunc(names, ofProject), err
}

var errDiff = errors.New("cannot read what git diff prints")

// readDiff reads a diff without context. A line of a file may look like one of
// the diff, so that those of each hunk are counted and not looked at.
func readDiff(text string) (changes, error) {
	c := make(changes)
	name, skip := "", 0
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, `\ `): // no newline at the end of the file
		case skip > 0:
			skip--
		case strings.HasPrefix(line, "+++ "):
			var err error
			if name, err = diffName(line[len("+++ "):]); err != nil {
				return nil, err
			}
		case strings.HasPrefix(line, "@@ "):
			hunk, taken, err := readHunk(line)
			if err != nil || name == "" && hunk.last >= hunk.first {
				return nil, errors.Join(errDiff, err)
			}
			skip = taken + hunk.last - hunk.first + 1
			if hunk.last < hunk.first {
				hunk = span{hunk.first, hunk.first + 1}
			}
			if name != "" {
				c[name] = append(c[name], hunk)
			}
		}
	}
	if skip > 0 {
		return nil, errDiff
	}
	return c, nil
}

// diffName is the name in a +++ line, or empty for a file that is gone. Git ends
// one with a blank in it by a tab, and quotes one with a control character as C
// does.
func diffName(text string) (string, error) {
	text = strings.TrimSuffix(text, "\t")
	if text == "/dev/null" {
		return "", nil
	}
	if strings.HasPrefix(text, `"`) {
		unquoted, err := strconv.Unquote(text)
		if err != nil {
			return "", fmt.Errorf("%w: the name %s", errDiff, text)
		}
		text = unquoted
	}
	name, ok := strings.CutPrefix(text, "b/")
	if !ok {
		return "", fmt.Errorf("%w: the name %s", errDiff, text)
	}
	return name, nil
}

// readHunk reads "@@ -A,B +C,D @@": the lines of the new file, which are none when
// the last is before the first, and how many of the old one are taken away.
func readHunk(line string) (now span, taken int, err error) {
	words := strings.Fields(line)
	if len(words) < 3 {
		return now, 0, errDiff
	}
	_, taken, err = hunkRange(words[1], "-")
	if err != nil {
		return now, 0, err
	}
	first, count, err := hunkRange(words[2], "+")
	return span{first, first + count - 1}, taken, err
}

func hunkRange(word, sign string) (first, count int, err error) {
	word, ok := strings.CutPrefix(word, sign)
	start, size, several := strings.Cut(word, ",")
	if !several {
		size = "1"
	}
	first, err = strconv.Atoi(start)
	if err == nil {
		count, err = strconv.Atoi(size)
	}
	if err != nil || !ok || first < 0 || count < 0 {
		return 0, 0, errDiff
	}
	return first, count, nil
}

// touch tells whether a change is at a place, or at the comment and declaration
// that the place is in.
func (c changes) touch(sources *diag.Sources, at diag.Range) bool {
	spans, changed := c[at.File]
	if !changed || len(spans) == 0 || at.Line == 0 {
		return changed
	}
	first, last := at.Line, at.Line
	if src := sources.Get(at.File); src != nil {
		last = max(src.Span(at).EndLine, first)
		comment := func(line int) bool { return strings.HasPrefix(strings.TrimSpace(src.Line(line)), "//") }
		for comment(first - 1) {
			first--
		}
		for comment(last) {
			last++
		}
	}
	for _, s := range spans {
		if s.first <= last && first <= s.last {
			return true
		}
	}
	return false
}
