package lsp

import (
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/scanner"
	"github.com/reactorgen/reactor/weights"
)

// naming makes the names of a project, from the texts of now: of the package that the
// model is in and those of its module that it imports, the configuration, and the lock
// of the weights.
type naming struct {
	*names
	source *goSource
	dir    string // of the project
	pkg    *goPackage
	model  *ast.TypeSpec
	config string // absolute, or empty

	form      *configForm
	constants map[*types.Const]map[*ast.Ident]bool // by which names are asked for, with those uses
}

// nameAll makes the names of the project in a folder, with the model in a folder of
// that: with tests in other folders of the module everywhere, or as far as they are open.
func nameAll(ctx context.Context, t *texts, everywhere bool, dir, goMod, modelDir string) *names {
	n := &naming{
		names:     &names{texts: t, byFile: make(map[string][]*mention)},
		dir:       dir,
		constants: make(map[*types.Const]map[*ast.Ident]bool),
		source: &goSource{
			ctx: ctx, texts: t, module: modulePath(t.get(goMod)), dir: filepath.Dir(goMod), fset: token.NewFileSet(),
			packages: make(map[string]*goPackage), files: make(map[*token.File]*goFile),
		},
	}
	if name := n.packageName(modelDir); name != "" {
		n.pkg = n.source.own(modelDir, name)
		n.source.otherTests(n.pkg, everywhere)
		n.directives()
		n.configKeys()
		n.calls()
		n.lock()
		n.otherUses()
		n.otherTexts()
	}
	return n.names
}

// modulePath is what a go.mod says that its module is called.
func modulePath(goMod []byte) string {
	for line := range strings.Lines(string(goMod)) {
		if words := strings.Fields(line); len(words) > 1 && words[0] == "module" {
			return strings.Trim(words[1], `"`)
		}
	}
	return ""
}

// packageName is the name of the package of the file in a folder that has a model, or
// "".
func (n *naming) packageName(dir string) string {
	for _, file := range n.texts.in(dir, ".go") {
		text := n.texts.get(file)
		if strings.HasSuffix(file, "_test.go") || !declares(file, text, "model") {
			continue
		}
		if f := n.source.parse(file, text); f != nil {
			return f.syntax.Name.Name
		}
	}
	return ""
}

// declares tells whether a text has a directive with a verb.
func declares(file string, text []byte, verb string) bool {
	if !strings.Contains(string(text), "//reactor:"+verb) {
		return false
	}
	return slices.ContainsFunc(scanner.Directives(diag.NewSource(file, text)), func(d scanner.Directive) bool { return d.Verb == verb })
}

// directives takes the directives of the package with what they stand on.
func (n *naming) directives() {
	for _, f := range n.pkg.files {
		if strings.HasSuffix(f.path, "_test.go") || !strings.Contains(string(f.text), "//reactor:") {
			continue
		}
		src := diag.NewSource(f.path, f.text)
		all := scanner.Directives(src)
		for _, decl := range f.syntax.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				n.method(f, decl, below(all, f, decl.Doc))
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					if spec, ok := spec.(*ast.TypeSpec); ok {
						n.typ(f, src, spec, append(below(all, f, decl.Doc), below(all, f, spec.Doc)...))
					}
				}
			}
		}
	}
}

// below are the directives of a comment.
func below(all []scanner.Directive, f *goFile, doc *ast.CommentGroup) (own []scanner.Directive) {
	if doc == nil {
		return nil
	}
	in := f.span(doc)
	for _, d := range all {
		if in.has(d.Range.Start) {
			own = append(own, d)
		}
	}
	return own
}

// typ takes the directives on a type: the model's, those of its tracks, and those of messages.
func (n *naming) typ(f *goFile, src *diag.Source, spec *ast.TypeSpec, all []scanner.Directive) {
	for _, d := range all {
		switch {
		case d.Verb == "model" && n.model == nil:
			n.model = spec
			n.identity(f, src, spec, &d)
		case (d.Verb == "message" || d.Verb == "track") && len(d.Args) > 0 && d.Args[0].Key == "":
			e := n.entity(map[string]entityKind{"message": messageName, "track": trackName}[d.Verb], d.Args[0].Value)
			n.add(e, mention{role: inDirective, file: f.path, span: spanOf(d.Args[0].ValueRange)})
			if d.Verb == "message" {
				n.add(e, mention{role: inCode, file: f.path, span: f.span(spec.Name)})
			}
		}
	}
}

// identity takes the arguments of the model's directive.
func (n *naming) identity(f *goFile, src *diag.Source, spec *ast.TypeSpec, d *scanner.Directive) {
	if a := d.Get("name"); a != nil {
		e := n.entity(modelName, a.Value)
		n.add(e, mention{role: inDirective, file: f.path, span: spanOf(a.ValueRange)})
		n.add(e, mention{role: inCode, file: f.path, span: f.span(spec.Name)})
	}
	if a := d.Get("config"); a != nil && filepath.IsLocal(filepath.FromSlash(a.Value)) {
		n.config = filepath.Join(n.dir, filepath.FromSlash(a.Value))
		e := n.entity(configPath, a.Value)
		n.add(e, mention{role: inDirective, file: f.path, span: spanOf(a.ValueRange)})
		if n.texts.get(n.config) != nil {
			n.add(e, mention{role: inFile, file: n.config})
		}
	}
	if a := d.Get("weights"); a != nil {
		for _, item := range a.Items(src) {
			n.add(n.entity(weightsName, item.Text), mention{role: inDirective, file: f.path, span: spanOf(item.Range)})
		}
	}
}

// method takes the directives on a method: a command with its parameters.
func (n *naming) method(f *goFile, decl *ast.FuncDecl, all []scanner.Directive) {
	i := slices.IndexFunc(all, func(d scanner.Directive) bool { return d.Verb == "command" && len(d.Args) > 0 })
	if decl.Recv == nil || i < 0 {
		return
	}
	name := all[i].Args[0]
	command := n.entity(commandName, name.Value)
	n.add(command, mention{role: inDirective, file: f.path, span: spanOf(name.ValueRange)})
	n.add(command, mention{role: inCode, file: f.path, span: f.span(decl.Name)})
	for _, field := range decl.Type.Params.List {
		for _, ident := range field.Names {
			n.param(f, decl, command, ident)
		}
	}
	for _, d := range all {
		if d.Verb == "param" && len(d.Args) > 0 {
			if e := n.paramOf(command, d.Args[0].Value); e != nil {
				n.add(e, mention{role: inDirective, file: f.path, span: spanOf(d.Args[0].ValueRange)})
			}
		}
	}
}

// param takes a parameter of a command, with its uses in the method.
func (n *naming) param(f *goFile, decl *ast.FuncDecl, command *entity, ident *ast.Ident) {
	obj := n.pkg.info.Defs[ident]
	if ident.Name == "_" || obj == nil || isAPIType(obj.Type(), "Context") {
		return
	}
	e := &entity{kind: paramName, name: ident.Name, of: command}
	n.entities = append(n.entities, e)
	for node := range ast.Preorder(decl) {
		id, ok := node.(*ast.Ident)
		if !ok {
			continue
		}
		switch at := f.span(id); {
		case n.pkg.info.Defs[id] == obj:
			n.add(e, mention{role: inCode, file: f.path, span: at, edit: &rewrite{span: at}})
		case n.pkg.info.Uses[id] == obj:
			n.add(e, mention{role: inUse, file: f.path, span: at, edit: &rewrite{span: at}})
		case !slices.Contains(e.taken, id.Name):
			e.taken = append(e.taken, id.Name)
		}
	}
}

// paramOf is the parameter of a command, or nil.
func (n *names) paramOf(command *entity, name string) *entity {
	for _, e := range n.entities {
		if e.kind == paramName && e.of == command && e.name == name {
			return e
		}
	}
	return nil
}

// lock takes the lines of the project's lock of its weights.
func (n *naming) lock() {
	file := filepath.Join(n.dir, weights.LockName)
	text := n.texts.get(file)
	if _, err := weights.ParseLock(file, text); text == nil || err != nil {
		return
	}
	at := 0
	for line := range strings.Lines(string(text)) {
		parts := strings.SplitN(line, " ", 3)
		if !strings.HasPrefix(line, "#") && len(parts) == 3 {
			start := at + len(parts[0]) + len(parts[1]) + 2
			name, _, _ := strings.Cut(parts[2], "/")
			n.add(n.entity(weightsName, name), mention{role: inLock, file: file, span: span{start, start + len(name)}})
		}
		at += len(line)
	}
}

// placeOf says where something is, for messages.
func (n *names) placeOf(file string, s span) string {
	line := 1 + strings.Count(string(n.texts.get(file)[:s.start]), "\n")
	return fmt.Sprintf("%s:%d", filepath.Base(file), line)
}
