package scanner_test

import (
	"fmt"
	"regexp"
	"strings"
)

// codeEdits are those of Go code: bodies, interfaces, imports, constraints, and
// mistakes.
func codeEdits() []edit {
	file := (*worktree).goFile
	return []edit{
		lineEdit("a body", file, `(?m)^(func .*\{)$`, "$1\n\t_ = 1", "$1\n\t_ = \"2\"", "$1\n\tvar x int\n\t_ = x", "$1\n"),
		lineEdit("a body", file, `(?m)^(func .*\{)$`, "$1\n\t_ = 3", "$1\n\t// nothing"),
		lineEdit("a mistake in a body", file, `(?m)^(func .*\{)$`, "$1\n\tx := 1", "$1\n\treturn 1, 2", "$1\n\t_ = missing", "$1\n\tvar s string = 1\n\t_ = s", "$1\n\tif {"),
		lineEdit("a comment", file, `(?m)^`, "// Nothing.\n", "//\n", "\n", "/* more */ "),
		lineEdit("words of a comment", file, `(?m)// (\w+)`, "// Really $1", "// $1 indeed", "//$1"),
		lineEdit("a field", file, `(?m)^(type .*struct \{)$`, "$1\n\tExtra int", "$1\n\textra []string", "$1\n\tExtra map[string]any // of it", "$1\n\t*int"),
		lineEdit("a field less", file, `(?m)^\t[A-Z]\w+ +\S+( .*)?\n`, "", "\tOther int\n"),
		lineEdit("a tag", file, "`(\\w+):\"([^\"]*)\"", "`$1:\"${2}x\"", "`$1:\"$2\" min:\"2\"", "`$1:\"-\"", "`min:\"a\" $1:\"$2\""),
		lineEdit("a type", file, `\b(int|string|float64|uint8|bool)\b`, "int", "string", "float64", "any", "[]byte", "*int", "map[int]string"),
		lineEdit("a constant", file, `(?m)^(const .*= ?)\d+$`, "${1}1", "${1}2", "${1}3.5", "${1}-4", "$1\"text\""),
		lineEdit("a parameter", file, `(?m)^(func [^(]*(?:\([^)]*\) )?\w+\()`, "${1}more int, ", "${1}_ string, ", "${1}more ...int, "),
		lineEdit("a result", file, `(?m)^(func .*\)) \{$`, "$1 error {", "$1 (int, error) {", "$1 {"),
		lineEdit("a name", file, `(?m)^(func|type|const|var) ([A-Z]\w*)`, "$1 ${2}2", "$1 x$2", "$1 Same"),
		lineEdit("a method's receiver", file, `(?m)^func \((\w+) \*?(\w+)`, "func ($1 *$2", "func ($1 $2", "func ($1 *Other"),
		lineEdit("a type parameter", file, `\[(\w+) (any|comparable|fmt\.Stringer|Number)\]`, "[$1 comparable]", "[$1 ~int|~string]", "[$1, More any]", "[$1 interface{ any; String() string }]"),
		appendix("a function", file, "\n// F is one.\nfunc FNUM() int {\n\treturn 1\n}\n", "\nfunc fNUM[T any](x T) T {\n\treturn x\n}\n", "\nfunc init() {\n\t_ = 1\n}\n"),
		appendix("a method for video", file, "\nfunc (m *LongLive) OnFrame(f reactor.Frame) {}\n", "\nfunc (m *LongLive) OnFrame(f *reactor.Frame) {}\n", "\nfunc (m *LongLive) onFrame(f reactor.Frame) {}\n"),
		appendix("a method for sound", file, "\nfunc (m *LongLive) OnSound(s reactor.Sound) {}\n", "\nfunc (m *LongLive) OnSound(s []int16) {}\n", "\nfunc (m *LongLive) Onsound(s reactor.Sound) {}\n"),
		appendix("a picture for a track", file, "\nfunc fNUM(b *reactor.Block) {\n\tb.Tracks[\"dpeth\"] = b\n}\n", "\nvar VNUM = reactor.Block{Tracks: map[string]*reactor.Block{\"depth\": nil}}\n"),
		appendix("a declaration", file, "\nconst CNUM = 1 << iota\n", "\ntype ANUM = []string\n", "\nvar VNUM, wNUM = 1, \"2\"\n", "\ntype ENUM struct{ error }\n", "\ntype INUM interface{ comparable; FNUM() }\n", "\ntype RNUM[T any] []RNUM[T]\n"),
		appendix("a wrong declaration", file, "\nvar wrong int = \"text\"\n", "\ntype loop loop\n", "\nconst big uint8 = 256\n", "\nfunc (nothing) Do() {\n}\n", "\nfunc FNUM() {\n\treturn 1\n}\n", "\nvar _ = hidden\n"),
		appendix("a second declaration", file, "\ntype Color struct{}\n", "\ntype LongLive int\n", "\nfunc New() {\n}\n", "\nfunc main() {\n}\n"),
		{"an import more", (*worktree).importMore},
		lineEdit("an import less", file, `(?m)^(import |\t)(\w+ |_ )?"[^"\n]*"\n`, ""),
		lineEdit("an import by another name", file, `(?m)^(import |\t)"([^"\n]*)"$`, `${1}other "$2"`, `${1}_ "$2"`, `${1}. "$2"`, `$1"$2/x"`, `$1"$2x"`),
		lineEdit("a brace less", file, `[{}()]`, "", "", "{"),
		lineEdit("a line less", file, `(?m)^.*\n`, "", "", "$0$0"),
		lineEdit("a string", file, `"[^"\n]+"`, `"text"`, `"`, "`", `""`),
		lineEdit("a package clause", file, `(?m)^package (\w+)$`, "package ${1}s", "package main", "package ${1}_test", "packag $1"),
		{"a build constraint", func(w *worktree) bool { return w.constrain(w.goFile()) }},
		lineEdit("no build constraint", file, `(?m)^//go:build .*\n\n?`, ""),
		{"a cgo import", func(w *worktree) bool {
			return w.replace(w.goFile(), regexp.MustCompile(`(?m)^(package \w+)$`), "$1\n\n// int one(void);\nimport \"C\"")
		}},
		{"an embedded file", (*worktree).embed},
		lineEdit("a conflict", file, `(?m)^.*\n`, "<<<<<<< ours\n$0=======\n$0>>>>>>> theirs\n"),
		{"other line ends", func(w *worktree) bool {
			p := w.goFile()
			old := w.files[p]
			if w.files[p] = strings.ReplaceAll(old, "\r\n", "\n"); w.files[p] == old {
				w.files[p] = strings.ReplaceAll(old, "\n", "\r\n")
			}
			return w.files[p] != old
		}},
		{"an empty file", func(w *worktree) bool {
			w.files[w.goFile()] = one(w.Rand, "", "\n", "package", "\xff\x00")
			return true
		}},
		{"a mark", func(w *worktree) bool {
			p := w.goFile()
			w.files[p] = "\ufeff" + w.files[p]
			return true
		}},
		lineEdit("a line directive", file, `(?m)^(func|type) `, "//line /nowhere/x.go:1:1\n$1 ", "//line /nowhere/y.go:100\n$1 "),
	}
}

// importMore imports something: of Go, of the project, or nothing that is there.
func (w *worktree) importMore() bool {
	path := one(w.Rand, "strings", "os", "net/http", "example.com/nowhere", "example.com/app/nowhere", "C", "./paint", "example.com/lib/units", "unsafe")
	if w.IntN(2) == 0 {
		path = w.packageOf(w.goFile())
	}
	use := one(w.Rand, "import _ %q", "import _ %q", "import %q", "import x %q")
	return w.replace(w.goFile(), regexp.MustCompile(`(?m)^(package \w+)$`), "$1\n\n"+fmt.Sprintf(use, path))
}

func (w *worktree) constrain(p string) bool {
	line := one(w.Rand, "ignore", "linux", "!linux", "prod", "go1.21", "go1.99", "cgo", "!reactorgen", "reactorgen", "linux &&", "windows || darwin")
	w.files[p] = "//go:build " + line + "\n\n" + w.files[p]
	return true
}

func (w *worktree) embed() bool {
	p := w.goFile()
	dir := p[:strings.LastIndexByte(p, '/')+1]
	if w.IntN(3) > 0 {
		w.files[dir+"text.txt"] = w.number()
	}
	return w.replace(p, regexp.MustCompile(`(?m)^(package \w+)$`), "$1\n\nimport _ \"embed\"\n\n//go:embed "+one(w.Rand, "text.txt", "*.txt", "none.txt")+"\nvar embedded string")
}
