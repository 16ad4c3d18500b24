package lsp

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// prepareRename answers what would be renamed at a place; null where that is nothing
// of ours. What cannot be renamed is an error that says why.
func (s *server) prepareRename(ctx context.Context, q question) (any, error) {
	n, m, err := s.mentioned(ctx, q, fromNow)
	if err != nil || m == nil || !m.isRenamed() {
		return nil, err
	}
	if err := n.hindrance(m.entity); err != nil {
		return nil, err
	}
	return prepareRenameResult{n.texts.rangeOf(m.file, m.span), m.entity.name}, nil
}

// isRenamed tells whether the entity is renamed at a place: names in the code are
// gopls's, and a path is that of a file.
func (m *mention) isRenamed() bool { return !m.isInCode() && m.entity.kind != configPath }

// rename answers with the edits of all places at once.
func (s *server) rename(ctx context.Context, q question) (any, error) {
	p, err := decode[renameParams](q.params)
	if err != nil {
		return nil, err
	}
	n, m, err := s.mentioned(ctx, q, fromNow)
	switch {
	case err != nil:
		return nil, err
	case m == nil || !m.isRenamed():
		return nil, refused("there is nothing here that reactor-gen can rename; put the cursor on the name of a model, a command, a parameter, weights or a key")
	}
	if err := n.mayBe(m.entity, p.NewName, s.otherModels(q.document)); err != nil {
		return nil, err
	}
	edits := n.renamed(m.entity, p.NewName)
	if err := s.foresee(ctx, q.document, n, edits); err != nil {
		return nil, err
	}
	return s.renaming(q.document, n, m.entity, p.NewName, edits)
}

// refused is the error of a request that is understood and not done.
func refused(format string, args ...any) error {
	return &responseError{requestFailed, fmt.Sprintf(format, args...)}
}

// renaming puts the edits into the client's form, unless the texts have changed, and
// says what is left to do.
func (s *server) renaming(asked *document, n *names, e *entity, name string, edits []byteEdit) (any, error) {
	var forClient []fileEdit
	for _, edit := range edits {
		forClient = append(forClient, fileEdit{edit.file, false, textEdit{n.texts.rangeOf(edit.file, edit.span), edit.text}})
	}
	s.mu.Lock()
	for _, edit := range edits {
		if err := s.unchanged(n.texts, edit.file, asked); err != nil {
			s.mu.Unlock()
			return nil, err
		}
	}
	w, _ := s.workspaceEdit(asked, forClient)
	s.mu.Unlock()
	if e.name != name {
		_ = s.conn.notify("window/showMessage", showMessageParams{3, e.leftToDo(name)}) // the loop sees it when nobody listens
	}
	return w, nil
}

// byteEdit replaces a part of a file.
type byteEdit struct {
	file string
	span
	text string
}

// renamed are the edits that give an entity another name, each place once, in the order
// of the files.
func (n *names) renamed(e *entity, name string) (edits []byteEdit) {
	if name == e.name {
		return nil
	}
	for _, m := range inOrder(e.mentions) {
		r := m.rewritten()
		if r == nil {
			continue
		}
		edit := byteEdit{m.file, r.span, r.before + name + r.after}
		if !slices.Contains(edits, edit) {
			edits = append(edits, edit)
		}
	}
	return edits
}

// hindrance says what keeps an entity from being renamed, or is nil.
func (n *names) hindrance(e *entity) error {
	if e.why != "" {
		return refused("%s %q cannot be renamed here: %s; rename it by hand", e.kind, e.name, e.why)
	}
	for _, m := range inOrder(e.mentions) {
		switch {
		case m.why != "":
			return refused("%s %q cannot be renamed everywhere: %s; change that first, or rename it by hand", e.kind, e.name, m.why)
		case m.rewritten() != nil && isGenerated(n.texts.get(m.file)):
			return refused("%s %q cannot be renamed: it stands in %s, which is generated; rename it where that is generated from", e.kind, e.name, n.placeOf(m.file, m.span))
		}
	}
	if !slices.ContainsFunc(e.mentions, func(m *mention) bool { return m.rewritten() != nil }) {
		return refused("%s %q is declared nowhere", e.kind, e.name)
	}
	return nil
}

// isGenerated tells whether a Go file says of itself that it is generated.
func isGenerated(text []byte) bool {
	head, _, _ := bytes.Cut(text, []byte("\npackage "))
	for line := range bytes.Lines(head) {
		line = bytes.TrimRight(line, "\r\n")
		if bytes.HasPrefix(line, []byte("// Code generated ")) && bytes.HasSuffix(line, []byte(" DO NOT EDIT.")) {
			return true
		}
	}
	return false
}

// leftToDo is what a rename does not do by itself.
func (e *entity) leftToDo(name string) string {
	text := ""
	switch e.kind {
	case modelName:
		text = fmt.Sprintf("The generated program is still called %s: \"reactor-gen generate\" writes that of %s and removes the old one. What deployments and clients call the model is not changed.", e.name, name)
	case weightsName:
		text = fmt.Sprintf("The folder %s of the weights is not renamed: call it %s wherever it is.", e.name, name)
	case configKey:
		text = fmt.Sprintf("Flags such as --model.%s and configurations elsewhere are not changed.", e.path)
	default:
		text = fmt.Sprintf("Clients that say %s are not changed.", e.name)
	}
	if len(e.others) > 0 {
		text += fmt.Sprintf(" The text %q stands at %s as well, which may be something else and is not changed.", e.name, strings.Join(e.others, ", "))
	}
	return text
}

// otherModels are the names of the models in all other projects that are known.
func (s *server) otherModels(d *document) map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	own, _ := s.projectOf(d)
	all := make(map[string]string)
	for _, m := range s.modules {
		for _, k := range m.known {
			if k.Dir != own.Dir && k.Model.Name != "" {
				all[k.Model.Name] = k.Dir
			}
		}
	}
	return all
}

// overlaid are the texts after some edits, by path.
func (n *names) overlaid(edits []byteEdit) map[string][]byte {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b byteEdit) int { return cmp.Compare(b.start, a.start) }) // so that places stay
	out := make(map[string][]byte)
	for _, e := range sorted {
		text, known := out[e.file]
		if !known {
			text = n.texts.get(e.file)
		}
		out[e.file] = slices.Concat(text[:e.start], []byte(e.text), text[e.end:])
	}
	return out
}

// relative are texts by their paths in a folder, as a scan takes them.
func relative(dir string, all map[string][]byte) map[string][]byte {
	out := make(map[string][]byte)
	for path, text := range all {
		rel, err := filepath.Rel(dir, path)
		if ext := filepath.Ext(path); err == nil && strings.Contains(".go.yaml.yml", ext) && ext != "" {
			out[filepath.ToSlash(rel)] = text
		}
	}
	return out
}
