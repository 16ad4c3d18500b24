package scanner

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// Directives are written where gofmt puts them: at the end of the doc comment,
// behind a line "//" when there is text before them.

// goDirective is what gofmt takes for a directive.
var goDirective = pattern(`^//([a-z0-9]+:[a-z0-9]|line |extern |export )`)

func isEmptyComment(line string) bool { return strings.TrimRight(line, " \t") == "//" }

// formatted returns the lines of a doc comment as gofmt orders them: text first,
// without empty lines around it, then directives. It leaves a comment with other
// comments in it alone.
func formatted(lines []string) []string {
	if slices.ContainsFunc(lines, func(line string) bool { return !strings.HasPrefix(line, "//") }) {
		return lines
	}
	var text, directives []string
	for _, line := range lines {
		empty := isEmptyComment(line) && (len(text) == 0 || isEmptyComment(text[len(text)-1]))
		switch {
		case goDirective().MatchString(line):
			directives = append(directives, line)
		case !empty:
			text = append(text, line)
		}
	}
	if n := len(text); n > 0 && isEmptyComment(text[n-1]) {
		text = text[:n-1]
	}
	if len(text) > 0 && len(directives) > 0 {
		text = append(text, "//")
	}
	return append(text, directives...)
}

// added returns the lines of a doc comment with a directive.
func added(lines []string, directive string) []string {
	return formatted(append(slices.Clone(lines), directive))
}

// dropped returns the lines of a doc comment without line i.
func dropped(lines []string, i int) []string {
	return formatted(slices.Delete(slices.Clone(lines), i, i+1))
}

// rewritten returns the lines of a doc comment in which line i is a directive.
func rewritten(lines []string, i int, directive string) []string {
	lines = slices.Clone(lines)
	lines[i] = directive
	return formatted(lines)
}

// comments is a group of comments, a whole line each.
type comments struct {
	src    *diag.Source
	first  int // line
	indent string
	lines  []string // without the indent
}

// groupAt returns the comments around an offset, or nil when that is in none, or
// in some of several lines or behind code.
func (f *file) groupAt(offset int) *comments {
	if f.syntax == nil {
		return nil
	}
	for _, group := range f.syntax.Comments {
		if f.offset(group.Pos()) <= offset && offset < f.offset(group.End()) {
			return f.comments(group)
		}
	}
	return nil
}

// comments returns a group as lines, or nil when it is not one of whole lines.
func (f *file) comments(group *ast.CommentGroup) *comments {
	line, column := f.src.Position(f.offset(group.Pos()))
	c := &comments{src: f.src, first: line, indent: f.src.Line(line)[:column-1]}
	if strings.TrimSpace(c.indent) != "" {
		return nil
	}
	for i, comment := range group.List {
		text := f.src.Line(line + i)
		if strings.TrimRight(text, " \t") != c.indent+strings.TrimRight(comment.Text, " \t") {
			return nil
		}
		c.lines = append(c.lines, strings.TrimPrefix(text, c.indent))
	}
	return c
}

// after is the line behind the comments.
func (c *comments) after() int { return c.first + len(c.lines) }

// abut tells whether code follows on the next line. That makes them a doc comment
// where gofmt sees one.
func (c *comments) abut() bool {
	return c.after() <= c.src.Lines() && !isEmptyLine(c.src, c.after())
}

// index is which of the lines an offset is on.
func (c *comments) index(offset int) int {
	line, _ := c.src.Position(offset)
	return line - c.first
}

// become is the edit that makes the comments these lines, if they differ. When
// none are left, a blank line around them that gofmt would not leave goes with
// them.
func (c *comments) become(lines []string) []diag.Edit {
	before, after := make([]string, len(c.lines)), make([]string, len(lines))
	for i, line := range c.lines {
		before[i] = c.indent + line
	}
	for i, line := range lines {
		after[i] = c.indent + line
	}
	first := c.first
	if len(lines) == 0 {
		switch above := first == 1 || isEmptyLine(c.src, first-1) || c.opens(); {
		case above && isEmptyLine(c.src, c.after()) && c.after() < c.src.Lines():
			before = append(before, c.src.Line(c.after()))
		case isEmptyLine(c.src, first-1) && c.last():
			before = slices.Insert(before, 0, c.src.Line(first-1))
			first--
		}
	}
	if edit, ok := relined(c.src, first, before, after); ok {
		return []diag.Edit{edit}
	}
	return nil
}

// opens tells whether the comments follow an opening bracket.
func (c *comments) opens() bool {
	line := strings.TrimSpace(c.src.Line(c.first - 1))
	return strings.HasSuffix(line, "{") || strings.HasSuffix(line, "(")
}

// last tells whether a closing bracket or nothing follows the comments.
func (c *comments) last() bool {
	line := strings.TrimSpace(c.src.Line(c.after()))
	return strings.HasPrefix(line, "}") || strings.HasPrefix(line, ")") || lineStart(c.src, c.after()) == len(c.src.Text)
}

// target is a declaration that a directive may be written above.
type target struct {
	file *file
	doc  *ast.CommentGroup
	at   int // offset of its first token
	name string
}

// targetType is a type of a file, by its specification.
func (f *file) targetType(spec *ast.TypeSpec) *target {
	for _, decl := range f.syntax.Decls {
		decl, ok := decl.(*ast.GenDecl)
		if !ok || decl.Tok != token.TYPE || !slices.Contains(decl.Specs, ast.Spec(spec)) {
			continue
		}
		t := &target{f, spec.Doc, f.offset(spec.Pos()), "type " + spec.Name.Name}
		if !decl.Lparen.IsValid() {
			t.doc, t.at = decl.Doc, f.offset(decl.Pos())
		}
		return t
	}
	return nil
}

// targetFunc is a function or method of a file.
func (f *file) targetFunc(decl *ast.FuncDecl) *target {
	return &target{f, decl.Doc, f.offset(decl.Pos()), "func " + decl.Name.Name}
}

// write returns the edits that put a directive above the declaration; none when
// there is no line for it.
func (t *target) write(text string) []diag.Edit {
	src := t.file.src
	if t.doc != nil {
		if c := t.file.comments(t.doc); c != nil {
			return c.become(added(c.lines, text))
		}
	}
	line, column := src.Position(t.at)
	indent := src.Line(line)[:column-1]
	if strings.TrimSpace(indent) != "" {
		return nil
	}
	start := lineStart(src, line)
	return []diag.Edit{replace(src.Range(start, start), indent+text+lineEnd(src))}
}

// textOf is a directive with what stands behind it on its line.
func (f *file) textOf(d *Directive) string {
	return strings.TrimRight(f.src.Line(d.Head.Line)[d.Head.Column-1:], " \t")
}

// erase returns the edits that take a directive off the file, with its line.
func (f *file) erase(d *Directive) []diag.Edit {
	if c := f.groupAt(d.Range.Start); c != nil {
		return c.become(dropped(c.lines, c.index(d.Range.Start)))
	}
	line := f.src.Line(d.Head.Line)
	before := strings.TrimRight(line[:d.Head.Column-1], " \t")
	start := lineStart(f.src, d.Head.Line)
	return []diag.Edit{replace(f.src.Range(start+len(before), start+len(line)), "")}
}

// move returns the edits that take a directive to another declaration; none when
// it cannot stand there.
func (f *file) move(d *Directive, to *target) []diag.Edit {
	if to == nil {
		return nil
	}
	write := to.write(f.textOf(d))
	if write == nil {
		return nil
	}
	return append(f.erase(d), write...)
}
