package diag

import (
	"fmt"
	"strings"
)

// MethodFault is a method of reactor.VideoModel that a model lacks.
type MethodFault struct {
	// Want is the method as the interface declares it.
	Want string

	// Have is the model's own method of that name, as declared; or what else has
	// the name ("a field"); or empty: there is none.
	Have string

	// Near is a method whose name or place suggests that it was meant, or empty.
	Near string

	// At is the place of Have or Near.
	At Range
}

// NotVideoModel says that a model does not implement reactor.VideoModel.
func NotVideoModel(at Range, model string, methods int, faults []MethodFault) Diagnostic {
	wrong := fmt.Sprintf("%d of %s is", len(faults), Count(methods, "method"))
	if len(faults) != 1 {
		wrong = fmt.Sprintf("%d of %s are", len(faults), Count(methods, "method"))
	}
	d := newError(RG301, at, fmt.Sprintf("*%s does not implement reactor.VideoModel: %s wrong", model, wrong))
	for _, f := range faults {
		d.method(model, f)
	}
	return d
}

// OnNeighbour says that the model directive is on a type that has none of the
// methods of reactor.VideoModel, and that another type implements it.
func OnNeighbour(at Range, model, other string, place Range) Diagnostic {
	d := newError(RG301, at, fmt.Sprintf("*%s does not implement reactor.VideoModel, and *%s does", model, other))
	d.Label = "on type " + model
	d.Related = []Related{{place, other + " is probably the model"}}
	d.Help = []string{"move the directive to the line above type " + other}
	return d
}

// OtherVersion says that a model is written for another version of the API,
// whose import path is given, than this program is for.
func OtherVersion(at Range, model, path, want string) Diagnostic {
	d := newError(RG301, at, fmt.Sprintf("%s is a model of %s, and reactor-gen is for %s", model, path, want))
	d.Help = []string{fmt.Sprintf("import %s, or run the reactor-gen of the module that you import: go tool reactor-gen", want)}
	return d
}

// Optional is a method that a model may have to get something.
type Optional struct {
	// Method is its name, Param that of its one parameter, of the type Type.
	Method, Param, Type string

	// Gets is what it gets, in a word, and All what that is all of.
	Gets, All string
}

// Signature is the method as it has to be.
func (o Optional) Signature() string { return fmt.Sprintf("%s(%s %s)", o.Method, o.Param, o.Type) }

// NotOptional says that the model's method of an optional one's name, which is
// declared at place, does not have the signature by which it would be called.
func NotOptional(at Range, model, have string, o Optional, place Range) Diagnostic {
	d := newError(RG302, at, fmt.Sprintf("%s of %s gets no %s: it must be %s", have, model, o.Gets, o.Signature()))
	verb := "change it to"
	if place != at {
		verb = "add"
		d.Related = []Related{{place, "declared here"}}
	}
	d.Help = []string{fmt.Sprintf("%s func (m *%s) %s", verb, model, o.Signature()),
		fmt.Sprintf("is it not meant to get %s? then give it another name", o.All)}
	return d
}

// NearlyOptional says that a function would be an optional method of the model,
// were it one and called so. Near says what it is.
func NearlyOptional(at Range, model, near string, o Optional) Diagnostic {
	d := newError(RG302, at, fmt.Sprintf("%s gets no %s; did you mean the method %s?", near, o.Gets, o.Method))
	d.Help = []string{fmt.Sprintf("change it to func (m *%s) %s", model, o.Signature())}
	return d
}

// TwoOptionals says that the model embeds two types with an optional method, of
// which neither is the model's.
func TwoOptionals(at Range, model string, o Optional) Diagnostic {
	d := newError(RG302, at, fmt.Sprintf("two embedded types of %s have a method %s, of which neither gets %s", model, o.Method, o.Gets))
	d.Help = []string{fmt.Sprintf("add func (m *%s) %s, which calls the one that is meant", model, o.Signature())}
	return d
}

// method adds what is wrong with one method.
func (d *Diagnostic) method(model string, f MethodFault) {
	name, _, _ := strings.Cut(f.Want, "(")
	stub := fmt.Sprintf("func (m *%s) %s", model, f.Want)
	switch {
	case f.Have != "":
		d.Notes = append(d.Notes, fmt.Sprintf("signature %s: have %s at %s\n%swant %s",
			name, f.Have, strings.TrimSuffix(place(f.At), ": "), strings.Repeat(" ", len("signature : ")+len(name)), f.Want))
		d.Related = append(d.Related, Related{f.At, "want " + f.Want})
		d.Help = append(d.Help, "change it to "+stub)
	case f.Near != "":
		d.Notes = append(d.Notes, fmt.Sprintf("missing %s (found %s at %s; did you mean that?)",
			f.Want, f.Near, strings.TrimSuffix(place(f.At), ": ")))
		d.Related = append(d.Related, Related{f.At, "did you mean " + name + "?"})
		d.Help = append(d.Help, "change it to "+stub)
	default:
		d.Notes = append(d.Notes, "missing "+f.Want)
		d.Help = append(d.Help, "add "+stub)
	}
}

// DoesNotCompile says that something that the model needs does not compile;
// what names it, and message is the compiler's.
func DoesNotCompile(at Range, what, message string) Diagnostic {
	d := newError(RG502, at, fmt.Sprintf("%s does not compile: %s", what, message))
	d.Help = []string{"go vet ./... lists all that does not compile"}
	return d
}

// TypeOfC says that something that the model needs uses C, and that cgo could
// not run; message is the C compiler's, or empty when there is none.
func TypeOfC(at Range, what, message string) Diagnostic {
	d := DoesNotCompile(at, what, "it uses a type of C, and cgo could not translate the package")
	d.Notes = []string{"there is no C compiler"}
	d.Help = []string{"install a C compiler, or set CC"}
	if message != "" {
		d.Notes = []string{message}
		d.Help = []string{"mend the C code: go build in the package's folder has to work"}
	}
	return d
}

// CompilerError is an error of the compiler, in its words.
func CompilerError(at Range, message string) Diagnostic {
	d := newError(RG502, at, message)
	d.Help = []string{"go vet ./... lists all that does not compile"}
	return d
}

// WithoutImport says that a file uses a package that it does not import.
func WithoutImport(at Range, name, path string) Diagnostic {
	d := newError(RG502, at, "undefined: "+name)
	d.Label = at.File + " does not import it"
	d.Help = []string{fmt.Sprintf("import %q", path)}
	return d
}

// StillGood makes an error of the compiler a warning: what it is about is not
// needed to write the program around the model, only to build it.
func StillGood(d Diagnostic) Diagnostic {
	d.Severity = Warning
	if d.Code == RG502 {
		d.Summary = "does not compile: " + d.Summary
	}
	d.Notes = append(d.Notes, "the model is good and its main can be generated all the same; go build needs this mended")
	return d
}

// TwoConstructors says that a model has New and New<Type>.
func TwoConstructors(at Range, name string, before Range, first string) Diagnostic {
	d := newError(RG311, at, fmt.Sprintf("two constructors, %s and %s: which one makes the model?", first, name))
	d.Label = "second"
	d.Related = []Related{{before, "first"}}
	d.Help = []string{fmt.Sprintf("rename %s or %s", first, name)}
	return d
}

// WrongResult says that a constructor does not return its model.
func WrongResult(at Range, name, model, have string) Diagnostic {
	if have == "" {
		have = "nothing"
	}
	d := newError(RG312, at, fmt.Sprintf("constructor %s must return *%s or (*%s, error), not %s", name, model, model, have))
	d.Help = []string{"return *" + model}
	if have != "nothing" {
		d.Help = append(d.Help, fmt.Sprintf("is %s not meant to make the model? then give it another name", name))
	}
	return d
}

// GenericConstructor says that a constructor has type parameters.
func GenericConstructor(at Range, name, model string) Diagnostic {
	d := newError(RG312, at, fmt.Sprintf("constructor %s is generic: there is no one function that makes the model", name))
	d.Help = []string{"drop its type parameters and return *" + model}
	return d
}

// NoInput says that nothing can be supplied for a parameter of a constructor.
func NoInput(at Range, name, param, typ string) Diagnostic {
	d := newError(RG313, at, fmt.Sprintf("constructor %s: nothing can be supplied for parameter %s", name, strings.TrimSpace(param+" "+typ)))
	d.Notes = []string{"it may take, in any order: context.Context, a config struct of yours or *reactor.Config, reactor.Weights, reactor.Identity, *slog.Logger"}
	d.Help = []string{"make it a field of the config struct, or make it inside of " + name}
	return d
}

// TwoConfigs says that a constructor has two parameters that YAML would be
// decoded into.
func TwoConfigs(at Range, name string, before Range) Diagnostic {
	d := newError(RG313, at, fmt.Sprintf("constructor %s takes the configuration twice", name))
	d.Label = "second"
	d.Related = []Related{{before, "first"}}
	d.Help = []string{"put both into one struct"}
	return d
}

// UnexportedType says that the program around the model cannot name a type of a
// constructor's or command's parameter, as code says.
func UnexportedType(code Code, at Range, typ, exported string) Diagnostic {
	d := newError(code, at, fmt.Sprintf("the program around the model cannot use type %s: it is not exported", typ))
	d.Help = []string{"call it " + exported}
	return d
}

// UnreachableType says that the program around the model cannot import the
// package of a parameter's type.
func UnreachableType(code Code, at Range, typ, pkg string) Diagnostic {
	d := newError(code, at, fmt.Sprintf("the program around the model cannot use type %s: it may not import %s", typ, pkg))
	d.Help = []string{"declare the type in the model's package"}
	return d
}

// UndeclaredWeights says that the model asks for weights that its directive, or
// the weights in it, does not declare at place. Near is the declared name that
// was probably meant, or empty; folder tells that name could be one.
func UndeclaredWeights(at Range, name, near string, folder bool, declared []string, place Range) Diagnostic {
	d := newError(RG336, at, fmt.Sprintf("weights %q are not declared in the directive", name))
	d.Notes = []string{"Weights.Path would fail: a deployment brings along what is declared"}
	if len(declared) == 0 {
		d.Related = []Related{{place, "declares no weights"}}
	} else {
		d.Related = []Related{{place, "declared here"}}
	}
	if near != "" {
		d.Summary += fmt.Sprintf("; did you mean %q?", near)
		d.Help = []string{fmt.Sprintf("write %q", near)}
	}
	if folder {
		d.Help = append(d.Help, "declare them: weights="+strings.Join(append(declared[:len(declared):len(declared)], name), ","))
	} else {
		d.Help = append(d.Help, "ask for a folder by its name alone; what lies in it is below the path that comes back")
	}
	return d
}
