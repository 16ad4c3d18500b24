package scanner

import (
	"go/ast"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// messages describes what the model declares to send to clients.
func (t *typed) messages(all []placed) (messages []Message) {
	onType := make(map[*ast.TypeSpec]*Directive)
	names := make(map[string]*placed)
	for i := range all {
		p := &all[i]
		if p.directive.Verb != "message" {
			continue
		}
		if first := onType[p.typ]; first != nil {
			t.report(diag.SecondDirective(p.directive.Head, "message", "type "+p.typ.Name.Name, first.Head).
				With(t.dropSecond(first, &p.directive)))
			continue
		}
		onType[p.typ] = &p.directive
		m := t.message(p)
		if m == nil {
			continue
		}
		if first := names[m.Name]; first != nil {
			t.report(diag.MessageTaken(p.directive.Args[0].Range, m.Name, first.directive.Args[0].Range, first.typ.Name.Name))
			continue
		}
		names[m.Name] = p
		messages = append(messages, *m)
	}
	if len(messages) > 0 {
		t.undeclaredMessages(messages)
	}
	return messages
}

// message describes one message, or returns nil after saying what is wrong.
func (t *typed) message(p *placed) *Message {
	m := &Message{Range: p.directive.Range, Description: typeDoc(p)}
	if !t.messageText(p, m) {
		return nil
	}
	name, at := p.typ.Name.Name, p.file.rangeOf(p.typ.Name)
	pkg := t.importedFrom(p.file.dir())
	if pkg == nil {
		if !t.lone {
			t.report(diag.MessageElsewhere(p.directive.Head, name, t.obj.Name()))
		}
		return nil
	}
	obj, _ := pkg.Scope().Lookup(name).(*types.TypeName)
	if obj == nil {
		return nil // the package does not compile, which is said
	}
	named, _ := obj.Type().(*types.Named)
	switch {
	case obj.IsAlias() || named == nil:
		t.report(diag.NotOnStruct(p.directive.Head, "the alias "+name))
		return nil
	case named.TypeParams() != nil:
		t.report(diag.NotOnStruct(p.directive.Head, "the generic type "+name))
		return nil
	case invalid(named.Underlying()):
		t.doesNotCompile("type "+name, p.file.rangeOf(p.typ))
		return nil
	}
	if _, ok := named.Underlying().(*types.Struct); !ok {
		t.report(diag.NotOnStruct(p.directive.Head, t.typeText(named.Underlying())))
		return nil
	}
	m.Type = t.typeName(named)
	t.canName(diag.RG341, at, m.Type)
	data, why := t.sentBy().value(named)
	if why != nil {
		t.report(t.unfit(why, at, "message "+m.Name))
		return nil
	}
	m.Data = data
	return m
}

// messageText reads the arguments of a message directive.
func (t *typed) messageText(p *placed, m *Message) bool {
	d := &p.directive
	t.duplicateKeys(d)
	if len(d.Args) == 0 || d.Args[0].Key != "" || d.Args[0].Value == "" {
		guess := snake(p.typ.Name.Name)
		t.report(diag.NoMessageName(d.Head, guess).With(t.nameCommand(d, guess)))
		return false
	}
	m.Name = d.Args[0].Value
	if !commandName().MatchString(m.Name) {
		better := strings.Trim(notInCommand().ReplaceAllString(m.Name, "_"), "_")
		fix := diag.Fix{}
		if commandName().MatchString(better) {
			fix = diag.WriteGuess(better, []diag.Edit{revalued(&d.Args[0], better)})
		}
		t.report(diag.BadMessageName(d.Args[0].ValueRange, m.Name).With(fix))
	}
	for i := range d.Args[1:] {
		arg := &d.Args[i+1]
		if arg.Key != "description" {
			t.badArgument("message", d, arg)
			continue
		}
		m.Description = arg.Value
	}
	return true
}

// typeDoc is the doc comment of a type, without its directives.
func typeDoc(p *placed) string {
	doc := p.typ.Doc
	for _, decl := range p.file.syntax.Decls {
		if decl, ok := decl.(*ast.GenDecl); ok && doc == nil && !decl.Lparen.IsValid() && slices.Contains(decl.Specs, ast.Spec(p.typ)) {
			doc = decl.Doc
		}
	}
	return strings.Join(strings.Fields(doc.Text()), " ")
}

// importedFrom is the package in a folder: the model's own, or one that it needs.
func (t *typed) importedFrom(dir string) *types.Package {
	if dir == t.dir {
		return t.pkg.Types
	}
	return importedAs(t.pkg.Types, t.module.importPath(filepath.Join(t.root, filepath.FromSlash(dir))), map[*types.Package]bool{})
}

func importedAs(pkg *types.Package, path string, seen map[*types.Package]bool) *types.Package {
	for _, imported := range pkg.Imports() {
		if seen[imported] {
			continue
		}
		seen[imported] = true
		if imported.Path() == path {
			return imported
		}
		if found := importedAs(imported, path, seen); found != nil {
			return found
		}
	}
	return nil
}

// undeclaredMessages reports the structs of the project that the model's package
// sends and that are no messages.
func (t *typed) undeclaredMessages(messages []Message) {
	if t.pkg.TypesInfo == nil {
		return
	}
	for _, syntax := range t.pkg.Syntax {
		if !t.isScanned(syntax.Package) {
			continue
		}
		for n := range ast.Preorder(syntax) {
			if call, ok := n.(*ast.CallExpr); ok {
				t.sends(call, messages)
			}
		}
	}
}

// sends looks at one call: does it send a struct that is not declared?
func (t *typed) sends(call *ast.CallExpr, messages []Message) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) != 1 {
		return
	}
	f, ok := t.pkg.TypesInfo.Uses[sel.Sel].(*types.Func)
	if !ok || !isAPIFunc(f, "Send") || f.Signature().Recv() == nil || !isAPI(f.Signature().Recv().Type(), "Context") {
		return
	}
	typ := t.pkg.TypesInfo.TypeOf(call.Args[0])
	if elem := pointerTo(typ); elem != nil {
		typ = elem
	}
	named, ok := types.Unalias(typ).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || !t.inModule(named.Obj().Pkg().Path()) {
		return
	}
	name := t.typeName(named)
	_, isStruct := named.Underlying().(*types.Struct)
	if !isStruct || slices.ContainsFunc(messages, func(m Message) bool { return m.Type == name }) {
		return
	}
	var declared []string
	for _, m := range messages {
		declared = append(declared, m.Type.Name)
	}
	arg := ast.Unparen(call.Args[0])
	at := t.at(arg.Pos(), int(arg.End()-arg.Pos()))
	near := config.Nearest(named.Obj().Name(), declared)
	place := t.place(named.Obj())
	t.report(diag.UndeclaredMessage(at, t.typeText(named), near, place).With(t.declareMessage(place, named.Obj().Name(), messages)))
}

// declareMessage is the fix of a struct that is sent and not declared.
func (t *typed) declareMessage(place diag.Range, typ string, messages []Message) diag.Fix {
	name := snake(typ)
	f := t.fileOf(place)
	taken := slices.ContainsFunc(messages, func(m Message) bool { return m.Name == name })
	if f == nil || len(f.broken) > 0 || taken || !commandName().MatchString(name) {
		return diag.Fix{}
	}
	for _, decl := range f.syntax.Decls {
		if decl, ok := decl.(*ast.GenDecl); ok {
			for _, spec := range decl.Specs {
				if spec, ok := spec.(*ast.TypeSpec); ok && spec.Name.Name == typ {
					return addAbove(prefix+"message "+name, f.targetType(spec))
				}
			}
		}
	}
	return diag.Fix{}
}
