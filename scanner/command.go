package scanner

import (
	"go/ast"
	"go/types"
)

// declared is a command as its directives declare it.
type declared struct {
	placed
	params []Directive
}

// declared collects the commands of the model's package, in the order of the
// files' names and of the source, each with its param directives.
func (t *typed) declared() []*declared {
	var all []*declared
	byMethod := make(map[*ast.FuncDecl]*declared)
	for _, p := range t.placed {
		if p.method == nil || p.file.dir() != t.dir() {
			continue
		}
		d := byMethod[p.method]
		if d == nil {
			d = &declared{}
			byMethod[p.method] = d
			all = append(all, d)
		}
		if p.directive.Verb == "command" {
			d.placed = p
		} else {
			d.params = append(d.params, p.directive)
		}
	}
	return all
}

// dir is the folder of the model's package relative to the root.
func (t *typed) dir() string {
	for _, p := range t.placed {
		if p.typ != nil && p.typ.Name.Name == t.obj.Name() {
			return p.file.dir()
		}
	}
	return ""
}

// commands describes what clients may call.
func (t *typed) commands() []Command {
	var all []Command
	for _, d := range t.declared() {
		if c := t.command(d); c != nil {
			all = append(all, *c)
		}
	}
	return all
}

// command describes one command, or returns nil after saying what is wrong.
func (t *typed) command(d *declared) *Command {
	method := t.method(d.method.Name.Name)
	if method == nil || len(d.directive.Args) == 0 {
		return nil
	}
	sig := method.Signature()
	c := &Command{
		Name:        d.directive.Args[0].Value,
		Method:      method.Name(),
		Description: d.directive.Value("description"),
	}
	for _, arg := range d.directive.Args[1:] {
		if arg.Key == "" && arg.Value == "async" {
			c.Async = true
		}
	}
	for v := range sig.Params().Variables() {
		if len(c.Params) == 0 && !c.TakesContext && isAPI(v.Type(), "Context") {
			c.TakesContext = true
			continue
		}
		if p := t.param(d, v); p != nil {
			c.Params = append(c.Params, *p)
		}
	}
	for r := range sig.Results().Variables() {
		if isError(r.Type()) {
			c.ReturnsError = true
		} else {
			c.ReturnsValue = true
		}
	}
	return c
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
