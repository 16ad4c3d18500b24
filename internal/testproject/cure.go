package testproject

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// Cure follows the remedies that the archive writes down for its findings, and
// tells whether it has any. After it, the project should be clean.
//
// A file cure/NAME takes the place of NAME; the text "none" removes it, a folder
// with all that is in it, and for go.sum the text "checkout" is that of the
// checkout. In the text before the first file, "cure -tags=TAGS", "cure -C DIR"
// and "cure env KEY=VALUE" change how it is scanned.
func (p *Project) Cure(t testing.TB) (any bool) {
	t.Helper()
	for _, f := range p.archive.Files {
		if name, ok := strings.CutPrefix(f.Name, cureFolder); ok {
			p.cureFile(t, name, f)
			any = true
		}
	}
	for line := range strings.Lines(string(p.archive.Comment)) {
		if cure, ok := strings.CutPrefix(strings.TrimSpace(line), "cure "); ok {
			p.cureSetting(t, cure)
			any = true
		}
	}
	return any
}

// cureFolder is where an archive has what cures its project.
const cureFolder = "cure/"

func (p *Project) cureSetting(t testing.TB, cure string) {
	t.Helper()
	if tags, ok := strings.CutPrefix(cure, "-tags="); ok {
		p.Tags = strings.Split(tags, ",")
	} else if dir, ok := strings.CutPrefix(cure, "-C "); ok {
		p.Dir = filepath.Join(p.Dir, filepath.FromSlash(dir))
	} else if v, ok := strings.CutPrefix(cure, "env "); ok {
		p.setEnv(v)
	} else {
		t.Fatalf("%s: cannot read the cure %q", p.Name, cure)
	}
}

func (p *Project) cureFile(t testing.TB, name string, f txtar.File) {
	t.Helper()
	switch text := string(f.Data); {
	case text == "none\n":
		if err := os.RemoveAll(filepath.Join(p.Dir, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	case path.Base(name) == "go.mod":
		p.writeModule(t, name, text)
	case name == "go.sum" && text == "checkout\n":
		p.write(t, name, checkoutSum(t))
	default:
		p.write(t, name, f.Data)
	}
}

// setEnv adds a variable to those that the project is scanned with.
func (p *Project) setEnv(variable string) {
	if p.Env == nil {
		p.Env = os.Environ()
	}
	p.Env = append(p.Env, variable)
}
