package mutate

import (
	"context"
	"errors"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
	"gopkg.in/yaml.v3"
)

// verdict is what the oracle thinks of a project.
type verdict int

const (
	// unknown: something that the project may be judged by has changed, but not
	// so that the model is certainly broken.
	unknown verdict = iota
	broken
	healthyStill
)

func (v verdict) String() string { return [...]string{"unknown", "broken", "healthy"}[v] }

// declarations are what the scanner's verdict may depend on.
type declarations struct {
	directives []string // lines
	objects    []string // of the package's scope, with the methods of its types
}

// judge says whether a project in a folder is broken, by what the go command and
// package go/types say and by the syntax that they return. The healthy project
// is the same before it was broken, nil if it is this one.
func judge(ctx context.Context, p *project, dir string, healthy *declarations) (verdict, *declarations, error) {
	pkg, err := loadModel(ctx, filepath.Join(dir, filepath.Dir(p.model)))
	if err != nil {
		return broken, nil, nil
	}
	for _, err := range pkg.Errors {
		// What begins with # is the compiler's output, which go/types says better.
		if err.Kind != packages.TypeError && !strings.HasPrefix(err.Msg, "#") || strings.Contains(err.Msg, "could not import") {
			return broken, nil, nil
		}
	}
	models := modelTypes(pkg)
	if len(models) != 1 || !isModel(pkg.Types, models[0]) {
		return broken, nil, nil
	}
	if name := p.yaml(); name != "" {
		var any any
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err = errors.Join(err, yaml.Unmarshal(text, &any)); err != nil {
			return broken, nil, nil
		}
	}
	found := declared(pkg)
	if healthy == nil || slices.Equal(found.directives, healthy.directives) && slices.Equal(found.objects, healthy.objects) {
		return healthyStill, found, nil
	}
	return unknown, found, nil
}

// loadModel loads the package in a folder.
func loadModel(ctx context.Context, dir string) (*packages.Package, error) {
	const mode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
		packages.NeedTypes | packages.NeedTypesSizes | packages.NeedSyntax | packages.NeedTypesInfo
	all, err := packages.Load(&packages.Config{Context: ctx, Mode: mode, Dir: dir, BuildFlags: []string{"-tags=reactorgen"}}, ".")
	if err != nil || len(all) != 1 || all[0].Types == nil {
		return nil, errors.Join(err, errors.New("no package"))
	}
	return all[0], nil
}

// modelTypes are the types that carry a good directive.
func modelTypes(pkg *packages.Package) (names []string) {
	for _, file := range pkg.Syntax {
		for _, decl := range file.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.TYPE || gen.Doc == nil || gen.Lparen.IsValid() {
				continue
			}
			for _, c := range gen.Doc.List {
				if directive.MatchString(c.Text) {
					names = append(names, gen.Specs[0].(*ast.TypeSpec).Name.Name)
				}
			}
		}
	}
	return names
}

// isModel tells whether a type is a struct with the one method that makes it a
// model.
func isModel(pkg *types.Package, name string) bool {
	obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
	if !ok || obj.IsAlias() {
		return false
	}
	if _, ok := obj.Type().Underlying().(*types.Struct); !ok {
		return false
	}
	method, _, _ := types.LookupFieldOrMethod(types.NewPointer(obj.Type()), false, pkg, "StartSession")
	if method == nil {
		return false
	}
	return withoutName.ReplaceAllString(method.Type().String(), "(") == "func("+api+".Context) error"
}

// withoutName is the name of a first parameter.
var withoutName = regexp.MustCompile(`\(\w+ `)

// declared lists what a package declares.
func declared(pkg *packages.Package) *declarations {
	d := new(declarations)
	for _, file := range pkg.Syntax {
		for _, group := range file.Comments {
			for _, c := range group.List {
				if strings.Contains(strings.ToLower(c.Text), "reactor") {
					d.directives = append(d.directives, c.Text)
				}
			}
		}
	}
	for _, name := range pkg.Types.Scope().Names() {
		obj := pkg.Types.Scope().Lookup(name)
		d.objects = append(d.objects, types.ObjectString(obj, nil))
		if _, ok := obj.(*types.TypeName); ok {
			set := types.NewMethodSet(types.NewPointer(obj.Type()))
			for i := range set.Len() {
				d.objects = append(d.objects, set.At(i).String())
			}
		}
	}
	return d
}
