package scanner

import (
	"go/ast"
	"go/types"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// notInCommand is what a command's name may not have.
var notInCommand = pattern(`[^A-Za-z0-9_.-]+`)

// renameCommand is the fix of a command's name that cannot be one: the nearest
// that can, or else one made of the method's.
func (t *typed) renameCommand(d *declared, arg *Arg, taken map[string]*declared) diag.Fix {
	better := strings.Trim(notInCommand().ReplaceAllString(arg.Value, "_"), "_")
	if better == arg.Value || !commandName().MatchString(better) || slices.Contains(reservedCommands(), better) {
		better = snake(d.method.Name.Name)
	}
	if better == arg.Value || taken[better] != nil || slices.Contains(reservedCommands(), better) {
		return diag.Fix{}
	}
	return diag.WriteGuess(better, []diag.Edit{revalued(arg, better)})
}

// commandAbove is the fix of a param directive without a command.
func commandAbove(d *declared, name string) diag.Fix {
	to := d.file.targetFunc(d.method)
	directive := prefix + "command " + name
	c := d.file.comments(to.doc)
	if c == nil {
		return addAbove(directive, to)
	}
	i := c.index(d.params[0].Range.Start)
	lines := slices.Insert(slices.Clone(c.lines), i, directive)
	return diag.Decorate(directive, to.name, c.become(lines))
}

// nameParam is the fix of a param directive that names none: the only one left.
func (t *typed) nameParam(d *declared, directive *Directive, names []string) diag.Fix {
	left := slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return slices.ContainsFunc(d.params, func(p *Directive) bool { return len(p.Args) > 0 && p.Args[0].Value == name && p.Args[0].Key == "" })
	})
	if len(left) != 1 {
		return diag.Fix{}
	}
	return t.addName(directive, nil, left[0])
}

// otherParam are the fixes of a param directive for a parameter that there is
// not.
func (t *typed) otherParam(directive *Directive, meant string) []diag.Fix {
	drop := t.drop(directive, diag.DropMeant)
	if meant == "" {
		return []diag.Fix{drop}
	}
	return []diag.Fix{diag.WriteGuess(meant, []diag.Edit{revalued(&directive.Args[0], meant)}), drop}
}

// contextFirst is the fix of a command that takes its context late.
func (t *typed) contextFirst(method *types.Func, context *types.Var) diag.Fix {
	f, decl := t.funcDecl(method)
	if decl == nil {
		return diag.Fix{}
	}
	fields := decl.Type.Params.List
	i := slices.IndexFunc(fields, func(field *ast.Field) bool {
		return len(field.Names) == 1 && f.offset(field.Pos()) == t.placeOfVar(context).Start
	})
	if i < 1 {
		return diag.Fix{}
	}
	start, end := f.offset(fields[i].Pos()), f.offset(fields[i].End())
	text := string(f.src.Text[start:end])
	return diag.MoveToFront([]diag.Edit{
		f.insert(f.offset(fields[0].Pos()), text+", "),
		replace(f.src.Range(f.offset(fields[i-1].End()), end), ""),
	})
}

// swap is the fix of two limits that leave no value.
func (l *limits) swap(upper, lower *Arg) diag.Fix {
	return diag.Swap(upper.Key, lower.Key, []diag.Edit{revalued(upper, lower.Value), revalued(lower, upper.Value)})
}

// clamped are the fixes of a limit or default that is out of range: the nearest
// number that is not, or none at all.
func (l *limits) clamped(arg *Arg) []diag.Fix {
	drop := l.withoutIt(arg)
	number, err := strconv.ParseFloat(arg.Value, 64)
	if err != nil || math.IsNaN(number) || math.IsInf(number, 0) {
		return []diag.Fix{drop}
	}
	value, exact := big.NewFloat(number), rational(arg.Value)
	better := ""
	switch {
	case arg.Key == "default" && l.value.Min != "" && exact.Cmp(rational(l.value.Min)) < 0:
		better = l.value.Min
	case arg.Key == "default" && l.value.Max != "" && exact.Cmp(rational(l.value.Max)) > 0:
		better = l.value.Max
	case l.value.Kind == KindInteger && arg.Key != "multipleof":
		better = l.nearestInteger(value)
	}
	if better == "" || better == arg.Value {
		return []diag.Fix{drop}
	}
	return []diag.Fix{diag.WriteGuess(arg.Key+"="+better, []diag.Edit{revalued(arg, better)}), drop}
}

// nearestInteger is the whole number of the parameter's type that is nearest to
// a value.
func (l *limits) nearestInteger(value *big.Float) string {
	low, high := integerRange(l.basic, l.pkg.TypesSizes)
	whole, _ := value.Int(nil)
	switch {
	case whole.Cmp(low) < 0:
		whole = low
	case whole.Cmp(high) > 0:
		whole = high
	}
	return whole.String()
}

// otherDefault are the fixes of a default that is not one.
func (l *limits) otherDefault(arg *Arg) []diag.Fix {
	if l.tag {
		return nil
	}
	switch l.value.Kind {
	case KindInteger, KindNumber:
		return l.clamped(arg)
	case KindBoolean:
		if near := config.Nearest(strings.ToLower(arg.Value), []string{"true", "false"}); near != "" {
			return []diag.Fix{diag.WriteGuess("default="+near, []diag.Edit{revalued(arg, near)}), l.dropArgument(arg)}
		}
	case KindString:
		if near := config.Nearest(arg.Value, l.value.Enum); near != "" {
			return []diag.Fix{diag.WriteGuess("default="+near, []diag.Edit{revalued(arg, near)}), l.dropArgument(arg)}
		}
	}
	return []diag.Fix{l.dropArgument(arg)}
}

// fewerValues is the fix of an enum with a value twice.
func (l *limits) fewerValues(arg *Arg, item Item) diag.Fix {
	if l.tag {
		return diag.Fix{}
	}
	return diag.Drop("the second", []diag.Edit{dropItem(l.src, arg, item)})
}

// nameCommand is the fix of a command without a name, made of its method's.
func (t *typed) nameCommand(d *Directive, name string) diag.Fix {
	if len(d.Args) > 0 && d.Args[0].Key == "" {
		return t.addName(d, &d.Args[0], name)
	}
	return t.addName(d, nil, name)
}
