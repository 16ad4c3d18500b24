package lsp

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
)

// storm is a client that makes wild edits, and knows what the texts must be by now.
type storm struct {
	*client
	random   *rand.Rand
	docs     map[string]*document // by name
	encoding encoding
	pulls    bool
	requests []string // their IDs
}

var stormNames = []string{"plasma.go", "loud.go", "plasma.yaml", "new.go"}

// pieces are what is typed: good and bad, and hard to count.
var pieces = []string{
	"", "\n", "\r\n", "\r", "\t", " ", "é", "😀", "\ufeff", "\x00", "\"", "`", "/*", "*/", "//", "}", "{", "x",
	"//reactor:model name=plasma", "//reactor:model name=Plasma\n", "//reactor:command go\n", "fps: 3\n", "fps: [\n",
	"import \"fmt\"\n", "package plasma\n", "func (p *Plasma) Go() {}\n", "type T struct{}\n", "var _ int = \"😀\"\n", "//go:build x\n\n",
}

// stormRequests are what a client asks about a place in a document.
var stormRequests = []string{
	"textDocument/codeAction", "textDocument/codeLens", "textDocument/completion", "textDocument/diagnostic",
	"textDocument/semanticTokens/full", "textDocument/semanticTokens/range", "workspace/diagnostic", "workspace/executeCommand",
	"textDocument/definition", "textDocument/documentLink", "textDocument/hover", "textDocument/prepareRename",
	"textDocument/references", "textDocument/rename",
}

// FuzzStorm makes edits and asks whatever there is to ask in any order, places outside
// of texts among them, and often no longer wants to know. No message may end the
// server, each request is answered, and when the storm is over it says of each
// document, asked or unasked, what a scan of the same texts does.
func FuzzStorm(f *testing.F) {
	kept := cache.Open(f.TempDir(), cache.Limits{})
	dir := newProject(f, map[string]string{
		"go.mod": goMod(f, "example.com/plasma"), "plasma.yaml": "fps: 30\n", "loud.go": "package plasma\n",
		"plasma.go": strings.Replace(model("plasma"), "name=plasma", "name=plasma config=plasma.yaml", 1),
	})
	for seed := range uint64(12) {
		f.Add(seed, uint8(30), seed%2 == 0, seed%3 == 0)
	}
	f.Fuzz(func(t *testing.T, seed uint64, strokes uint8, wide, pulls bool) {
		s := &storm{random: rand.New(rand.NewPCG(seed, 0)), docs: make(map[string]*document), encoding: inUTF8, pulls: pulls}
		capabilities := full
		if pulls {
			capabilities = pulling
		}
		if wide {
			s.encoding = inUTF16
		} else {
			capabilities = strings.Replace(capabilities, "utf-16", "utf-8", 1)
		}
		options := scanner.Options{Dir: dir, Cache: kept}
		s.client = connect(t, capabilities, dir, options)
		for range strokes % 64 { // a storm ends within the time that a fuzzer gives it
			s.stroke()
		}
		s.answered()
		s.check(options)
		s.end()
	})
}

// stroke does one thing to one document, or says something to be ignored.
func (s *storm) stroke() {
	name := stormNames[s.random.IntN(len(stormNames))]
	d := s.docs[name]
	switch {
	case d == nil:
		text, _ := os.ReadFile(filepath.Join(s.dir, name))
		s.docs[name] = &document{path: name, version: 1, text: text}
		s.open(name, string(text))
	case s.random.IntN(30) == 0:
		delete(s.docs, name)
		s.file("didClose", name)
	case s.random.IntN(6) == 0:
		s.aside(name)
	case s.random.IntN(4) == 0:
		s.question(name, d)
	case s.random.IntN(12) == 0:
		text, _ := os.ReadFile(filepath.Join(s.dir, name)) // as by undoing everything
		s.docs[name] = &document{path: name, version: d.version + 1, text: text}
		s.change(name, int(d.version)+1, string(text))
	default:
		s.edits(d)
	}
}

// edits sends some changes in one notification.
func (s *storm) edits(d *document) {
	var changes []contentChange
	var sent []string
	for range 1 + s.random.IntN(3) {
		c := contentChange{Range: &textRange{s.somewhere(d), s.somewhere(d)}, Text: pieces[s.random.IntN(len(pieces))]}
		if s.random.IntN(2) == 0 {
			c.Range.End = c.Range.Start
		}
		changes = append(changes, c)
		sent = append(sent, fmt.Sprintf(`{"range": {"start": {"line": %d, "character": %d}, "end": {"line": %d, "character": %d}}, "text": %s}`,
			c.Range.Start.Line, c.Range.Start.Character, c.Range.End.Line, c.Range.End.Character, quoted(c.Text)))
	}
	next := d.edited(changes, s.encoding)
	next.version++
	s.docs[d.path] = next
	s.notify("textDocument/didChange", fmt.Sprintf(`{"textDocument": {"uri": %q, "version": %d}, "contentChanges": [%s]}`,
		s.uri(d.path), next.version, strings.Join(sent, ",")))
}

// somewhere is a place in a document, or beyond it.
func (s *storm) somewhere(d *document) position {
	if s.random.IntN(10) == 0 {
		return []position{{1 << 30, 0}, {0, 1 << 30}, {-1, -1}, {3, -5}, {1<<31 - 1, 1<<31 - 1}}[s.random.IntN(5)]
	}
	return position{s.random.IntN(strings.Count(string(d.text), "\n") + 2), s.random.IntN(40)}
}

// aside says something that makes no difference.
func (s *storm) aside(name string) {
	switch s.random.IntN(6) {
	case 0:
		s.file("didSave", name)
	case 1:
		s.touched(name, "go.mod")
	case 2:
		s.notify("$/cancelRequest", fmt.Sprintf(`{"id": %d}`, s.random.IntN(s.next+1)+2))
	case 3:
		s.notify("textDocument/didChange", `{"textDocument": {"uri": 7}, "contentChanges": {}}`)
	case 4:
		s.notify("textDocument/didChange", `{"textDocument": {"uri": "file:///nowhere.go"}, "contentChanges": [{"text": "x"}]}`)
	case 5:
		s.send("{\"id\": [}")
	}
}

// question asks about some place, and may not want to know.
func (s *storm) question(name string, d *document) {
	from, to := s.somewhere(d), s.somewhere(d)
	at := func(p position) string { return fmt.Sprintf(`{"line": %d, "character": %d}`, p.Line, p.Character) }
	id := s.ask(stormRequests[s.random.IntN(len(stormRequests))], fmt.Sprintf(
		`{"textDocument": {"uri": %q}, "position": %s, "range": {"start": %s, "end": %s}, "context": {}, "newName": %s, "previousResultIds": [{"uri": %q, "value": "x"}]}`,
		s.uri(name), at(from), at(from), at(to), quoted(pieces[s.random.IntN(len(pieces))]), s.uri(name)))
	s.requests = append(s.requests, id)
	if s.random.IntN(2) == 0 {
		s.cancel(id)
	}
}

func (s *storm) cancel(id string) { s.notify("$/cancelRequest", fmt.Sprintf(`{"id": %s}`, id)) }

// answered wants an answer to each request, and none that says that the server is at fault.
func (s *storm) answered() {
	for _, id := range s.requests {
		s.cancel(id)
		if a := s.answer(id); a.Error != nil && a.Error.Code == internalError {
			s.t.Error(a.Error)
		}
	}
}

// said is what was said of each file, by URI.
func (s *storm) said() map[string][]diagnostic {
	all := make(map[string][]diagnostic)
	if !s.pulls {
		for uri, p := range s.published {
			all[uri] = p.Diagnostics
		}
		return all
	}
	for uri, p := range s.reports(s.askAll()) {
		all[uri] = p.Items
	}
	for name := range s.docs {
		if got, want := s.pull(name, "").Items, all[s.uri(name)]; !slices.EqualFunc(got, want, func(a, b diagnostic) bool { return describe(a) == describe(b) }) {
			s.t.Errorf("%s: %v; and of all files %v", name, got, want)
		}
	}
	return all
}

// check compares what was published with what a scan that knows nothing finds.
func (s *storm) check(options scanner.Options) {
	s.t.Helper()
	for name := range s.docs {
		s.settle(name)
	}
	for _, log := range s.logs {
		if strings.Contains(log, "panic") || strings.Contains(log, "goroutine") {
			s.t.Error(log)
		}
	}
	if len(s.docs) == 0 {
		return
	}
	options.Overlay = make(map[string][]byte)
	v := view{encoding: s.encoding, documents: make(map[string]*document)}
	for name, d := range s.docs {
		options.Overlay[name] = d.text
		v.documents[name] = &document{path: filepath.Join(s.dir, name)}
	}
	options.Cache = nil
	r, err := scanner.Scan(s.t.Context(), options)
	if err != nil {
		s.t.Fatal(err)
	}
	want, got := make(map[string][]string), make(map[string][]string)
	f := newFindings(&module{goMod: filepath.Join(s.dir, "go.mod")}, v)
	for _, d := range r.Diagnostics.Sorted() {
		name := d.Range.File
		if name == "" {
			name = "go.mod"
		}
		at := f.place(s.dir, r.Sources, d.Range)
		want[name] = append(want[name], fmt.Sprintf("%v %s %s", at.textRange, d.Code, d.Summary))
	}
	for uri, all := range s.said() {
		for _, d := range all {
			name, err := filepath.Rel(s.dir, pathOf(uri))
			if err != nil {
				s.t.Fatal(err)
			}
			name = filepath.ToSlash(name)
			summary, _, _ := strings.Cut(d.Message, "\nnote: ")
			summary, _, _ = strings.Cut(summary, "\nhelp: ")
			summary, _, _ = strings.Cut(summary, "\nconsequence: ")
			got[name] = append(got[name], fmt.Sprintf("%v %s %s", d.Range, d.Code, summary))
		}
	}
	names := slices.AppendSeq(slices.Collect(maps.Keys(want)), maps.Keys(got))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		slices.Sort(want[name])
		slices.Sort(got[name])
		if !slices.Equal(got[name], want[name]) {
			s.t.Errorf("%s:\n%s\nwant\n%s\nin\n%q", name, strings.Join(got[name], "\n"), strings.Join(want[name], "\n"), options.Overlay[name])
		}
	}
}
