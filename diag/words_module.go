package diag

import (
	"fmt"
	"path"
	"strings"
)

// ModulesOff says that the environment switches modules off.
func ModulesOff() Diagnostic {
	d := newError(RG531, Range{}, "no Go module: GO111MODULE=off switches modules off")
	d.Help = []string{"go env -u GO111MODULE, or unset the variable"}
	return d
}

// ModuleBelow adds that there is a module in a folder below.
func (d *Diagnostic) ModuleBelow(dir string) {
	d.Notes = append(d.Notes, "there is a go.mod in "+dir)
	d.Help = append([]string{"reactor-gen -C " + dir + " check"}, d.Help...)
}

// BrokenModFile says that a go.mod or go.work cannot be parsed; near is the word
// that was probably meant, or empty.
func BrokenModFile(at Range, message, near string) Diagnostic {
	code := RG532
	if path.Base(at.File) == "go.work" {
		code = RG533
	}
	d := newError(code, at, fmt.Sprintf("%s cannot be read: %s", path.Base(at.File), message))
	d.Label = "the go command stops here"
	d.Help = []string{fmt.Sprintf("mend line %d of %s", at.Line, at.File)}
	if near != "" {
		d.Help = []string{fmt.Sprintf("did you mean %q?", near)}
	}
	return d
}

// NoModuleLine says that go.mod does not name its module.
func NoModuleLine(at Range) Diagnostic {
	d := newError(RG532, at, "go.mod does not name its module")
	d.Help = []string{"go mod edit -module example.com/NAME"}
	return d
}

// NewerGo says that a module is for a newer Go than there is: than this program
// is built with, or than the go command has.
func NewerGo(at Range, want, have string, ours bool) Diagnostic {
	who := "the go command here is"
	if ours {
		who = "reactor-gen is built with"
	}
	d := newError(RG534, at, fmt.Sprintf("the module needs Go %s, but %s Go %s", want, who, have))
	d.Label = "asks for Go " + want
	lower := "go mod edit -go=" + have
	d.Help = []string{fmt.Sprintf("install Go %s (https://go.dev/dl) and, with it, reactor-gen; or ask for less: %s", want, lower)}
	return d
}

// ModInWorkspace says that GOFLAGS has a flag that the go command refuses in a
// workspace.
func ModInWorkspace(work, flags string) Diagnostic {
	d := newError(RG533, Range{File: work}, "-mod=mod cannot be used in a workspace, and GOFLAGS sets it")
	d.Notes = []string{fmt.Sprintf("GOFLAGS is %q; the workspace is %s", flags, work)}
	d.Help = []string{"go env -u GOFLAGS, or unset the variable; or leave the workspace: GOWORK=off"}
	return d
}

// NotInWorkspace says that a workspace does not list the project's module, which
// is in a folder relative to the project's root.
func NotInWorkspace(work, module, dir string) Diagnostic {
	d := newError(RG533, Range{File: work}, fmt.Sprintf("the workspace %s does not list the module %s", work, module))
	d.Help = []string{"go work use " + local(dir)}
	return d
}

func local(dir string) string {
	if dir == "." || strings.HasPrefix(dir, "../") || dir == ".." {
		return dir
	}
	return "./" + dir
}

// NoModuleInWorkspace says that a workspace lists a folder without a module.
func NoModuleInWorkspace(at Range, dir string) Diagnostic {
	d := newError(RG533, at, fmt.Sprintf("the workspace lists %s, where there is no go.mod", dir))
	d.Label = "no module there"
	d.Help = []string{"go work edit -dropuse=" + dir}
	return d
}

// OldWorkspace says that a workspace is for an older Go than one of its modules.
func OldWorkspace(at Range, work, module string) Diagnostic {
	d := newError(RG533, at, fmt.Sprintf("the workspace is for Go %s, but the module needs Go %s", work, module))
	d.Help = []string{"go work use"}
	return d
}

// StaleVendor says that what is vendored is not what go.mod asks for.
func StaleVendor(differences []string, dir string, workspace bool) Diagnostic {
	d := newError(RG535, Range{File: dir + "/modules.txt"}, "the vendored dependencies are not those of go.mod")
	d.Notes = differences
	d.Help = []string{"go mod vendor"}
	if workspace {
		d.Help = []string{"go work vendor"}
	}
	return d
}
