package mutate

import (
	"regexp"
	"strings"
)

// directiveBreakages are mistakes in the text of the directive.
func directiveBreakages() []breakage {
	inLine := func(name string, change func(*mutation, string) string) breakage {
		return breakage{name, true, func(m *mutation) bool { return m.redirect(change) }}
	}
	return []breakage{
		inLine("one typing error in the directive", func(m *mutation, line string) string {
			return strings.Replace(line, "reactor:model", m.typo("reactor:model", 1), 1)
		}),
		inLine("two typing errors in the directive", func(m *mutation, line string) string {
			return strings.Replace(line, "reactor:model", m.typo("reactor:model", 2), 1)
		}),
		inLine("typing error in a key", (*mutation).misspeltKey),
		inLine("wrong case", (*mutation).wrongCase),
		inLine("space in the directive", func(m *mutation, line string) string {
			return pick(m, []string{"// reactor:model", "//\treactor:model", "//reactor: model", "//reactor :model", "//  reactor:model"}) +
				strings.TrimPrefix(line, "//reactor:model")
		}),
		inLine("block comment", func(m *mutation, line string) string {
			return pick(m, []string{"/*", "/* "}) + strings.TrimPrefix(line, "//") + pick(m, []string{"*/", " */"})
		}),
		inLine("directive in lines of a block comment", func(m *mutation, line string) string {
			line = strings.TrimPrefix(line, "//")
			return pick(m, []string{"/*\n" + line + "\n*/", "/*\n * " + line + "\n */", "/* Film.\n" + line + " */", "/*\n//" + line + "\n*/"})
		}),
		inLine("another colon", func(m *mutation, line string) string {
			return strings.Replace(line, ":", pick(m, []string{".", "=", "-", "/", "::", ""}), 1)
		}),
		inLine("bad name", func(m *mutation, line string) string {
			return nameArg.ReplaceAllLiteralString(line, `name="`+pick(m, badNames())+`"`)
		}),
		inLine("no name", func(_ *mutation, line string) string { return nameArg.ReplaceAllLiteralString(line, "") }),
		inLine("name twice", func(_ *mutation, line string) string { return line + " name=other" }),
		inLine("run-time value", func(m *mutation, line string) string {
			return line + pick(m, []string{" fps=30", " width=640", " seed=1", " num_steps=4"})
		}),
		inLine("unclosed quote", func(m *mutation, line string) string {
			return line + pick(m, []string{` license="MIT`, " license=`MIT"})
		}),
	}
}

// redirect changes the directive's line.
func (m *mutation) redirect(change func(*mutation, string) string) bool {
	at := directive.FindStringIndex(m.files[m.model])
	line := m.files[m.model][at[0]:at[1]]
	return m.splice(m.model, at[0], at[1], change(m, line))
}

var (
	nameArg = regexp.MustCompile(`name=\S+`)
	keys    = regexp.MustCompile(` (name|config|weights)=`)
)

func badNames() []string {
	return []string{"Long Live", "9lives", "-a", "UPPER", "ünïcode", "a_b", "a.b", "", "f\u043elm", "a/b", "x y", strings.Repeat("x", 64)}
}

func (m *mutation) misspeltKey(line string) string {
	key := pick(m, keys.FindAllStringSubmatchIndex(line, -1))
	return line[:key[2]] + m.typo(line[key[2]:key[3]], 1+m.IntN(2)) + line[key[3]:]
}

func (m *mutation) wrongCase(line string) string {
	const word = "reactor:model"
	at := m.IntN(len("reactor"))
	wrong := pick(m, []string{"Reactor:model", "reactor:Model", "REACTOR:MODEL", "Reactor:Model",
		word[:at] + strings.ToUpper(word[at:at+1]) + word[at+1:]})
	return strings.Replace(line, word, wrong, 1)
}
