package scanner

import (
	"bytes"
	"path"
	"path/filepath"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// defaultConfig is where a configuration is made that the directive does not
// name.
const defaultConfig = "configs/default.yaml"

// moveToConfig is the fix of a run-time value in a directive: a line of the
// configuration takes it over.
func (s *scan) moveToConfig(arg *Arg, file string) diag.Fix {
	src := s.sourceOf(arg.Range)
	value, ok := yamlValue(arg.Key, arg.Value)
	switch {
	case !ok, s.lone:
		return diag.Fix{}
	case file == "":
		return s.makeConfig(arg, value)
	}
	text, err := s.readText(file)
	if err != nil {
		return diag.Fix{}
	}
	have, known := topLevel(file, text)
	if !known {
		return diag.Fix{}
	}
	if old, ok := have[arg.Key]; ok {
		return diag.KeepConfigs(arg.Key, file, old == value, []diag.Edit{dropArg(src, arg)})
	}
	yml := s.result.Sources.Add(file, text)
	edit, ok := s.addLine(yml, arg.Key, value)
	if !ok {
		return diag.Fix{}
	}
	return diag.MoveToConfig(arg.Key, value, file, []diag.Edit{dropArg(src, arg), edit})
}

// makeConfig is the fix for a directive that names no configuration.
func (s *scan) makeConfig(arg *Arg, value string) diag.Fix {
	if s.exists(defaultConfig) {
		return diag.Fix{}
	}
	return diag.MakeConfig(arg.Key, value, defaultConfig, []diag.Edit{
		replace(arg.Range, "config="+defaultConfig),
		{Range: diag.Range{File: defaultConfig}, Text: arg.Key + ": " + value + "\n"},
	})
}

// yamlValue writes a value of a directive as YAML has it, if it is plain text.
func yamlValue(key, value string) (text string, ok bool) {
	if strings.Contains(value, "${") {
		return "", false
	}
	for _, text := range []string{value, jsonString(value)} {
		var got map[string]yaml.Node
		if err := yaml.Unmarshal([]byte(key+": "+text+"\n"), &got); err != nil || len(got) != 1 {
			continue
		}
		if node := got[key]; node.Kind == yaml.ScalarNode && node.Value == value && node.LineComment == "" && node.Anchor == "" {
			return text, true
		}
	}
	return "", false
}

// topLevel returns the scalars of a configuration's top level as they are
// written, and other values as "".
func topLevel(file string, text []byte) (map[string]string, bool) {
	if _, err := config.Parse(file, text); err != nil {
		return nil, false
	}
	var nodes map[string]yaml.Node
	if err := yaml.Unmarshal(text, &nodes); err != nil {
		return nil, false
	}
	values := make(map[string]string)
	for key, node := range nodes {
		values[key] = node.Value
	}
	return values, true
}

// addLine is the edit that adds a key to the end of a configuration, if that
// gives it the key and changes nothing else.
func (s *scan) addLine(src *diag.Source, key, value string) (diag.Edit, bool) {
	end := len(src.Text)
	text := key + ": " + value + lineEnd(src)
	if end > 0 && src.Text[end-1] != '\n' {
		text = lineEnd(src) + text
	}
	before, _ := topLevel(src.File, src.Text)
	after, ok := topLevel(src.File, bytes.Join([][]byte{src.Text, []byte(text)}, nil))
	if _, has := after[key]; !ok || !has || len(after) != len(before)+1 {
		return diag.Edit{}, false
	}
	return replace(src.Range(end, end), text), true
}

// useConfig is the fix of a configuration that does not exist; near is the one
// that was probably meant.
func (s *scan) useConfig(arg *Arg, missing, near string) diag.Fix {
	if near == "" {
		return diag.Fix{}
	}
	count := 0
	for _, f := range s.tree.yaml {
		sameFolder := path.Dir(f) == path.Dir(missing) && config.Nearest(path.Base(missing), []string{path.Base(f)}) != ""
		if sameFolder || path.Base(f) == path.Base(missing) || config.Nearest(missing, []string{f}) != "" {
			count++
		}
	}
	return diag.UseConfig(near, count == 1, []diag.Edit{revalued(arg, near)})
}

// configInside is the fix of a folder in place of a configuration: its only YAML
// file.
func (s *scan) configInside(arg *Arg, dir string) diag.Fix {
	only := ""
	for _, f := range s.tree.yaml {
		if path.Dir(f) != dir {
			continue
		}
		if only != "" {
			return diag.Fix{}
		}
		only = f
	}
	if only == "" {
		return diag.Fix{}
	}
	return diag.UseConfig(only, false, []diag.Edit{revalued(arg, only)})
}

// withSlashes is the fix of a path of Windows.
func (s *scan) withSlashes(arg *Arg) diag.Fix {
	clean := path.Clean(strings.ReplaceAll(arg.Value, `\`, "/"))
	if clean == arg.Value || s.lone || !filepath.IsLocal(filepath.FromSlash(clean)) {
		return diag.Fix{}
	}
	info, err := s.disk.Stat(filepath.Join(s.root, filepath.FromSlash(clean)))
	if err != nil || info.IsDir() {
		return diag.Fix{}
	}
	return diag.UseConfig(clean, true, []diag.Edit{revalued(arg, clean)})
}
