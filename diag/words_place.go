package diag

import "fmt"

// Detached says that a blank line separates a directive from the declaration
// below it.
func Detached(at Range, verb, below string, blank Range) Diagnostic {
	d := newError(RG201, at, fmt.Sprintf("//reactor:%s is separated from %s by a blank line, so it decorates nothing", verb, below))
	d.Label = "this directive"
	d.Related = []Related{{blank, "blank line: delete it"}}
	d.Help = []string{fmt.Sprintf("delete the blank line %d", blank.Line)}
	return d
}

// OnFunction says that a model directive stands on a function. Returns is the
// struct that the function makes, or empty, and at its place.
func OnFunction(at Range, function, returns string, place Range) Diagnostic {
	d := newError(RG202, at, "//reactor:model must be on a struct type, not on func "+function)
	if returns != "" {
		d.Help = []string{fmt.Sprintf("func %s returns %s; move the directive to %s:%d", function, returns, place.File, place.Line)}
	} else {
		d.Help = []string{"move the directive to the line above the model's type"}
	}
	return d
}

// OnValue says that a model directive stands on a var, const or import.
func OnValue(at Range, what string) Diagnostic {
	d := newError(RG203, at, "//reactor:model must be on a struct type, not on "+article(what))
	d.Help = []string{"move the directive to the line above the model's type"}
	return d
}

func article(what string) string {
	if what == "import" {
		return "an import"
	}
	return "a " + what
}

// OnGroup says that a model directive stands on a group of types; types are
// their names.
func OnGroup(at Range, types []string) Diagnostic {
	d := newError(RG204, at, "//reactor:model stands on a group of types, so it decorates none of them")
	d.Help = []string{"move the directive into the group, to the line above type " + first(types, "T")}
	return d
}

// OnNoStruct says that a model directive stands on a type that is no struct;
// what says what it is.
func OnNoStruct(at Range, name, what string) Diagnostic {
	d := newError(RG205, at, fmt.Sprintf("//reactor:model must be on a struct type; %s is %s", name, what))
	d.Help = []string{fmt.Sprintf("make it a struct, type %s struct { ... }, or move the directive", name)}
	return d
}

// OnMethod says that a model directive stands on a method of a type.
func OnMethod(at Range, method, receiver string) Diagnostic {
	d := newError(RG206, at, fmt.Sprintf("//reactor:model must be on a struct type, not on method %s", method))
	d.Help = []string{"move the directive to the line above type " + receiver}
	return d
}

// InFunction says that a directive stands inside of a function.
func InFunction(at Range, verb, function string) Diagnostic {
	d := newError(RG207, at, fmt.Sprintf("//reactor:%s stands inside of func %s, so it decorates nothing", verb, function))
	d.Help = []string{"move the directive to the line above a declaration of the package"}
	return d
}

// OnNothing says that a directive stands on no declaration; where says at which
// other place it is.
func OnNothing(at Range, verb, where string) Diagnostic {
	d := newError(RG208, at, fmt.Sprintf("//reactor:%s stands %s, so it decorates nothing", verb, where))
	d.Help = []string{"move the directive to the line above " + target(verb)}
	return d
}

// BehindCode says that a directive stands behind code on its line.
func BehindCode(at Range, verb string) Diagnostic {
	d := newError(RG209, at, fmt.Sprintf("//reactor:%s stands behind code, so it decorates nothing", verb))
	d.Help = []string{"move the directive to a line of its own, above " + target(verb)}
	return d
}

func target(verb string) string {
	switch verb {
	case "model", "track":
		return "the model's type"
	case "message":
		return "a struct type"
	}
	return "a method of the model"
}

// Generic says that the model is a generic type.
func Generic(at Range, name string) Diagnostic {
	d := newError(RG210, at, fmt.Sprintf("the model %s is generic: there is no one type to run", name))
	d.Label = "type parameters"
	d.Help = []string{fmt.Sprintf("give it a non-generic wrapper, type Model struct{ %s[...] }, and move the directive there", name)}
	return d
}

// Unexported says that a model's type cannot be reached from the program around
// it.
func Unexported(at Range, name, exported, pkg string) Diagnostic {
	d := newError(RG211, at, fmt.Sprintf("the model %s is not exported, so the program around package %s cannot make one", name, pkg))
	d.Help = []string{fmt.Sprintf("call it %s, or move the model to package main", exported)}
	return d
}

// SecondDirective says that a declaration has a directive of one kind twice.
func SecondDirective(at Range, verb, on string, before Range) Diagnostic {
	d := newError(RG212, at, fmt.Sprintf("%s has two //reactor:%s directives", on, verb))
	d.Label = "second"
	d.Related = []Related{{before, "first"}}
	d.Help = []string{"keep one of them"}
	return d
}

// NotOnMethod says that a command or param directive stands on something that
// is no method.
func NotOnMethod(at Range, verb, on string) Diagnostic {
	d := newError(RG221, at, fmt.Sprintf("//reactor:%s must be on a method of the model, not on %s", verb, on))
	d.Help = []string{"move the directive to the line above a method of the model"}
	return d
}

// ParamWithoutCommand says that a method has a param directive and no command
// directive; guess is a name for the command.
func ParamWithoutCommand(at Range, method, guess string) Diagnostic {
	d := newError(RG222, at, fmt.Sprintf("//reactor:param is on method %s, which is no command", method))
	d.Help = []string{"add //reactor:command " + guess + " above it"}
	return d
}
