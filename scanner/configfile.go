package scanner

import (
	"errors"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// config checks the factory configuration that a directive names, keeps its
// text, and returns its path, cleaned.
func (s *scan) config(d *Directive) string {
	arg := d.Get("config")
	if arg == nil {
		return ""
	}
	if arg.Value == "" {
		s.report(diag.EmptyValue(arg.Range, "config").With(s.dropArgument(arg)))
		return ""
	}
	if !filepath.IsLocal(filepath.FromSlash(arg.Value)) || strings.Contains(arg.Value, `\`) {
		s.report(diag.ConfigOutside(arg.Range, arg.Value).With(s.withSlashes(arg)))
		return ""
	}
	file := path.Clean(arg.Value)
	if s.lone {
		return file
	}
	name := filepath.Join(s.root, filepath.FromSlash(file))
	if info, err := s.disk.Stat(name); err == nil && info.IsDir() {
		s.report(diag.NotAFile(arg.Range, arg.Value).With(s.configInside(arg, file)))
		return ""
	}
	text, err := s.readText(file)
	if err != nil {
		near := s.nearConfig(file)
		s.report(diag.NoConfigFile(arg.Range, arg.Value, near).With(s.useConfig(arg, file, near)))
		return ""
	}
	s.configText = string(text)
	s.configFiles = append(s.configFiles, file)
	s.readYAML(file, text, d)
	return file
}

// readYAML checks the configuration and keeps the keys of its top level.
func (s *scan) readYAML(file string, text []byte, d *Directive) {
	document, err := config.Parse(file, text)
	if err == nil {
		s.document = document
		values, _ := document.Values()
		for key := range values {
			s.configKeys = append(s.configKeys, key)
		}
		return
	}
	src := s.result.Sources.Add(file, text)
	if s.keysTwice(src) {
		return
	}
	if mistake, ok := errors.AsType[*config.Error](err); ok {
		s.report(diag.BadYAML(placeInYAML(src, mistake), yamlMessage(mistake), d.Range))
		return
	}
	s.report(diag.BadYAML(src.Range(0, 0), err.Error(), d.Range))
}

func yamlMessage(e *config.Error) string {
	if e.Key != "" {
		return e.Key + ": " + e.Message
	}
	return e.Message
}

// placeInYAML is the place of a mistake, to the end of its line.
func placeInYAML(src *diag.Source, e *config.Error) diag.Range {
	y := newYAMLText(src)
	at := y.offset(e.Line, e.Column)
	return src.Range(at, at+len(y.lineFrom(at)))
}

// nearConfig returns a YAML file of the project that was probably meant: one of
// nearly the same path, or else of the same name.
func (s *scan) nearConfig(missing string) string {
	var all []string
	for _, f := range s.tree.yaml {
		if near := config.Nearest(path.Base(missing), []string{path.Base(f)}); near != "" && path.Dir(f) == path.Dir(missing) {
			return f
		}
		all = append(all, f)
	}
	if near := config.Nearest(missing, all); near != "" {
		return near
	}
	same := slices.IndexFunc(all, func(f string) bool { return path.Base(f) == path.Base(missing) })
	if same < 0 {
		return ""
	}
	return all[same]
}
