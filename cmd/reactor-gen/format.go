package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/gen"
)

// formats is the value of --format: the forms in which diagnostics are written,
// each to where the verb writes them or to a file. Empty is text.
type formats []output

// output is one form and its file; an empty file is where the verb writes.
type output struct {
	format diag.Format
	file   string
}

func (f *formats) Type() string { return "FORMATS" }

func (f *formats) String() string {
	var names []string
	for _, o := range *f {
		names = append(names, strings.TrimSuffix(o.format.Name+":"+o.file, ":"))
	}
	return strings.Join(names, ",")
}

// Set adds the forms of one flag: NAME or NAME:FILE, separated by commas.
func (f *formats) Set(text string) error {
	for part := range strings.SplitSeq(text, ",") {
		name, file, toFile := strings.Cut(part, ":")
		format, err := formatNamed(name)
		if err != nil {
			return err
		}
		if toFile && file == "" {
			return fmt.Errorf("%q names no file", part)
		}
		for _, o := range *f {
			switch {
			case o.file != file:
			case file != "":
				return fmt.Errorf("%s and %s cannot both be written to %s", o.format.Name, name, file)
			default:
				return fmt.Errorf("%s and %s cannot both be printed; write one to a file: %s:FILE", o.format.Name, name, name)
			}
		}
		*f = append(*f, output{format, file})
	}
	return nil
}

// formatFlag gives a verb the flag --format.
func (t *tool) formatFlag(cmd *cobra.Command) {
	alsoJSON(cmd.Flags(), &t.formats)
	cmd.Flags().Var(&t.formats, "format", "`FORMATS` of the diagnostics, each NAME or NAME:FILE: "+strings.Join(formatNames(), ", "))
}

func formatNames() (names []string) {
	for _, format := range diag.Formats() {
		names = append(names, format.Name)
	}
	return names
}

func formatNamed(name string) (diag.Format, error) {
	for _, format := range diag.Formats() {
		if format.Name == name {
			return format, nil
		}
	}
	names := formatNames()
	if near := nearest(name, names); near != "" {
		return diag.Format{}, fmt.Errorf("unknown format %q; did you mean %q?", name, near)
	}
	return diag.Format{}, fmt.Errorf("unknown format %q; there are %s", name, strings.Join(names, ", "))
}

// forPeople tells whether what the verb prints is for people to read, so that it
// may print more than diagnostics.
func (f formats) forPeople() bool {
	if len(f) == 0 {
		return true
	}
	for _, o := range f {
		if o.file == "" {
			return o.format.Name == "text"
		}
	}
	return false
}

// report writes diagnostics in all forms that were asked for, each to its file,
// to w when it is text, and else to the standard output. All are made before any
// is written. A form that cannot tell of a failure is not written when there is
// nothing else to tell: it would look as if all were well.
func (t *tool) report(w io.Writer, sorted []diag.Diagnostic, o diag.Options) error {
	all := t.formats
	if len(all) == 0 {
		all = formats{{format: diag.Formats()[0]}} // text, which has neither a version nor a base
	} else {
		o.Version, o.Base = thisRelease(), t.base()
	}
	texts := make([]bytes.Buffer, len(all))
	for i, out := range all {
		terminal := out.file == "" && isTerminal(w)
		o.Frames = t.frames.is(terminal)
		o.Color = t.color.is(wantsColor(os.Getenv, terminal))
		if err := out.format.Write(&texts[i], sorted, o); err != nil {
			return fmt.Errorf("writing %s: %w", out.format.Name, err)
		}
	}
	for i, out := range all {
		if o.Failure != "" && !out.format.TellsFailure && len(sorted) == 0 {
			continue
		}
		if out.format.Name != "text" {
			w = t.stdout
		}
		if err := out.write(w, texts[i].Bytes()); err != nil {
			return fmt.Errorf("writing %s: %w", out.format.Name, err)
		}
	}
	return nil
}

// write puts a document where it belongs.
func (o output) write(w io.Writer, text []byte) error {
	if o.file == "" {
		_, err := w.Write(text)
		return err
	}
	path := o.file
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(path, text, 0o644) // a pipe or a device cannot be replaced
	}
	return gen.Replace(path, text)
}

// base is the working directory as seen from the checkout that a CI system works
// in, or from where the tool was started.
func (t *tool) base() string {
	here, err := os.Getwd()
	if err != nil {
		return ""
	}
	for _, root := range []string{os.Getenv("GITHUB_WORKSPACE"), os.Getenv("CI_PROJECT_DIR"), t.started} {
		if base, err := filepath.Rel(root, here); root != "" && err == nil && filepath.IsLocal(base) {
			return filepath.ToSlash(base)
		}
	}
	return ""
}
