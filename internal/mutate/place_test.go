package mutate

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// placeBreakages put the directive where it does not belong, or take it away.
func placeBreakages() []breakage {
	return []breakage{
		{"detached by blank lines", true, func(m *mutation) bool {
			return m.redirect(func(m *mutation, line string) string { return line + strings.Repeat("\n", 1+m.IntN(3)) })
		}},
		{"directive twice", true, func(m *mutation) bool {
			return m.redirect(func(_ *mutation, line string) string { return line + "\n" + line })
		}},
		{"directive in a string", true, func(m *mutation) bool {
			return m.redirect(func(_ *mutation, line string) string { return "\nconst manual = `\n" + line + "\n`\n" })
		}},
		{"no directive", true, func(m *mutation) bool {
			return m.redirect(func(*mutation, string) string { return "//" })
		}},
		{"second model", true, func(m *mutation) bool {
			end := len(m.files[m.model])
			return m.splice(m.model, end, end, "\n//reactor:model name=other\ntype Other struct{}\n\n"+
				"func (o *Other) StartSession(ctx reactor.Context) error { return nil }\n")
		}},
		{"directive on another declaration", true, func(m *mutation) bool {
			return m.moveTo(func(file *ast.File, spec *ast.TypeSpec) (places []token.Pos) {
				for _, decl := range file.Decls {
					if gen, ok := decl.(*ast.GenDecl); !ok || len(gen.Specs) == 0 || gen.Specs[0] != spec {
						places = append(places, decl.Pos())
					}
				}
				return places
			})
		}},
		{"directive in a function", true, func(m *mutation) bool {
			return m.moveTo(func(file *ast.File, _ *ast.TypeSpec) (places []token.Pos) {
				for _, decl := range file.Decls {
					if f, ok := decl.(*ast.FuncDecl); ok && f.Body != nil && len(f.Body.List) > 1 {
						places = append(places, f.Body.List[0].Pos())
					}
				}
				return places
			})
		}},
		{"directive at the file's end", true, func(m *mutation) bool {
			return m.moveTo(func(file *ast.File, _ *ast.TypeSpec) []token.Pos { return []token.Pos{file.FileEnd} })
		}},
		{"directive above the package clause", true, func(m *mutation) bool {
			return m.moveTo(func(file *ast.File, _ *ast.TypeSpec) []token.Pos { return []token.Pos{file.Package} })
		}},
		{"directive behind the type", true, func(m *mutation) bool {
			return m.moveTo(func(_ *ast.File, spec *ast.TypeSpec) []token.Pos { return []token.Pos{spec.End()} })
		}},
		{"type that is no struct", true, (*mutation).otherType},
	}
}

// moveTo takes the directive from its place and puts it at one of those that
// places finds in the rest, on a line of its own where the place begins one.
func (m *mutation) moveTo(places func(file *ast.File, spec *ast.TypeSpec) []token.Pos) bool {
	at := directive.FindStringIndex(m.files[m.model])
	line := m.files[m.model][at[0]:at[1]]
	m.files[m.model] = m.files[m.model][:at[0]] + "//" + m.files[m.model][at[1]:]
	file, spec := m.parse(at[0])
	to := pick(m, places(file, spec))
	if !to.IsValid() {
		return false
	}
	offset := int(to - file.FileStart)
	with := line + "\n"
	if to == spec.End() {
		with = " " + line
	}
	m.note = "to another place: " + line
	return m.splice(m.model, offset, offset, with)
}

// parse parses the model's file and finds the type whose comment spans an offset.
func (m *mutation) parse(offset int) (file *ast.File, spec *ast.TypeSpec) {
	fset := token.NewFileSet()
	file, _ = parser.ParseFile(fset, "", m.files[m.model], parser.ParseComments|parser.SkipObjectResolution)
	for _, decl := range file.Decls {
		if gen, ok := decl.(*ast.GenDecl); ok && gen.Doc != nil && gen.Tok == token.TYPE {
			at := file.FileStart + token.Pos(offset)
			if gen.Doc.Pos() <= at && at <= gen.End() {
				spec = gen.Specs[0].(*ast.TypeSpec)
			}
		}
	}
	return file, spec
}

// otherType makes the model's type generic, an alias, or no struct.
func (m *mutation) otherType() bool {
	_, spec := m.parse(directive.FindStringIndex(m.files[m.model])[0])
	at := int(spec.Name.End()) - 1
	switch m.IntN(3) {
	case 0:
		return m.splice(m.model, at, at, "[T any]")
	case 1:
		return m.splice(m.model, at, at, " =")
	}
	return m.splice(m.model, at, int(spec.End())-1, pick(m, []string{" int", " interface{ Close() }", " []byte", " func()"}))
}
