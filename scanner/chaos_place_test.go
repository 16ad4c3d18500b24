package scanner_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/scanner"
)

// TestMovedProject moves a project to another folder and back, while it changes, and
// copies it with what was kept of it.
func TestMovedProject(t *testing.T) {
	t.Parallel()
	h := newHaunted(t)
	here, there := h.dir, h.name("elsewhere")
	move := func(from, to string) { h.must(os.Rename(from, to)) }
	h.wants("here", "")
	move(here, there)
	h.options.Dir = there
	h.wants("there", "")
	h.put("elsewhere/paint/paint.go", "uint8(count)", "int64(count)")
	h.wants("an edit there", "RG502")
	move(there, here)
	h.options.Dir = here
	h.wants("an edit there, and back", "RG502")
	h.put("app/paint/paint.go", "int64(count)", "uint8(count)")
	h.wants("mended here", "")

	h.run("cp", "-a", "app", "copy")
	h.put("copy/longlive.go", "name=longlive", "name=longLive")
	h.options.Dir = h.name("copy")
	h.wants("a copy", "RG111")
	move(here, there)
	move(h.name("copy"), here)
	h.options.Dir = here
	h.wants("the copy in the place of the project", "RG111")
	move(here, h.name("copy"))
	move(there, here)
	h.wants("the project in its place again", "")
}

// TestFolderBehindLink has a project behind a link that comes to point elsewhere.
func TestFolderBehindLink(t *testing.T) {
	t.Parallel()
	h := newHaunted(t)
	h.run("cp", "-a", "app", "copy")
	h.put("copy/longlive.go", "name=longlive", "name=longLive")
	link := h.name("link")
	h.options.Dir = link
	for _, step := range []struct{ to, code string }{{"app", ""}, {"copy", "RG111"}, {"app", ""}, {"copy", "RG111"}} {
		_ = os.Remove(link)
		h.must(os.Symlink(step.to, link))
		h.wants("a link to "+step.to, step.code)
	}
	h.options.Dir = h.dir
	h.run("rm", "-r", "app/paint")
	h.must(os.Symlink("../copy/paint", h.name("app/paint")))
	h.agrees("a package behind a link")
	h.put("copy/paint/paint.go", "uint8(count)", "int64(count)")
	h.agrees("an edit behind a link")
}

// TestMovedReplacement moves the other module, and puts another one in its place.
func TestMovedReplacement(t *testing.T) {
	t.Parallel()
	h := newHaunted(t)
	h.run("cp", "-a", "lib", "other")
	h.put("other/units/units.go", "type Watt float64", "type Volt float64")
	h.wants("at first", "")
	for range 2 {
		h.must(os.Rename(h.name("lib"), h.name("away")))
		if v := h.agrees("without the other module"); v.isGood() {
			t.Error("the project is good without a module that it needs")
		}
		h.must(os.Rename(h.name("other"), h.name("lib")))
		h.wants("another module in its place", "RG323")
		h.must(os.Rename(h.name("lib"), h.name("other")))
		h.must(os.Rename(h.name("away"), h.name("lib")))
		h.wants("the module again", "")
	}
}

// TestMainBehindLink has the generated main in a folder that is elsewhere, and edits it
// there by texts of the same length.
func TestMainBehindLink(t *testing.T) {
	for _, to := range []string{"programs", "../beside", "_hidden", "../lib/programs"} {
		t.Run(filepath.Base(to), func(t *testing.T) {
			t.Parallel()
			h := newHaunted(t)
			h.project = h.agrees("at first").Project
			if !h.generate() {
				t.Fatal("no main")
			}
			main := filepath.Join("app", to, "longlive/main.go")
			h.files[main] = h.files["app/cmd/longlive/main.go"]
			delete(h.files, "app/cmd/longlive/main.go")
			h.links["app/cmd"] = to
			h.sync()
			h.wants("a main behind a link", "")
			grow()
			h.wants("a main behind a link, later", "")
			h.put(main, "func main() {", "func main(){ ")
			h.wants("an edited main", "RG603")
			h.put(main, "func main(){ ", "func main() {")
			h.wants("a main as it was", "")
			h.must(os.RemoveAll(h.name(filepath.Dir(main))))
			h.agrees("no main")
		})
	}
}

// TestUnsavedFile opens a file in an editor that is on no disk, and closes it without
// saving.
func TestUnsavedFile(t *testing.T) {
	t.Parallel()
	h := newHaunted(t)
	engine := scanner.NewEngine(h.options)
	second := []byte("package paint\n\n//reactor:model name=second\ntype Second struct{}\n")
	for _, path := range []string{"paint/more.go", "more/more.go", "paint/more_test.go", "testdata/more.go"} {
		for _, text := range [][]byte{second, []byte("package paint\n"), []byte("package paint\n\nvar wrong int = \"text\"\n")} {
			for _, overlay := range []map[string][]byte{{path: text}, nil} {
				options := h.options
				options.Overlay = overlay
				if diff := verdictOf(engine.Scan(t.Context(), overlay)).diff(reference(t, options)); diff != "" {
					t.Errorf("%s, %d texts (-reference +engine):\n%s", path, len(overlay), diff)
				}
			}
		}
	}
}

// TestDiscardedText has an editor forget an unsaved text of a file while another one
// changes the file on the disk.
func TestDiscardedText(t *testing.T) {
	t.Parallel()
	h := newHaunted(t)
	engine := scanner.NewEngine(h.options)
	saved := h.read("app/paint/paint.go")
	for i, unsaved := range []string{
		strings.Replace(saved, "import (", "import (\n\t\"os\"", 1),
		strings.Replace(saved, "type Brush", "//reactor:model name=second\ntype Brush", 1),
		strings.Replace(saved, "package paint", "package other", 1),
		"//go:build windows\n\n" + saved,
		strings.Replace(saved, "Paint(count int)", "Paint(count, more int)", 1),
	} {
		for j, overlay := range []map[string][]byte{nil, {"paint/paint.go": []byte(unsaved)}, nil} {
			if j == 2 {
				h.must(os.WriteFile(h.name("app/paint/paint.go"), fmt.Appendf(nil, "%s\nvar _ = %d\n", saved, i), 0o666))
			}
			engine.Refresh()
			options := h.options
			options.Overlay = overlay
			if diff := verdictOf(engine.Scan(t.Context(), overlay)).diff(reference(t, options)); diff != "" {
				t.Errorf("text %d, step %d (-reference +engine):\n%s", i, j, diff)
			}
		}
	}
}

// TestUnsavedMistakeBelow has an unsaved mistake in a package that is compiled, as
// the go command reports something else. It is told of the file that is edited.
func TestUnsavedMistakeBelow(t *testing.T) {
	t.Parallel()
	h := newHaunted(t)
	h.must(os.Symlink("nothing.go", h.name("lib/units/gone.go")))
	h.options.Overlay = map[string][]byte{"list/list.go": []byte(strings.Replace(h.read("app/list/list.go"), "to.Add(f(x))", "to.Add(1, 2)", 1))}
	v := h.agrees("unsaved")
	told := false
	for _, d := range v.All {
		told = told || d.Range.File == "list/list.go"
		if strings.Contains(fmt.Sprint(d), "gocommand-") {
			t.Errorf("a file of nobody's is named: %+v", d)
		}
	}
	if !told {
		t.Errorf("nothing is told of the edited file: %v", v)
	}
}
