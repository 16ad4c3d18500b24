package load

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// listedPackage is what the go command says of a package.
type listedPackage struct {
	ImportPath, Name, Dir string
	Standard, DepOnly     bool
	GoFiles, CgoFiles     []string
	IgnoredGoFiles        []string
	IgnoredOtherFiles     []string
	CFiles, CXXFiles      []string
	MFiles, HFiles        []string
	FFiles, SFiles        []string
	SwigFiles             []string
	SwigCXXFiles          []string
	SysoFiles             []string
	EmbedFiles            []string
	Imports               []string
	ImportMap             map[string]string
	Module                *packages.Module
	Error                 *struct{ Err string }
}

// listedFields are the fields above: to name them spares the go command the work
// for all others.
const listedFields = "ImportPath,Name,Dir,Standard,DepOnly,GoFiles,CgoFiles,IgnoredGoFiles,IgnoredOtherFiles," +
	"CFiles,CXXFiles,MFiles,HFiles,FFiles,SFiles,SwigFiles,SwigCXXFiles,SysoFiles,EmbedFiles,Imports,ImportMap,Module,Error"

func (p *listedPackage) otherFiles() []string {
	return slices.Concat(p.CFiles, p.CXXFiles, p.MFiles, p.HFiles, p.FFiles, p.SFiles, p.SwigFiles, p.SwigCXXFiles, p.SysoFiles)
}

// strange says what is not understood about a package.
func (p *listedPackage) strange() string {
	switch {
	case p.Error != nil:
		return "the go command reports errors"
	case len(p.SwigFiles)+len(p.SwigCXXFiles) > 0:
		return "SWIG in " + p.ImportPath
	case p.Module != nil && p.Module.Error != nil:
		return "the go command reports errors"
	case p.ImportPath == "" || !filepath.IsAbs(p.Dir) || p.ImportPath == "command-line-arguments":
		return "the go command lists a package without a folder"
	case p.Module != nil && p.Module.GoVersion == "" && (p.Module.Main || p.Module.Replace != nil && p.Module.Replace.Version == ""):
		return "no go line in the go.mod of " + p.Module.Path // the compiler takes an old version then, package packages the latest
	case len(p.GoFiles)+len(p.CgoFiles) == 0:
		return "no Go files in " + p.ImportPath // which is an error only for who builds it
	}
	return ""
}

// list asks the go command for packages and all that they import. It compiles
// nothing.
func (l *Loader) list(ctx context.Context, patterns []string) ([]*listedPackage, error) {
	overlay, remove, err := l.writeOverlay()
	if err != nil {
		return nil, err
	}
	defer remove()
	args := []string{"list", "-e", "-deps", "-json=" + listedFields, "-buildvcs=false", "-pgo=off"}
	args = append(args, "-tags="+strings.Join(l.options.Tags, ","))
	if overlay != "" {
		args = append(args, "-overlay="+overlay)
	}
	cmd := exec.CommandContext(ctx, "go", append(append(args, "--"), patterns...)...)
	cmd.Dir = l.options.Dir
	cmd.Env = append(slices.Clip(l.env()), "PWD="+l.options.Dir)
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("listing the packages: %w", err)
	}
	var all []*listedPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		p := new(listedPackage)
		if err := dec.Decode(p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading the list of packages: %w", err)
		}
		all = append(all, p)
	}
}

func (l *Loader) env() []string {
	if l.options.Env == nil {
		return os.Environ()
	}
	return l.options.Env
}

// writeOverlay writes the overlay to files for the go command, when it needs to
// see it, and returns the name of the list of them.
func (l *Loader) writeOverlay() (name string, remove func(), err error) {
	needed := l.neededOverlay()
	if len(needed) == 0 {
		return "", func() {}, nil
	}
	dir, err := os.MkdirTemp("", "reactor-overlay-")
	if err != nil {
		return "", nil, fmt.Errorf("writing the overlay: %w", err)
	}
	remove = func() { os.RemoveAll(dir) }
	list := struct{ Replace map[string]string }{make(map[string]string, len(needed))}
	for original, text := range needed {
		file := filepath.Join(dir, fmt.Sprintf("%d.go", len(list.Replace)))
		list.Replace[original] = file
		err = errors.Join(err, os.WriteFile(file, text, 0o600))
	}
	text, jsonErr := json.Marshal(list)
	name = filepath.Join(dir, "overlay.json")
	if err = errors.Join(err, jsonErr, os.WriteFile(name, text, 0o600)); err != nil {
		remove()
		return "", nil, fmt.Errorf("writing the overlay: %w", err)
	}
	return name, remove, nil
}
