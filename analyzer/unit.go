package analyzer

import (
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// unit is the one package of a pass.
type unit struct {
	pass *analysis.Pass
	pkg  *packages.Package // as the scanner wants it
	root string            // what ranges name files relative to

	// translated are the files that cgo put others in the place of.
	translated map[string]bool

	files map[string]*token.File // by name
}

func newUnit(pass *analysis.Pass) *unit {
	u := &unit{pass: pass, translated: make(map[string]bool), files: make(map[string]*token.File)}
	path, _, _ := strings.Cut(pass.Pkg.Path(), " ") // go vet adds " [x.test]"
	if strings.HasSuffix(pass.Pkg.Name(), "_test") {
		path = strings.TrimSuffix(path, "_test") // tests from outside share the folder
	}
	u.pkg = &packages.Package{
		Name:         pass.Pkg.Name(),
		PkgPath:      path,
		IgnoredFiles: pass.IgnoredFiles,
		Syntax:       pass.Files,
		Fset:         pass.Fset,
		Types:        pass.Pkg,
		TypesInfo:    pass.TypesInfo,
		TypesSizes:   pass.TypesSizes,
		TypeErrors:   pass.TypeErrors,
	}
	if pass.Module != nil && pass.Module.Path != "" {
		u.pkg.Module = &packages.Module{Path: pass.Module.Path}
	}
	u.addFiles()
	u.root = u.pkg.Dir
	if u.pkg.Module != nil {
		below := strings.TrimPrefix(strings.TrimPrefix(path, u.pkg.Module.Path), "/")
		u.root = strings.TrimSuffix(u.root, string(filepath.Separator)+filepath.FromSlash(below))
	}
	return u
}

// addFiles lists the files as their author wrote them. What cgo makes of them,
// and what it adds, is not among them.
func (u *unit) addFiles() {
	for _, f := range u.pass.Files {
		file := u.pass.Fset.File(f.FileStart)
		name := file.Name()
		switch {
		case strings.HasPrefix(filepath.Base(name), "_cgo_"):
			continue
		case strings.HasSuffix(name, ".cgo1.go"), filepath.Ext(name) != ".go":
			name = u.pass.Fset.Position(f.Package).Filename
			if _, err := os.Stat(name); err != nil || filepath.Ext(name) != ".go" {
				continue // cgo's own, or one whose path was trimmed
			}
			u.translated[name] = true
		default:
			u.files[filepath.Clean(name)] = file
		}
		u.pkg.GoFiles = append(u.pkg.GoFiles, name)
		u.pkg.Dir = filepath.Dir(name)
	}
}

// readFile reads a file of the package.
func (u *unit) readFile(name string) ([]byte, error) {
	if u.translated[name] || u.pass.ReadFile == nil {
		return os.ReadFile(name) // a pass has only the translation, and nogo's reads none
	}
	return u.pass.ReadFile(name)
}

// file returns the file that positions in it are made of, or nil when there is
// none. One that was not parsed has to be added.
func (u *unit) file(name string) *token.File {
	if file := u.files[name]; file != nil {
		return file
	}
	text, err := u.readFile(name)
	if err != nil {
		return nil
	}
	file := u.pass.Fset.AddFile(name, -1, len(text))
	file.SetLinesForContent(text)
	u.files[name] = file
	return file
}
