package scanner

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

func isExported(name string) bool { return token.IsExported(name) }

// commandName is what a command may be called.
var commandName = pattern(`^[A-Za-z][A-Za-z0-9_.-]{0,62}$`)

// reservedCommands are the names that the runtime answers itself.
func reservedCommands() []string { return []string{"requestCapabilities"} }

// declared is a method as its directives declare it.
type declared struct {
	method  *ast.FuncDecl
	file    *file
	command *Directive // nil when it has only params
	params  []*Directive
}

// declaredOn groups the directives on the methods of a package by method, in
// the order of the files' names and of the source.
func (s *scan) declaredOn(dir string, all []placed) (methods []*declared) {
	byMethod := make(map[*ast.FuncDecl]*declared)
	for _, p := range all {
		if p.method == nil || p.file.dir() != dir {
			continue
		}
		d := byMethod[p.method]
		if d == nil {
			d = &declared{method: p.method, file: p.file}
			byMethod[p.method] = d
			methods = append(methods, d)
		}
		switch {
		case p.directive.Verb == "param":
			d.params = append(d.params, &p.directive)
		case d.command != nil:
			s.report(diag.SecondDirective(p.directive.Head, "command", "method "+p.method.Name.Name, d.command.Head).
				With(s.dropSecond(d.command, &p.directive)))
		default:
			d.command = &p.directive
		}
	}
	return methods
}

// strayCommands reports the commands in other folders than the model's, which is
// empty when there is none.
func (s *scan) strayCommands(dir string, all []placed) {
	for _, p := range all {
		if p.method != nil && p.file.dir() != dir && p.directive.Verb == "command" {
			s.report(diag.NotOnModel(p.directive.Head, p.method.Name.Name, receiver(p.method), ""))
		}
	}
}

// commands describes what clients may call.
func (t *typed) commands(placed []placed) (commands []Command) {
	names := make(map[string]*declared)
	for _, d := range t.declaredOn(t.dir, placed) {
		if d.command == nil {
			name := d.method.Name.Name
			free := t.freeCommand(name)
			t.report(diag.ParamWithoutCommand(d.params[0].Head, name, free).With(commandAbove(d, free)))
			continue
		}
		c := t.command(d)
		if c == nil {
			continue
		}
		if first := names[c.Name]; first != nil {
			t.report(diag.CommandTaken(d.command.Args[0].Range, c.Name, first.command.Args[0].Range, first.method.Name.Name).
				With(t.renameCommand(d, &d.command.Args[0], names)))
			continue
		}
		names[c.Name] = d
		commands = append(commands, *c)
	}
	return commands
}

// freeCommand is a name for the command of a method that no other command of the
// package has.
func (t *typed) freeCommand(method string) string {
	taken := reservedCommands()
	for _, f := range t.tree.files {
		for _, d := range f.directives {
			if f.dir() == t.dir && d.Verb == "command" && len(d.Args) > 0 {
				taken = append(taken, d.Args[0].Value)
			}
		}
	}
	name := snake(method)
	for n := 2; slices.Contains(taken, name); n++ {
		name = fmt.Sprintf("%s_%d", snake(method), n)
	}
	return name
}

// command describes one command, or returns nil after saying what is wrong.
func (t *typed) command(d *declared) *Command {
	name := d.method.Name.Name
	at := d.file.rangeOf(d.method.Name)
	if recv := receiver(d.method); recv != t.obj.Name() {
		t.report(diag.NotOnModel(at, name, recv, t.obj.Name()))
		return nil
	}
	method := t.method(name)
	if method == nil {
		return nil
	}
	if !method.Exported() {
		t.report(diag.UnexportedCommand(at, name, exportedName(name)).With(t.rename(method, exportedName(name))))
		return nil
	}
	c := &Command{Method: name, Range: d.command.Range}
	if !t.commandText(d, c) {
		return nil
	}
	if invalid(method.Signature()) {
		t.doesNotCompile("command method "+name, t.declarationOf(method))
		return nil
	}
	t.results(c, method, at)
	t.params(d, c, method)
	return c
}

// commandText reads the arguments of a command directive.
func (t *typed) commandText(d *declared, c *Command) bool {
	directive := d.command
	t.duplicateKeys(directive)
	if len(directive.Args) == 0 || directive.Args[0].Key != "" || directive.Args[0].Value == "" {
		free := t.freeCommand(c.Method)
		t.report(diag.NoCommandName(directive.Head, free).With(t.nameCommand(directive, free)))
		return false
	}
	c.Name = directive.Args[0].Value
	switch at := directive.Args[0].ValueRange; {
	case slices.Contains(reservedCommands(), c.Name):
		t.report(diag.ReservedCommand(at, c.Name).With(t.renameCommand(d, &directive.Args[0], nil)))
	case !commandName().MatchString(c.Name):
		t.report(diag.BadCommandName(at, c.Name).With(t.renameCommand(d, &directive.Args[0], nil)))
	}
	c.Description = directive.Value("description")
	for i := range directive.Args[1:] {
		switch arg := &directive.Args[i+1]; {
		case arg.Key == "" && arg.Value == "async":
			c.Async = true
		case arg.Key != "description":
			t.badArgument("command", directive, arg)
		}
	}
	return true
}

// badArgument reports an argument that a command or param directive does not
// take.
func (s *scan) badArgument(name string, d *Directive, arg *Arg) {
	if meant := config.Nearest(arg.Key, verb(name).words()); arg.Key != "" && meant != "" && meant != arg.Key {
		s.report(diag.NearKey(arg.KeyRange, arg.Key, meant).With(s.rekey(d, arg, meant, verb(name).words())))
		return
	}
	text := arg.Value
	if arg.Key != "" {
		text = arg.Key + "="
	}
	s.report(diag.NoArgument(arg.Range, name, text, verb(name).takes()).With(s.dropArgument(arg)))
}

// results reads what a command returns: nothing, an error, a value, or both.
func (t *typed) results(c *Command, method *types.Func, at diag.Range) {
	results := method.Signature().Results()
	n := results.Len()
	c.ReturnsError = n > 0 && isError(results.At(n-1).Type())
	c.ReturnsValue = n == 2 || n == 1 && !c.ReturnsError
	switch {
	case n > 2 || n == 2 && !c.ReturnsError, n == 2 && isError(results.At(0).Type()):
		t.report(diag.WrongResults(at, c.Method, t.typeText(results)))
	case c.ReturnsValue:
		t.returned(c, results.At(0).Type(), at)
	}
}

// returned describes the value that a command returns.
func (t *typed) returned(c *Command, typ types.Type, at diag.Range) {
	if !hasJSON(typ) {
		t.report(diag.WrongResults(at, c.Method, t.typeText(typ)+", which has no JSON form"))
		return
	}
	v, why := t.sentBy().value(typ)
	if why != nil {
		t.report(t.unfit(why, at, "result of "+c.Method))
		return
	}
	c.Returns = &v
}

// hasJSON tells whether values of a type can be encoded as JSON, as far as the
// type itself says.
func hasJSON(typ types.Type) bool {
	switch typ := typ.Underlying().(type) {
	case *types.Chan, *types.Signature:
		return false
	case *types.Basic:
		return typ.Info()&types.IsComplex == 0 && typ.Kind() != types.UnsafePointer
	}
	return true
}

// params describes what a command takes from clients.
func (t *typed) params(d *declared, c *Command, method *types.Func) {
	var vars []*types.Var
	context := ""
	sig := method.Signature()
	for v := range sig.Params().Variables() {
		if isAPI(v.Type(), "Context") {
			if v != sig.Params().At(0) {
				t.report(diag.LateContext(t.placeOfVar(v), c.Method).With(t.contextFirst(method, v)))
			}
			c.TakesContext, context = true, v.Name()
			continue
		}
		if sig.Variadic() && v == sig.Params().At(sig.Params().Len()-1) {
			elem := t.typeText(v.Type().(*types.Slice).Elem())
			t.report(diag.NoForm(t.placeOfVar(v), "..."+elem, "clients send a list as one value", "take it as a slice, []"+elem))
			continue
		}
		vars = append(vars, v)
	}
	directives := t.paramDirectives(d, c.Method, vars, context)
	for _, v := range vars {
		if p := t.param(v, directives[v.Name()], d.file.src, c.Method); p != nil {
			c.Params = append(c.Params, *p)
		}
	}
}

// paramDirectives finds the directive of each parameter by its name and reports
// those that belong to none.
func (t *typed) paramDirectives(d *declared, method string, vars []*types.Var, context string) map[string]*Directive {
	var names []string
	for _, v := range vars {
		if v.Name() != "" && v.Name() != "_" {
			names = append(names, v.Name())
		}
	}
	byName := make(map[string]*Directive)
	for _, directive := range d.params {
		if len(directive.Args) == 0 || directive.Args[0].Key != "" {
			t.report(diag.NoParamName(directive.Head, names).With(t.nameParam(d, directive, names)))
			continue
		}
		name, at := directive.Args[0].Value, directive.Args[0].ValueRange
		switch first := byName[name]; {
		case name == context:
			t.report(diag.ContextParam(at, name, method).With(t.drop(directive, diag.DropMeant)))
		case !slices.Contains(names, name):
			meant := nearParam(name, names)
			t.report(diag.NoSuchParam(at, name, method, meant, names).With(t.otherParam(directive, meant)...))
		case first != nil:
			t.report(diag.SecondDirective(directive.Head, "param", "parameter "+name, first.Head).With(t.dropSecond(first, directive)))
		default:
			byName[name] = directive
		}
	}
	return byName
}

func nearParam(name string, names []string) string {
	for _, n := range names {
		if strings.EqualFold(strings.ReplaceAll(name, "_", ""), n) {
			return n
		}
	}
	return config.Nearest(name, names)
}

// method returns the model's own method of a name, or nil.
func (t *typed) method(name string) *types.Func {
	named, ok := t.obj.Type().(*types.Named)
	if !ok {
		return nil
	}
	for m := range named.Methods() {
		if m.Name() == name {
			return m
		}
	}
	return nil
}
