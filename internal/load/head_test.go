package load

import "testing"

func TestHead(t *testing.T) {
	const base = "// Doc.\n\npackage p\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n\nfunc f() {}\n"
	tests := []struct {
		name, a, b string
		same       bool
	}{
		{"nothing", base, base, true},
		{"body", base, "package p\n\nimport (\n\t\"os\"\n\t\"fmt\"\n)\n\nfunc g() { fmt.Println() }\n", true},
		{"broken body", base, base + "func {", true},
		{"name of an import", base, "package p\n\nimport (\n\tx \"fmt\"\n\t. \"os\"\n)\n", true},
		{"import twice", "package p\nimport \"fmt\"\n", "package p\nimport \"fmt\"\nimport x \"fmt\"\n", true},
		{"text that looks like a constraint", base, base + "\n//go:build linux\n", true},
		{"directive below", "package p\n//go:noinline\nfunc f() {}", "package p\nfunc f() {}", true},

		{"package", "package p", "package q", false},
		{"import", "package p\nimport \"fmt\"", "package p\nimport \"os\"", false},
		{"constraint", "package p", "//go:build linux\n\npackage p", false},
		{"other constraint", "//go:build linux\n\npackage p", "//go:build darwin\n\npackage p", false},
		{"old constraint", "// +build linux\n\npackage p", "// +build darwin\n\npackage p", false},
		{"old constraint without its blank line", "// +build linux\n\npackage p", "// +build linux\npackage p", false},
		{"setting", "package p", "//go:debug x=1\n\npackage p", false},
		{"cgo", "package p\n// int x;\nimport \"C\"", "package p\n// int y;\nimport \"C\"", false},
		{"embedded", "package p\nimport _ \"embed\"\n//go:embed a\nvar s string", "package p\nimport _ \"embed\"\n//go:embed b\nvar s string", false},
		{"broken head", "package p\nimport \"fmt", "package p\nimport  \"fmt", false},
		{"late import", "package p\nvar x int\nimport \"fmt\"", "package p\nvar y int\nimport \"fmt\"", true},
		{"empty", "", " ", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if same := Head([]byte(test.a)) == Head([]byte(test.b)); same != test.same {
				t.Errorf("same head: %v, want %v\n%s\n%s", same, test.same, Head([]byte(test.a)), Head([]byte(test.b)))
			}
		})
	}
}
