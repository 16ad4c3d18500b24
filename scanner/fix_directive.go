package scanner

import (
	"bytes"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// sourceOf is the source that a range of a finding is in.
func (s *scan) sourceOf(at diag.Range) *diag.Source { return s.result.Sources.Get(at.File) }

// fileOf is the parsed Go file that a range is in, or nil.
func (s *scan) fileOf(at diag.Range) *file {
	i := slices.IndexFunc(s.tree.files, func(f *file) bool { return f.path == at.File })
	if i < 0 || s.read(s.tree.files[i]) != nil {
		return nil
	}
	s.tree.files[i].parse(s.parsed)
	return s.tree.files[i]
}

// spell is the fix of a comment that was meant as a directive: write it as one,
// where gofmt puts it.
func (s *scan) spell(f *file, m placedMiss) diag.Fix {
	line, column := f.src.Position(m.at)
	comment := strings.TrimRight(f.src.Line(line)[column-1:], " \t")
	closed := strings.Index(comment, "*/")
	if m.verb == "" || m.form == diag.BlockComment && closed != len(comment)-len("*/") {
		return diag.Fix{}
	}
	f.parse(s.parsed)
	edits, moved := f.rewrite(m.at, comment, m.meant())
	fix := diag.Write(prefix+m.verb, edits)
	switch {
	case m.form == diag.BlockComment:
		fix = diag.MakeLineComment(edits)
	case "//"+strings.TrimLeft(m.found[2:], " \t") == prefix+m.verb:
		fix = diag.RemoveSpace(edits)
	}
	if moved {
		fix = fix.MoveToEnd()
	}
	return fix
}

// rewrite puts a directive in the place of a comment; moved tells that it belongs
// at the end of its doc comment instead.
func (f *file) rewrite(at int, comment, directive string) (edits []diag.Edit, moved bool) {
	c := f.groupAt(at)
	if c == nil || len(f.broken) > 0 || !c.abut() {
		return []diag.Edit{tight(f.src, at, at+len(comment), directive)}, false
	}
	i := c.index(at)
	lines := rewritten(c.lines, i, directive)
	return c.become(lines), i >= len(lines) || lines[i] != directive
}

// drop is the fix that takes a directive off with its line.
func (s *scan) drop(d *Directive, fix func(string, []diag.Edit) diag.Fix) diag.Fix {
	f := s.fileOf(d.Range)
	if f == nil || len(f.broken) > 0 {
		return diag.Fix{}
	}
	return fix("the directive", f.erase(d))
}

// dropArgument is the fix of an argument that is of no use.
func (s *scan) dropArgument(arg *Arg) diag.Fix {
	return diag.DropMeant("it", []diag.Edit{dropArg(s.sourceOf(arg.Range), arg)})
}

// nearCode is the fix of a code that is nearly one there is.
func nearCode(at diag.Range, text string) diag.Fix {
	near := diag.NearCode(text)
	if near == "" {
		return diag.Fix{}
	}
	return diag.Write(string(near), []diag.Edit{replace(at, string(near))})
}

// oneKey are the fixes of a key that a directive has twice.
func (s *scan) oneKey(first, second *Arg) []diag.Fix {
	src := s.sourceOf(second.Range)
	drop := diag.DropMeant
	if first.Value == second.Value {
		drop = diag.Drop
	}
	return []diag.Fix{
		drop("the second", []diag.Edit{dropArg(src, second)}),
		diag.DropMeant("the first", []diag.Edit{dropArg(src, first)}),
	}
}

// renameModel is the fix of a name that is none.
func (s *scan) renameModel(arg *Arg, better string) diag.Fix {
	if better == "" {
		return diag.Fix{}
	}
	alone := !s.lone && s.isFree(better) && !s.isReferredTo(arg)
	return diag.RenameModel(better, alone, []diag.Edit{revalued(arg, better)})
}

// isFree tells whether a model may have a name: the folder of its program does
// not exist.
func (s *scan) isFree(name string) bool {
	return !s.exists(path.Join("cmd", name))
}

// isReferredTo tells whether the value of an argument is found elsewhere in the
// project: in a string of a Go file, or in YAML.
func (s *scan) isReferredTo(arg *Arg) bool {
	for _, f := range s.tree.files {
		text, err := s.readText(f.path)
		if err != nil {
			continue
		}
		if f.path == arg.Range.File {
			text = slices.Concat(text[:arg.Range.Start], text[arg.Range.End:])
		}
		if bytes.Contains(text, []byte(strconv.Quote(arg.Value))) || bytes.Contains(text, []byte("`"+arg.Value+"`")) {
			return true
		}
	}
	return slices.ContainsFunc(s.tree.yaml, func(path string) bool {
		text, err := s.readText(path)
		return err == nil && bytes.Contains(text, []byte(arg.Value))
	})
}

// addName is the fix of a directive without a name; empty is the argument that
// should have been it, or nil.
func (s *scan) addName(d *Directive, empty *Arg, text string) diag.Fix {
	if empty != nil {
		return diag.WriteGuess(text, []diag.Edit{replace(empty.Range, text)})
	}
	after := s.sourceOf(d.Head).Range(d.Head.End, d.Head.End)
	return diag.WriteGuess(text, []diag.Edit{replace(after, " "+text)})
}

// rekey is the fix of a misspelt key: written as it was meant, unless the
// directive has that already.
func (s *scan) rekey(d *Directive, arg *Arg, meant string, keys []string) diag.Fix {
	if d.Get(meant) != nil {
		return diag.Fix{}
	}
	fix := diag.Write(meant+"=", []diag.Edit{replace(arg.KeyRange, meant)})
	others := slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return key == meant })
	fix.Safe = config.Nearest(strings.ToLower(arg.Key), others) == ""
	return fix
}

// keyed are the fixes of an argument of a model directive that is no key=value.
func (s *scan) keyed(d *Directive, arg *Arg, name string) []diag.Fix {
	src := s.sourceOf(arg.Range)
	drop := diag.DropMeant("it", []diag.Edit{dropArg(src, arg)})
	i := slices.IndexFunc(d.Args, func(a Arg) bool { return a.Range == arg.Range })
	if name != "" && name == arg.Value && i == 0 {
		return []diag.Fix{diag.Write("name="+name, []diag.Edit{revaluedAs(arg, "name", name)}), drop}
	}
	if name != "" {
		return []diag.Fix{diag.WriteGuess("name="+name, []diag.Edit{revaluedAs(arg, "name", name)}), drop}
	}
	if i > 0 && d.Args[i-1].Key != "" && d.Args[i-1].Range.End == d.Args[i-1].ValueRange.End {
		before := &d.Args[i-1]
		text := before.Key + "=" + quote(before.Value+" "+arg.Value)
		both := src.Range(before.Range.Start, arg.Range.End)
		return []diag.Fix{diag.WriteGuess(text, []diag.Edit{replace(both, text)}), drop}
	}
	return []diag.Fix{drop}
}

func revaluedAs(arg *Arg, key, value string) diag.Edit {
	return replace(arg.Range, key+"="+quote(value))
}

// fewerWeights is the fix of a list of weights with an item too many.
func (s *scan) fewerWeights(arg *Arg, item Item) diag.Fix {
	what := "it"
	if item.Text == "" {
		what = "the comma"
	}
	return diag.Drop(what, []diag.Edit{dropItem(s.sourceOf(arg.Range), arg, item)})
}

// folderAlone is the fix of a path in place of a folder's name.
func (s *scan) folderAlone(arg *Arg, item Item) diag.Fix {
	if item.Text == "" {
		return s.fewerWeights(arg, item)
	}
	parts := strings.FieldsFunc(item.Text, func(r rune) bool { return r == '/' || r == '\\' })
	if len(parts) < 2 || !weightsName().MatchString(parts[len(parts)-1]) {
		return diag.Fix{}
	}
	name := parts[len(parts)-1]
	return diag.WriteGuess(name, []diag.Edit{replace(item.Range, name)})
}
