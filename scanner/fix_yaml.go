package scanner

import (
	"bytes"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// mends tells whether an edit of a configuration leaves one fault less.
func (y *yamlText) mends(e diag.Edit) bool {
	text := y.src.Text
	edited := bytes.Join([][]byte{text[:e.Range.Start], []byte(e.Text), text[e.Range.End:]}, nil)
	document, err := config.Parse(y.src.File, edited)
	return err == nil && y.form != nil && len(y.form.Foresee(document)) == y.faults-1
}

// yamlWord is a text as a key or value of a YAML file.
func yamlWord(text string) string {
	var s config.Schema
	s.Kind = config.String
	if s.SetDefault(text) != nil {
		return jsonString(text)
	}
	return s.Default
}

// renamedKey is the fix of a misspelt key, unless the file has the right one too. It
// is safe where no other can be meant and the value is good for it.
func renamedKey(y *yamlText, at diag.Range, f config.Fault) diag.Fix {
	edit := replace(at, yamlWord(f.Meant))
	if !y.mends(edit) {
		return diag.Fix{}
	}
	var others []string
	for _, key := range f.Schema.Keys() {
		if key != f.Meant {
			others = append(others, key)
		}
	}
	fix := diag.WriteGuess(f.Meant, []diag.Edit{edit})
	fix.Safe = config.Nearest(f.Text, others) == ""
	return fix
}

// dropKey is the fix that takes a key with its value off a configuration.
func dropKey(y *yamlText, at diag.Range, key string) diag.Fix {
	edit, ok := y.dropLines(at)
	if !ok || !y.mends(edit) {
		return diag.Fix{}
	}
	return diag.DropMeant(key, []diag.Edit{edit})
}

// dropLines is the edit that takes off the lines of a key that its line begins with:
// to the next line that is no further in.
func (y *yamlText) dropLines(at diag.Range) (diag.Edit, bool) {
	line, column := y.src.Position(at.Start)
	indent := strings.TrimPrefix(y.src.Line(line), "\ufeff")
	indent = indent[:len(indent)-len(strings.TrimLeft(indent, " "))]
	if start := y.src.Offset(line, column-len(indent)); string(y.src.Text[start:at.Start]) != indent {
		return diag.Edit{}, false
	}
	last := line
	for n := line + 1; n <= y.src.Lines(); n++ {
		text := y.src.Line(n)
		inner := strings.TrimLeft(text, " ")
		deep := len(text) - len(inner)
		if inner == "" || inner[0] == '#' && deep <= len(indent) {
			continue
		}
		if deep < len(indent) || deep == len(indent) && !strings.HasPrefix(inner, "- ") && inner != "-" {
			break
		}
		last = n
	}
	start := at.Start - len(indent)
	return replace(y.src.Range(start, lineStart(y.src, last+1)), ""), true
}

// otherValues are the fixes of a value: the one that was meant, or the one without its
// quotes.
func otherValues(y *yamlText, at diag.Range, f config.Fault) []diag.Fix {
	old := string(y.src.Text[at.Start:at.End])
	text := yamlWord(f.Meant)
	unquoted := f.Kind == config.WrongType && f.Meant == "" && len(old) > 2 && strings.IndexByte(`'"`, old[0]) >= 0
	switch {
	case unquoted:
		text = strings.Trim(old, old[:1])
	case f.Meant == "" || strings.HasPrefix(old, "*") || strings.Contains(f.Message, " from ${"):
		return nil
	}
	edit := replace(at, text)
	if !y.mends(edit) {
		return nil
	}
	if unquoted {
		return []diag.Fix{diag.Write(text, []diag.Edit{edit})}
	}
	return []diag.Fix{diag.WriteGuess(text, []diag.Edit{edit})}
}

// keepOneKey are the fixes of a key that stands twice: one of its lines goes. It does
// not matter which when they say the same.
func keepOneKey(y *yamlText, twice keyTwice, first, second diag.Range) []diag.Fix {
	one, ok := y.dropLines(second)
	other, too := y.dropLines(first)
	if !twice.block || !ok || !too {
		return nil
	}
	if sameNode(twice.was, twice.is) {
		return []diag.Fix{diag.Drop("the second "+twice.path, []diag.Edit{one})}
	}
	return []diag.Fix{
		diag.DropMeant("the first "+twice.path, []diag.Edit{other}),
		diag.DropMeant("the second "+twice.path, []diag.Edit{one}),
	}
}

// sameNode tells whether two nodes are written alike and hold nothing.
func sameNode(a, b *yaml.Node) bool {
	return a.Kind == yaml.ScalarNode && b.Kind == yaml.ScalarNode && a.Value == b.Value && a.Style == b.Style && a.Tag == b.Tag &&
		a.Anchor == "" && b.Anchor == "" && a.LineComment == b.LineComment
}

// identityKey is a key of the configuration's top level that belongs into the
// directive.
func (c *configType) identityKey(p placed, y *yamlText, f config.Fault, at diag.Range) (diag.Diagnostic, bool) {
	if f.Key != f.Text || !isIdentityKey(f.Text) {
		return diag.Diagnostic{}, false
	}
	d := diag.IdentityInConfig(at, f.Text, p.directive.Range)
	edit, ok := y.dropLines(at)
	if !ok || !y.mends(edit) {
		return d, true
	}
	if p.directive.Get(f.Text) != nil {
		return d.With(diag.DropMeant(f.Text+", which the directive has", []diag.Edit{edit})), true
	}
	values, err := c.document.Values()
	value, ok := identityValue(values[f.Text])
	if err != nil || !ok {
		return d, true
	}
	text := f.Text + "=" + quote(value)
	if strings.Contains(value, ",") {
		text = f.Text + "=" + value
	}
	end := c.result.Sources.Get(p.directive.Range.File).Range(p.directive.Range.End, p.directive.Range.End)
	return d.With(diag.MoveToDirective(text, []diag.Edit{replace(end, " "+text), edit})), true
}

func isIdentityKey(key string) bool { return key == "name" || key == "weights" || key == "config" }

// plainWord is a value of a directive without anything to quote.
var plainWord = pattern(`^[A-Za-z0-9_][A-Za-z0-9._/-]*$`)

// identityValue is a value of the configuration as the directive has it: a word, or
// words with commas between them.
func identityValue(value any) (text string, ok bool) {
	var words []string
	switch value := value.(type) {
	case string:
		words = []string{value}
	case []any:
		for _, one := range value {
			word, ok := one.(string)
			if !ok {
				return "", false
			}
			words = append(words, word)
		}
	}
	for _, word := range words {
		if !plainWord().MatchString(word) {
			return "", false
		}
	}
	return strings.Join(words, ","), len(words) > 0
}

// dropUnread is the fix of a configuration that nothing reads.
func (s *scan) dropUnread(arg *Arg) diag.Fix {
	return diag.DropMeant("config=", []diag.Edit{dropArg(s.sourceOf(arg.Range), arg)})
}
