package load

import (
	"bytes"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/gcexportdata"

	"github.com/reactorgen/reactor/internal/cache"
)

// stubs stand for packages of the standard library.
var stubs = map[string]string{
	"bytes":   "type Buffer struct{}",
	"io":      "type Reader interface{ Read([]byte) (int, error) }",
	"strings": "type Builder struct{}",
	"sync":    "type Mutex struct{ state int }",
}

func stub(path string) (*types.Package, error) {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, path+".go", "package "+path+"\n"+stubs[path], parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	return new(types.Config).Check(path, fset, []*ast.File{syntax}, nil)
}

func checkText(t *testing.T, text string) (*token.FileSet, *types.Package) {
	t.Helper()
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, "p.go", "package p\n"+text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	conf := types.Config{Importer: importFunc(stub)}
	pkg, err := conf.Check("example.com/p", fset, []*ast.File{syntax}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return fset, pkg
}

func keyOfPath(path string) cache.Key { return hashOf(path) }

func TestDigestSeesWhatImportersSee(t *testing.T) {
	tests := []struct {
		name, a, b string
		same       bool
	}{
		{"comment", "var X int", "// X is documented.\nvar X int // so", true},
		{"position", "var X int", "\n\n\n   var X int", true},
		{"body", "func F() int { return 1 }", "func F() int { return 2 }", true},
		{"unexported function", "func F() {}", "func F() { f() }\nfunc f() {}", true},
		{"unexported type that nothing reaches", "var X int", "var X int\ntype t struct{}", true},
		{"value of a variable", "var X = 1", "var X = 2", true},
		{"order of declarations", "type A struct{ B *B }\ntype B struct{}\nfunc F() {}", "func F() {}\ntype B struct{}\ntype A struct{ B *B }", true},
		{"order of methods", "type A struct{}\nfunc (A) F() {}\nfunc (A) G() {}", "type A struct{}\nfunc (A) G() {}\nfunc (A) F() {}", true},
		{"order of interface methods", "type A interface{ F(); G() }", "type A interface{ G(); F() }", true},
		{"alias for a type", "type A = int\nvar X int", "type A = int\nvar X A", false},

		{"new name", "var X int", "var X int\nvar Y int", false},
		{"type of a variable", "var X int", "var X uint", false},
		{"variable or constant", "var X = 1", "const X = 1", false},
		{"constant value", "const X = 1", "const X = 2", false},
		{"constant kind", "const X = 1", "const X = 1.0", false},
		{"constant type", "const X int = 1", "const X int8 = 1", false},
		{"iota", "const (\n_ = iota\nX\n)", "const (\n_ = iota\n_\nX\n)", false},
		{"parameter name", "func F(a int) {}", "func F(b int) {}", false},
		{"result", "func F() {}", "func F() error { return nil }", false},
		{"variadic", "func F(a ...int) {}", "func F(a []int) {}", false},
		{"method added", "type T struct{}", "type T struct{}\nfunc (T) F() {}", false},
		{"unexported method added", "type T struct{}", "type T struct{}\nfunc (T) f() {}", false},
		{"receiver", "type T struct{}\nfunc (T) F() {}", "type T struct{}\nfunc (*T) F() {}", false},
		{"field added", "type T struct{ A int }", "type T struct{ A, B int }", false},
		{"unexported field", "type T struct{ a int }", "type T struct{ a uint }", false},
		{"order of fields", "type T struct{ A, B int }", "type T struct{ B, A int }", false},
		{"struct tag", "type T struct{ A int `x`}", "type T struct{ A int `y` }", false},
		{"embedded or not", "type U struct{}\ntype T struct{ U }", "type U struct{}\ntype T struct{ U U }", false},
		{"reached by a field", "type T struct{ a t }\ntype t struct{ x int }", "type T struct{ a t }\ntype t struct{ x uint }", false},
		{"method of what is embedded", "type T struct{ t }\ntype t struct{}", "type T struct{ t }\ntype t struct{}\nfunc (t) F() {}", false},
		{"reached by a result", "func F() *t { return nil }\ntype t struct{ x int }", "func F() *t { return nil }\ntype t struct{ x int8 }", false},
		{"type parameter", "func F[T any]() {}", "func F[T, U any]() {}", false},
		{"constraint", "type G[T any] struct{}", "type G[T comparable] struct{}", false},
		{"tilde", "type C interface{ ~int }", "type C interface{ int }", false},
		{"union", "type C interface{ int | uint }", "type C interface{ int | string }", false},
		{"type argument", "type G[T any] struct{}\nvar X G[int]", "type G[T any] struct{}\nvar X G[uint]", false},
		{"alias or type", "type A = int", "type A int", false},
		{"target of an alias", "type A = int", "type A = uint", false},
		{"generic alias", "type A[T any] = []T", "type A[T any] = [1]T", false},
		{"interface method", "type I interface{ F() }", "type I interface{ F(); G() }", false},
		{"interface embeds", "type I interface{ F() }\ntype J interface{ I }", "type I interface{ F() }\ntype J interface{ F() }", false},
		{"array length", "var X [1]int", "var X [2]int", false},
		{"array length by a constant", "const n = 1\nvar X [n]int", "const n = 2\nvar X [n]int", false},
		{"direction", "var X chan int", "var X <-chan int", false},
		{"map", "var X map[int]bool", "var X map[bool]int", false},
		{"pointer", "var X int", "var X *int", false},
		{"other package", "import \"bytes\"\nvar X *bytes.Buffer", "import \"strings\"\nvar X *strings.Builder", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, a := checkText(t, test.a)
			_, b := checkText(t, test.b)
			keyA, _ := digestOf(a, keyOfPath)
			keyB, _ := digestOf(b, keyOfPath)
			if (keyA == keyB) != test.same {
				t.Errorf("same digest: %v, want %v", keyA == keyB, test.same)
			}
		})
	}
}

// everything has one of everything that a digest writes.
const everything = `
import ("bytes"; "io"; "sync")

const C, S, B = 1, "a", true

type T[K comparable, V any] struct {
	*bytes.Buffer
	mu sync.Mutex
	m map[K][]V ` + "`tag:\"x\"`" + `
	next *T[K, V]
	f func(a int, b ...V) (c chan<- K, err error)
}

func (t *T[K, V]) Get(k K) (v V) { return }

type hidden struct{ array [C]interface{ io.Reader; f(hidden) } }

func (hidden) Do() {}

type I interface { ~int | string; comparable }

type A[E any] = T[string, E]

func Reach[N I](n N, rest ...A[N]) hidden { return hidden{} }

var V struct{ hidden; G A[bool] }
`

func TestDigestMentionsAndIgnoresOrder(t *testing.T) {
	_, pkg := checkText(t, everything)
	first, mentions := digestOf(pkg, keyOfPath)
	if len(mentions) != 3 || mentions[0] != "bytes" || mentions[1] != "io" || mentions[2] != "sync" {
		t.Errorf("mentions %v", mentions)
	}
	for range 20 {
		_, pkg := checkText(t, everything)
		if again, _ := digestOf(pkg, keyOfPath); again != first {
			t.Fatal("the digest of the same text is another one")
		}
	}
	other, _ := digestOf(pkg, func(path string) cache.Key { return hashOf(path, "changed") })
	if other == first {
		t.Error("the digest does not depend on those of the packages that it mentions")
	}
}

// TestDigestSurvivesExport holds the digest of a package from source against the one
// of what the store gives back.
func TestDigestSurvivesExport(t *testing.T) {
	fset, pkg := checkText(t, everything)
	want, _ := digestText(pkg, keyOfPath)
	var b bytes.Buffer
	if err := gcexportdata.Write(&b, fset, pkg); err != nil {
		t.Fatal(err)
	}
	read, err := gcexportdata.Read(&b, fset, make(map[string]*types.Package), "example.com/p")
	if err != nil {
		t.Fatal(err)
	}
	got, _ := digestText(read, keyOfPath)
	if d := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); d != "" {
		t.Errorf("the store gives back another package (-want +got):\n%s", d)
	}
}

func BenchmarkDigest(b *testing.B) {
	pkg, err := importer.ForCompiler(token.NewFileSet(), "source", nil).Import("go/types")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		digestOf(pkg, keyOfPath)
	}
}
