package load_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor/internal/load"
)

// shape is a module that can be loaded, or a reason why only the reference can.
type shape struct {
	name    string
	archive string
	dirs    []string
	tags    []string
	env     []string
	why     string // of the reference; empty is resolve
}

const goMod = "-- app/go.mod --\nmodule example.com/app\n\ngo 1.24\n"

var shapes = []shape{
	{name: "own packages", archive: chain, dirs: []string{"."}},
	{name: "everything below", archive: chain},
	{name: "two folders", archive: chain, dirs: []string{"mid", "low"}},
	{name: "replaced folder", dirs: []string{"."}, archive: `
-- app/go.mod --
module example.com/app

go 1.24

require example.com/lib v1.0.0

replace example.com/lib => ../lib
-- app/main.go --
package app

import "example.com/lib/sub"

type T struct{ sub.S }
-- lib/go.mod --
module example.com/lib

go 1.21
-- lib/sub/sub.go --
package sub

type S struct{ X, y int }

func (S) Do() {
	// A body of another module is nobody's concern.
	undefinedHere()
}
`},
	{name: "workspace", dirs: []string{"."}, archive: `
-- go.work --
go 1.24

use (
	./app
	./other
)
-- app/go.mod --
module example.com/app

go 1.24
-- app/main.go --
package app

import "example.com/other"

var X = other.Y
-- other/go.mod --
module example.com/other

go 1.24
-- other/other.go --
package other

var Y = 1.5

func broken() int { return "" }
`},
	{name: "vendor", dirs: []string{"."}, archive: `
-- app/go.mod --
module example.com/app

go 1.24

require example.com/lib v1.0.0
-- app/main.go --
package app

import "example.com/lib"

var X lib.T
-- app/vendor/modules.txt --
# example.com/lib v1.0.0
## explicit; go 1.20
example.com/lib
-- app/vendor/example.com/lib/lib.go --
package lib

type T struct{ A [2]int }
`},
	{name: "generics", dirs: []string{"."}, archive: goMod + `
-- app/main.go --
package app

import "example.com/app/g"

type L = g.List[string]

var F = g.Map[int, string]

func use(l L) string { return l.Get(0).Value() }
-- app/g/g.go --
package g

type Number interface{ ~int | ~float64 }

type List[T any] struct{ items []Node[T] }

type Node[T any] struct{ v T; next *Node[T] }

func (n Node[T]) Value() T { return n.v }

func (l *List[T]) Get(i int) Node[T] { return l.items[i] }

func Map[K comparable, V any](m map[K]V) []V { return nil }

func Sum[N Number](all ...N) (n N) { return }

type Set[T comparable] = map[T]struct{}

var Some Set[string]
`},
	{name: "embedding across packages", dirs: []string{"."}, archive: goMod + `
-- app/main.go --
package app

import "example.com/app/a"

type Model struct {
	a.Middle
	*a.Pointer
}

var _ interface{ Do(); Get() int } = Model{}
-- app/a/a.go --
package a

import "example.com/app/b"

type Middle struct{ b.Base }

type Pointer struct{ hidden }

type hidden struct{ n int }

func (hidden) Get() int { return 1 }
-- app/b/b.go --
package b

// Base is embedded.

type Base struct{}

func (Base) Do() {}
`},
	{name: "constants and aliases", dirs: []string{"."}, archive: goMod + `
-- app/main.go --
package app

import . "example.com/app/c"

const D = C << 3

type A = Alias

var array [Big]Alias
-- app/c/c.go --
package c

const (
	A0 = iota * 10
	B
	C
	Big = 1 << 4
	Text = "a\x00b"
	Float = 1.0 / 3
	Complex = 2i
)

type Enum uint8

const (
	E0 Enum = iota
	E1
)

type Alias = map[Enum]*Enum
`},
	{name: "type errors", dirs: []string{"."}, archive: goMod + `
-- app/main.go --
package app

import (
	"os"
	"example.com/app/e"
)

var x int = "text"

func f() { e.hidden(); e.Missing(); e.shown.Do(); unused := 1; os.getenv() }

type t struct{}
type t struct{}
-- app/e/e.go --
package e

import "fmt"

func hidden() {}

func body() int { return fmt.Sprint(nothing) }

var Shown, shown = 1, 2
`},
	{name: "errors below", dirs: []string{"."}, archive: goMod + `
-- app/main.go --
package app

import "example.com/app/e"

var X = e.X
-- app/e/e.go --
package e

import "example.com/app/f"

var X = f.Y + f.Z

type T struct{ Missing }
-- app/f/f.go --
package f

var Y = 1

func broken() { return 1 }
`},
	{name: "syntax error in the root", dirs: []string{"."}, archive: goMod + `
-- app/main.go --
package app

func f() { if }

var y int = ""
-- app/other.go --
package app

func g( { }
`},
	{name: "syntax error below", dirs: []string{"."}, archive: goMod + `
-- app/main.go --
package app

import "example.com/app/e"

var X = e.X
-- app/e/e.go --
package e

var X = 1

func f() { ) }
`},
	{name: "missing package", dirs: []string{"."}, why: "the go command reports errors", archive: goMod + `
-- app/main.go --
package app

import "example.com/app/nowhere"

var X = nowhere.X
`},
	{name: "missing module below", dirs: []string{"."}, why: "the go command reports errors", archive: goMod + `
-- app/main.go --
package app

import "example.com/app/e"

var X = e.X
-- app/e/e.go --
package e

import "example.org/nowhere"

var X = nowhere.X
`},
	{name: "circle", dirs: []string{"."}, why: "the go command reports errors", archive: goMod + `
-- app/main.go --
package app

import "example.com/app/e"

var X = e.X
-- app/e/e.go --
package e

import "example.com/app"

var X = app.X
`},
	{name: "broken head", dirs: []string{"."}, why: "the go command reports errors", archive: goMod + `
-- app/main.go --
package app

import "fmt

var X = 1
`},
	{name: "two packages in a folder", dirs: []string{"."}, why: "the go command reports errors", archive: goMod + `
-- app/a.go --
package a
-- app/b.go --
package b
`},
	{name: "no module file", dirs: []string{"."}, why: "the go command refuses", archive: `
-- app/a.go --
package a
`},
	{name: "broken module file", dirs: []string{"."}, why: "the go command refuses", archive: `
-- app/go.mod --
module example.com/app

go 1.x
-- app/a.go --
package a
`},
	{name: "cgo", dirs: []string{"."}, why: "cgo in example.com/app", archive: goMod + `
-- app/main.go --
package app

// #define ONE 1
import "C"

const One = C.ONE
`},
	{name: "standard library with cgo", dirs: []string{"."}, archive: goMod + `
-- app/main.go --
package app

import (
	"net"
	"os/user"
)

var _ net.Conn
var _ *user.User
`},
	{name: "build tags", dirs: []string{"."}, tags: []string{"special"}, archive: goMod + `
-- app/main.go --
package app

var X = Y
-- app/special.go --
//go:build special

package app

var Y = 1
-- app/plain.go --
//go:build !special

package app

var Y = ""
-- app/x_windows.go --
package app

var Y = 2i
-- app/x_test.go --
package app

var Y = 'y'
`},
	{name: "language versions", dirs: []string{"."}, archive: `
-- app/go.mod --
module example.com/app

go 1.17
-- app/main.go --
package app

type G[T any] struct{}

func f() { for range 3 {} }
-- app/newer.go --
//go:build go1.22

package app

func g() { for range 3 {} }
`},
	{name: "embedded files", dirs: []string{"."}, archive: goMod + `
-- app/main.go --
package app

import _ "embed"

//go:embed text.txt
var text string
-- app/text.txt --
text
`},
	{name: "missing embedded file", dirs: []string{"."}, why: "the go command reports errors", archive: goMod + `
-- app/main.go --
package app

import _ "embed"

//go:embed text.txt
var text string
`},
	{name: "assembly", dirs: []string{"."}, archive: goMod + `
-- app/main.go --
package app

func Add(a, b int) int
-- app/add_amd64.s --
TEXT ·Add(SB),$0
	RET
`},
	{name: "line comments", dirs: []string{"."}, archive: goMod + `
-- app/main.go --
package app

import "example.com/app/y"

var P = y.Parse

//line elsewhere.y:100
var x int = ""
-- app/y/y.go --
package y

//line grammar.y:7
func Parse() Tree { return nil }

type Tree []Tree
`},
	{name: "unsafe and sizes", dirs: []string{"."}, archive: goMod + `
-- app/main.go --
package app

import (
	"unsafe"

	"example.com/app/s"
)

const Size = unsafe.Sizeof(s.S{})
-- app/s/s.go --
package s

import "unsafe"

type S struct {
	a byte
	p unsafe.Pointer
}
`},
	{name: "driver", dirs: []string{"."}, archive: chain, env: []string{"GOPACKAGESDRIVER=/nowhere/driver"},
		why: "another program lists the packages (GOPACKAGESDRIVER)"},
	{name: "unknown flag", dirs: []string{"."}, archive: chain, env: []string{"GOFLAGS=-mod=mod"}, why: "GOFLAGS has -mod"},
	{name: "tags in GOFLAGS", dirs: []string{"."}, archive: chain, env: []string{"GOFLAGS=-tags=a,b -trimpath"}},
}

func TestShapesAgreeWithReference(t *testing.T) {
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			if _, err := exec.LookPath("gcc"); s.name == "cgo" && (err != nil || os.Getenv("CGO_ENABLED") == "0") {
				t.Skip("there is no C compiler")
			}
			p := newProject(t, s.archive)
			p.tags, p.env = s.tags, append(p.env, s.env...)
			want := p.reference(s.dirs...)
			first := p.load(s.dirs...)
			if s.why != "" {
				if first.Level != load.Reference || first.Why != s.why {
					t.Errorf("level %v because %q, want the reference because %q", first.Level, first.Why, s.why)
				}
			} else if first.Level != load.Resolve {
				t.Errorf("level %v because %q, want resolve", first.Level, first.Why)
			}
			agree(t, "first load", want, first)
			second := p.load(s.dirs...)
			if s.why == "" && second.Level != load.Incremental {
				t.Errorf("second load: level %v because %q, want incremental", second.Level, second.Why)
			}
			if s.why != "" && second.Counts.Children < first.Counts.Children && second.Why != s.why {
				t.Errorf("second load: reference because %q, want %q", second.Why, s.why)
			}
			agree(t, "second load", want, second)
		})
	}
}

func agree(t *testing.T, what string, want, got *load.Loaded) {
	t.Helper()
	if d := cmp.Diff(strings.Split(describe(want), "\n"), strings.Split(describe(got), "\n")); d != "" {
		t.Errorf("%s: not as the reference (-want +got):\n%s", what, d)
	}
}
